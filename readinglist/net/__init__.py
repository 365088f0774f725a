"""The only user of requests: a polite client that is paced, cached and resumable."""

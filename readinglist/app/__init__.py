"""The headless application: arguments, paths, settings, logs, resources, start."""

"""The tab in which a PDF is read: its pages, what is marked on them, and the panel beside them."""

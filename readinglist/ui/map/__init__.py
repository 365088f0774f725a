"""The library as points in the plane; loaded when a reader first looks at it, for it needs numpy."""

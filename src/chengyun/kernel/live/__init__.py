"""Live updates: one stream per browser that says what changed, to whom it concerns."""

"""Who speaks in a statement."""

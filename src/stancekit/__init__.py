"""stancekit."""

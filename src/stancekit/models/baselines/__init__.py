"""Models that read no text."""

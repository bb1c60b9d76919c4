"""Letters within articles."""

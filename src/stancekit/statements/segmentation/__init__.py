"""Text → lines and sentences."""

"""Dictionary models."""

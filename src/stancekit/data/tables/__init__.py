"""Labelled rows of tables."""

"""Experiments over labelled rows."""

"""Statements, labels and articles joined, and split without leaks."""

"""Figures that others have published, made up."""

PUBLISHED = [
    {"method": "above", "figure": 99.95, "split": "", "source": "one"},
    {"method": "below", "figure": 12.5, "split": "far", "source": "two"},
]

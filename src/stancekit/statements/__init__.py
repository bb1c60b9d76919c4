"""Article → statements: segmentation with exact offsets, quotations, and who says each."""

from stancekit.statements.extract import extract_statements

__all__ = ["extract_statements"]

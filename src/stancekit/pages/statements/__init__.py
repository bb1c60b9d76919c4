"""The page to look at what was found in articles."""

from stancekit.pages.statements.page import statements_page

__all__ = ["statements_page"]

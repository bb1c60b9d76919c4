"""The page to annotate on."""

from stancekit.pages.annotate.page import annotation_page

__all__ = ["annotation_page"]

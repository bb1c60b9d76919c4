"""The page to annotate on."""

from stancekit.annotate.page import annotation_page

__all__ = ["annotation_page"]

"""What the interactive pages share: one file that nothing can get out of and nothing comes into."""

from stancekit.pages.frame.page import web_page

__all__ = ["web_page"]

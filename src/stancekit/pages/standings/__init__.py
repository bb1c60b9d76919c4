"""The page "Who stands where": figures whose every mark opens its statements."""

from stancekit.pages.standings.page import standings_page

__all__ = ["standings_page"]

"""A finished run → a page to read: HTML, Markdown and figures."""

from stancekit.report.write import write_report

__all__ = ["write_report"]

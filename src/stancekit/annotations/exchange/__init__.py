"""Exchange with other annotation tools: what they import, what they export."""

from stancekit.annotations.exchange.exportable import read_exportable
from stancekit.annotations.exchange.gather import Imported
from stancekit.annotations.exchange.registry import EXCHANGES, Exchange

__all__ = ["EXCHANGES", "Exchange", "Imported", "read_exportable"]

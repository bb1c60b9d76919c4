"""Who stands where: labels counted by holder, month and issue, with what the counts may claim."""

from stancekit.summary.summarise import Summary, summarise

__all__ = ["Summary", "summarise"]

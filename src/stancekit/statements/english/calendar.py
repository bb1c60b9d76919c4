"""Days and months, in small letters, and how they are abbreviated."""

from stancekit.statements.text.wordlist import words

DAYS = words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = words("january february march april may june july august september october november december")
SHORT = words("jan feb apr aug sep sept oct nov dec tue tues thu thur thurs")
"""Abbreviations that are no other words."""
SHORT_WORDS = words("mar jun jul mon wed fri sat sun")
"""Abbreviations with a capital, that are other words without one."""

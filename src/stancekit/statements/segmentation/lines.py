"""Classification of lines: prose, headings, and boilerplate of the page."""

import re
from collections.abc import Iterator

from stancekit.records import Kind

MAX_HEADING_WORDS = 14
MAX_HEADLINE_WORDS = 20
MAX_HEADING_CHARACTERS = 160
MAX_BOILERPLATE_WORDS = 16

_CLOSERS = "\"'”’»)]"
_SPACES = " \u00a0\u2009\u202f"
_STOPS = ".!?…"
_OPEN_DOUBLE = "“„«"
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}})"
# Furniture of a page whether or not it ends in a stop.
_ALWAYS = re.compile(
    r"""(?:
      share\ (?:this|on|via)\b.{0,60}
    | follow\ (?:us|me)\b.{0,80}
    | (?:sign\ up|subscribe)\ (?:here|now|to|for|today)\b.{0,80} | (?:click|tap)\ here\b.{0,80}
    | (?:log\ ?in|sign\ in|register)\ to\ (?:comment|read|continue|leave|post)\b.{0,40}
    | (?:copyright|©|\(c\)).{0,80} | .{0,60}\ball\ rights\ reserved
    | comments\ (?:are\ |have\ been\ )?(?:closed|off|disabled).{0,20} | (?:leave|post|add)\ a\ (?:comment|reply)
    | (?:first|last|originally)\ (?:published|updated|posted|modified)\b.{0,60}
    | advertisement | skip\ to\ (?:main\ )?content | read\ more
    )[.:!]*""",
    re.IGNORECASE | re.VERBOSE,
)
# The same where the line ends without a stop, as a button or a label does.
_UNSTOPPED = re.compile(
    r"""(?:
      (?:(?:share|add|post|leave|tell\ us|send\ us|have|join)\ )?your\ (?:thoughts|views|say|comments?|opinions?)
    | (?:published|updated|posted|modified)(?:\ (?:on|at|by))?:?\ ?.{0,20}\d.{0,40}
    | (?:read|see|find\ out|hear|watch|learn)\ (?:more|next|also)\b.{0,120}
    | (?:like|contact|email|tweet|join)\ us\b.{0,40} | share | print | save | copy\ link | loading
    | (?:sponsored|advertising|advert|promoted)(?:\ (?:content|by|feature|post))?\b.{0,40}
    | (?:related|recommended)(?:\ (?:articles?|stories|topics|content|reading|links?|for\ you))?:?
    | most\ (?:read|popular) | trending(?:\ now)?
    | more\ (?:on\ this\ story|from\ .{0,40}|stories)
    | (?:image|photo|photograph|picture|video|graphic)s?(?:\ (?:credit|by|source|caption))?\s*:.{0,80}
    | (?:\d+\ )?comments?(?:\ \(?\d+\)?)? | (?:back|jump)\ to\ .{0,30} | cookies?\ (?:policy|settings) | privacy\ policy
    | \d+\ (?:min(?:ute)?s?|hours?|days?|weeks?)\ (?:read|ago)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_DATELINE = re.compile(rf"(?:[A-Z][a-z]+day,?\s+)?{_DATE}(?:,?\s+(?:at\s+)?\d{{1,2}}[:.]\d{{2}}(?:\s?[ap]m)?)?")
_NAME_WORD = r"[A-Z][\w.’'-]{0,30}"
_BYLINE = re.compile(
    rf"By {_NAME_WORD}(?: {_NAME_WORD}){{0,3}}(?:(?:,| and| &) {_NAME_WORD}(?: {_NAME_WORD}){{0,3}})?"
    r"(?:,? \w+ (?:correspondent|editor|reporter|writer))?"
)
_ADDRESSEE = "and|or|of|the|all|sirs?|madam|reader|readers|editor|members?|colleagues?|parents?|friends?|staff|customers?|residents?"
_SALUTATION = re.compile(
    r"(?:Dear|Hello|Hi|Hey)\s\S.*[,:]|(?:Hello|Hi|Hey|Greetings)[,!]|To (?:all|the|our|my|[A-Z]\S+)(?:\s\S+){1,7}[,:]"
    rf"|Dear(?:\s(?:{_ADDRESSEE}|[A-Z][\w.’'-]*)){{1,10}}|To [Ww]hom [Ii]t [Mm]ay [Cc]oncern[,:]?|(?:Sirs?|SIRS?|Madam|Sir or Madam),"
)
_SIGN_OFF = re.compile(
    r"yours(?: (?:ever|always|aye|etc))?,|(?:yours|kind|warm|best|with|many)?\s*"
    r"(?:sincerely|faithfully|truly|respectfully|(?:best )?(?:regards|wishes)|thanks|cordially)(?:\s+yours)?[,.]?",
    re.IGNORECASE,
)
_PARTING = re.compile(
    r"(?:(?:all )?(?:the|my|our|very) best(?: to (?:you )?all)?|best|all the best|thanks|thank you|cheers|love|warmly|gratefully"
    r"|with (?:love|gratitude|thanks|respect)|(?:yours )?in (?:solidarity|hope|friendship|peace)|until next (?:time|week))[,!]"
    r"|(?:many )?(?:thanks|thank you) (?:again|so much|very much|for (?:reading|listening|your \S+(?: \S+){0,2}))[,.!]",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?:\[\d{1,3}\]|[¹²³⁰-⁹])+$")
_LIST_ITEM = re.compile(r"[•●▪‣◦·*–—-]\s*\S|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s", re.IGNORECASE)
_COMMENT_SOUGHT = re.compile(r"\b(?:declined to|for|not|no) comment(?:ed|ing)?$")
_SAYS = re.compile(
    r"\b(?:said|says|say|adds?|added|wrote|writes|told|asked|warned|continued|concluded|explained|tweeted|replied|read|reads)\b"
)
_LOOK_BACK = 200
_QUOTED = re.compile(r"[“„«\"].+[”\"»]\s?[—–―-]{1,2}\s?\w")
_SIGNED = re.compile(r"[—–―-]{1,2}\s?[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|al-\w+|of|the|de|van|and|for))*(?: spokes\w+)?(?:[,:(].{0,100})?")


def stripped_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines that hold more than white space, without the white space around them."""
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            start = position + len(line) - len(line.lstrip())
            yield start, start + len(stripped)
        position += len(line)


def classify(line: str, previous: str, following: str) -> Kind:
    """Classify one stripped, non-empty line, given its stripped neighbours that are not empty (`""` at either end)."""
    if not any(c.isalnum() for c in line[:MAX_HEADING_CHARACTERS]) and len(line) <= MAX_HEADING_CHARACTERS:
        return "boilerplate"  # a rule, asterisks between sections
    if len(line) > MAX_HEADING_CHARACTERS:
        return "sentence"
    words = len(line.split())
    if words <= MAX_BOILERPLATE_WORDS and _is_boilerplate(line):
        return "boilerplate"
    return "heading" if _is_heading(line, words, previous, following) else "sentence"


def is_salutation(line: str) -> bool:
    """Whether the line opens a letter: `Dear members,`."""
    return len(line) <= MAX_HEADING_CHARACTERS and bool(_SALUTATION.fullmatch(line))


def is_sign_off(line: str) -> bool:
    """Whether the line closes a letter: `Yours sincerely,`, `Best,`."""
    return len(line) <= 40 and bool(_SIGN_OFF.fullmatch(line) or _PARTING.fullmatch(line))


def is_signature(line: str) -> bool:
    """Whether the line is a dash and a name, as under a quotation: `— Name, role`."""
    return line[0] in "—–―-" and len(line) <= MAX_HEADING_CHARACTERS and line[-1] not in "!?" and bool(_SIGNED.fullmatch(line))


def _is_boilerplate(line: str) -> bool:
    if _ALWAYS.fullmatch(line):
        return True
    return line[-1] not in _STOPS and any(p.fullmatch(line) for p in (_UNSTOPPED, _DATELINE, _BYLINE))


def _is_heading(line: str, words: int, previous: str, following: str) -> bool:
    if is_salutation(line) or is_sign_off(line):
        return True
    last = _NOTES.sub("", line).rstrip(_CLOSERS + _SPACES)[-1:]
    if (last and last in _STOPS + ",;") or line[0].islower() or _LIST_ITEM.match(line) or _COMMENT_SOUGHT.search(line):
        return False
    if _opens_a_quote(line) or _QUOTED.match(line) or (following[:1] in ("—", "–", "―") and is_signature(following)):
        return False
    if last == ":":
        return words <= 10 and not _SAYS.search(line)
    if not following or (previous[-_LOOK_BACK:].rstrip(_CLOSERS).endswith(":") and not is_salutation(following)):
        return False  # the last line of prose that lost its stop; the first item of a list without marks
    return words <= (MAX_HEADING_WORDS if previous else MAX_HEADLINE_WORDS)


def _opens_a_quote(line: str) -> bool:
    """A quotation begins with the line and is not closed in it: a paragraph of speech, whatever its last mark."""
    if line[0] in _OPEN_DOUBLE:
        return not any(c in '”»"' for c in line)
    return line[0] == '"' and line.count('"') == 1

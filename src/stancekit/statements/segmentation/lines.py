"""Classification of lines: prose, headings, and boilerplate.

A heading introduces text: a short line without a stop, with prose below it. In a text whose lines lack stops in general (posts,
testimonials, captions, subtitles) such lines are what is said, and none is a heading.
"""

import re
from collections.abc import Iterator, Sequence

from stancekit.records import Kind
from stancekit.statements.segmentation.furniture import find_furniture
from stancekit.statements.segmentation.other_languages import OWN_STOPS
from stancekit.statements.text.quotation_marks import Span

MAX_HEADING_WORDS = 14
MAX_HEADLINE_WORDS = 20
MAX_HEADING_CHARACTERS = 160
MAX_HEADINGS = 3
"""More lines than this on end without a stop are a list, of which the last alone may be a heading."""
MAX_NAME = 40
"""Under a closing phrase so short a line is a name."""
MAX_POST = 1_000
"""A text with more characters than this is no post, whatever hash tags it has."""

_CLOSERS = "\"'”’»)]」』）》】"
_SPACES = " \u00a0\u2009\u202f"
_STOPS = ".!?…" + OWN_STOPS
_OPEN_DOUBLE = "“„«"
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
_POSTED = re.compile(r"(?:^|\s)(?:[#@][^\W\d_]\w*|https?://|RT @)|\bpic\.twitter\.com/")
_SPEAKS = re.compile(
    r"(?:(?:And|But|So|Yet|If|Because|When|Now|Then|Yes|No|Well),? )?(?:(?:I|[Ww]e|[Yy]ou)(?:['’](?:ll|re|ve|m|d)\b| [a-z])"
    r"|(?:(?:[Mm]y|[Oo]ur|[Yy]our|[Tt]h(?:is|ese|at))(?: \w+){1,2}|[Ii]t|[Tt]h(?:is|at|ey|ere)|[Hh]e|[Ss]he)"
    r"(?:['’](?:s|re|ll|ve|d)| (?:is|are|was|were|has|have|had|will|would|can|could|does|did|do|must|should)(?:n['’]t)?)\b)"
)
"""What begins as a clause with a pronoun: `So we’ll see them in court`, `Our reporter is in the chamber`."""
_CREDIT = re.compile(
    r"\b(?:photo(?:graph)?|image|picture|credit)s?(?: credit| by)?: ?\S.{0,40}$|\bimage (?:copyright|caption)|AP Photo|Getty", re.IGNORECASE
)
"""How a caption is told."""
_QUOTED = re.compile(r"[“„«\"].+[”\"»]\s?[—–―-]{1,2}\s?\w")
_TESTIMONIAL = re.compile(
    r"^[^\S\n]*(?P<said>[“„«\"][^“”„«»\"\n]+[”»\"])[^\S\n]*(?:\n[^\S\n]*(?P<name>[—–-]{0,2} ?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}?"
    r"(?:,? (?:aged )?\d{1,3})?(?:,[^\n.!?“”\"]{1,60}| \([^()\n]{1,40}\))?)[^\S\n]*)?$",
    re.MULTILINE,
)
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


def classify(text: str, lines: Sequence[Span]) -> list[Kind]:
    """Classify each line of a text. `lines` are those that are not empty, without white space around them, as `stripped_lines` has them."""
    heads = [text[start : min(end, start + MAX_HEADING_CHARACTERS + 1)] for start, end in lines]
    kinds: list[Kind] = ["boilerplate" if is_furniture else "sentence" for is_furniture in find_furniture(heads)]
    closed = False
    for number, line in enumerate(heads):
        parts = is_salutation(line) or is_sign_off(line)
        if kinds[number] == "sentence" and (parts or (closed and len(line) <= MAX_NAME and line[-1] not in _STOPS)):
            kinds[number] = "heading"
        closed = parts and not is_salutation(line)
    is_post = len(text) <= MAX_POST and any(_POSTED.search(line) for line, kind in zip(heads, kinds, strict=True) if kind == "sentence")
    if not is_post and not any("-->" in line for line in heads):  # nor subtitles
        for number in _introducing(text, lines, heads, kinds):
            kinds[number] = "heading"
    return kinds


def _introducing(text: str, lines: Sequence[Span], heads: Sequence[str], kinds: Sequence[Kind]) -> Iterator[int]:
    """Yield the lines that have the form of a heading and introduce prose, furniture left aside; none where they outweigh the prose."""
    chains: list[tuple[list[int], int]] = []  # lines of that form on end, and the characters of prose that comes below
    chain: list[int] = []
    below = 0
    is_listed = continues = False
    testimonials = signed_below(text)
    for number, ((start, end), line) in enumerate(zip(lines, heads, strict=True)):
        if kinds[number] == "boilerplate":
            continue
        following = heads[number + 1] if number + 1 < len(heads) else ""
        leads_in = text[max(start, end - 4) : end].rstrip(_CLOSERS).endswith(":")
        is_signed = start in testimonials or (following[:1] in ("—", "–", "―") and is_signature(following))
        has_form = kinds[number] == "sentence" and not (continues or is_signed) and _has_form_of_heading(line, first=not number)
        is_listed = is_listed and has_form and not is_salutation(following)  # an item of a list without marks
        if has_form and not (is_listed and not leads_in) and not (following[:1].islower() and not leads_in):
            if below:
                chains.append((chain, below))
                chain, below = [], 0
            chain.append(number)
        else:
            below += end - start
        is_listed = is_listed or leads_in
        near = bool(following) and text.count("\n", end, lines[number + 1][0]) < 2
        continues = near and line[-1] not in _STOPS and not is_salutation(line) and (continues or line[-1] == ",") and not is_sign_off(line)
    chains.append((chain, below))
    sizes = [sum(len(heads[number]) for number in chain) if below else 0 for chain, below in chains]
    is_list = sum(sizes) > sum(below for _, below in chains)
    for (chain, below), size in zip(chains, sizes, strict=True):
        if not size:
            continue
        if not is_list and size <= 2 * below:
            yield from chain if len(chain) <= MAX_HEADINGS else chain[-1:]
        elif heads[chain[-1]].endswith(":"):
            yield chain[-1]


def is_salutation(line: str) -> bool:
    """Whether the line opens a letter: `Dear members,`."""
    return len(line) <= MAX_HEADING_CHARACTERS and bool(_SALUTATION.fullmatch(line))


def is_sign_off(line: str) -> bool:
    """Whether the line closes a letter: `Yours sincerely,`, `Best,`."""
    return len(line) <= 40 and bool(_SIGN_OFF.fullmatch(line) or _PARTING.fullmatch(line))


def is_signature(line: str) -> bool:
    """Whether the line is a dash and a name, as under a quotation: `— Name, role`."""
    return line[0] in "—–―-" and len(line) <= MAX_HEADING_CHARACTERS and line[-1] not in "!?" and bool(_SIGNED.fullmatch(line))


def signed_below(text: str) -> dict[int, int]:
    """Return where quotations that are lines begin, with where the names on the next lines do, as in testimonials.

    None unless that holds of two, of half of the quotations that are lines, and of the last: else the names may stand above.
    """
    alone = list(_TESTIMONIAL.finditer(text))
    found = {match.start("said"): match.start("name") for match in alone if match["name"]}
    return found if len(found) > 1 and 2 * len(found) >= len(alone) and alone[-1]["name"] else {}


def _has_form_of_heading(line: str, *, first: bool) -> bool:
    """Tell whether a line is short, without a stop, and neither half a sentence nor an item, nor clearly what somebody says."""
    last = _NOTES.sub("", line).rstrip(_CLOSERS + _SPACES)[-1:]
    words = len(line.split())
    if len(line) > MAX_HEADING_CHARACTERS or words > (MAX_HEADLINE_WORDS if first else MAX_HEADING_WORDS):
        return False
    if (last and last in _STOPS + ",;") or line[0].islower() or _opens_a_quote(line) or _QUOTED.match(line):
        return False
    if any(found.search(line) for found in (_COMMENT_SOUGHT, _POSTED, _CREDIT)) or _LIST_ITEM.match(line) or _SPEAKS.match(line):
        return False
    return last != ":" or (words <= 10 and not _SAYS.search(line))


def _opens_a_quote(line: str) -> bool:
    """A quotation begins with the line and is not closed in it: a paragraph of speech, whatever its last mark."""
    if line[0] in _OPEN_DOUBLE:
        return not any(c in '”»"' for c in line)
    return line[0] == '"' and line.count('"') == 1

"""Furniture of pages, press releases, mails, live blogs and subtitles: lines, and blocks of lines, that are no part of what is told."""

import re
from collections.abc import Iterator, Sequence

MAX_WORDS = 16
"""A line with more words is no furniture by itself."""
_MAX_SIGNATURE = 12
"""At most this many lines below `--` are a mail's signature."""

_STOPS = ".!?…"
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}})"
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?(?:\s?(?:BST|GMT|UTC|[A-Z]{1,3}T))?"
# Furniture whether or not it ends in a stop.
_ALWAYS = re.compile(
    r"""(?:
      share\ (?:this|on|via)\b.{0,60} | follow\ (?:us|me)\b.{0,80} | (?:sign\ up|subscribe)\ (?:here|now|to|for|today)\b.{0,80}
    | (?:click|tap)\ here\b.{0,80} | (?:log\ ?in|sign\ in|register)\ to\ (?:comment|read|continue|leave|post)\b.{0,40}
    | (?:copyright|©|\(c\)).{0,80} | .{0,60}\ball\ rights\ reserved | comments\ (?:are\ |have\ been\ )?(?:closed|off|disabled).{0,20}
    | (?:leave|post|add)\ a\ (?:comment|reply) | (?:first|last|originally)\ (?:published|updated|posted|modified)\b.{0,60} | advertisement
    | (?:story|article)\ continues?d?\ (?:below|after).{0,30} | skip\ to\ (?:main\ )?content | read\ more
    | <?(?:https?://|www\.)\S+(?:\ \d+/\d+)? | <?\S+@\S+\.\w+>? | sent\ from\ my\ .{1,30}
    | for\ (?:more|further|additional|media)\ (?:information|details|enquiries|interviews)\b.{0,120}
    | (?:-+\ ?|begin\ )(?:original|forwarded)\ message\ ?-*
    )[.:!]*""",
    re.IGNORECASE | re.VERBOSE,
)
# The same where the line ends without a stop, as a button or a label does.
_UNSTOPPED = re.compile(
    rf"""(?:
      (?:(?:share|add|post|leave|tell\ us|send\ us|have|join)\ )?your\ (?:thoughts|views|say|comments?|opinions?)
    | (?:published|updated|posted|modified)(?:\ (?:on|at|by))?:?\ ?.{{0,20}}\d.{{0,40}}
    | (?:read|see|find\ out|hear|watch|learn)\ (?:more|next|also)\b.{{0,120}} | (?:like|contact|email|tweet|join)\ us\b.{{0,40}} | share
    | print | save | copy\ link | loading | (?:sponsored|advertising|advert|promoted)(?:\ (?:content|by|feature|post))?\b.{{0,40}}
    | (?:related|recommended)(?:\ (?:articles?|stories|topics|content|reading|links?|for\ you))?:? | most\ (?:read|popular)
    | trending(?:\ now)? | more\ (?:on\ this\ story|from\ .{{0,40}}|stories)
    | (?:image|photo|photograph|picture|video|graphic)s?(?:\ (?:credit|by|source|caption))?\s*:.{{0,80}}
    | (?:[\d.,]+[km]?\ )?(?:comments?|likes?|(?:re)?(?:tweets|posts)|replies|views)(?:\ \(?\d+\)?)? | (?:back|jump)\ to\ .{{0,30}}
    | cookies?\ (?:policy|settings) | privacy\ policy | \d+\s?(?:[smhd]|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?)\ (?:read|ago) | just\ now
    | live\ reporting | all\ times\ stated\ are\ \w+ | (?:edited\ by|reporting\ (?:from|in))\ (?-i:[A-Z]).{{0,60}}
    | (?:show\ )?key\ events?(?:\ only)?(?:\ \(\d+\))? | pinned(?:\ post)? | {_CLOCK}(?:\ share|\ [·|,-]\ .{{0,20}}\d{{4}})? | WEBVTT.*
    | [\d:.,]+\ -->\ .* | (?:[-–—]\ ?)?(?:page|p\.)\ ?\d+(?:\ ?(?:of|/)\ ?\d+)?.{{0,3}} | \d+\ of\ \d+
    | \d{{1,4}}([/.-])\d\d?\1\d{{2,4}},?\ {_CLOCK}\ .+
    | (?:printed|downloaded|exported|retrieved|accessed)\ (?:from|on|by|at)\ (?=.*(?:\d|\.\w)).*
    | (?:press|news|media)\ (?:release|statement|notice)(?:\s?[:–—|-]\ ?.{{0,60}})?
    | (?:strictly\ )?embargo(?:ed)?(?:\ (?:until|till|to|for)\b|:|\Z).{{0,80}}
    | (?:not\ for|for\ immediate)\ (?:release|publication)\b.{{0,60}} | (?:media|press)\ (?:contacts?|enquir\w+|inquir\w+)\b.{{0,80}}
    | (?:tel(?:ephone)?|phone|mobile|fax|e-?mail|web(?:site)?|url)\ ?:.{{0,60}}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_DATELINE = re.compile(rf"(?:[A-Z][\w ]{{2,30}},\s)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?{_DATE}(?:,?\s+(?:at\s+)?{_CLOCK})?")
_NAME_WORD = r"[A-Z][\w.’'-]{0,30}"
_BYLINE = re.compile(
    rf"By {_NAME_WORD}(?: {_NAME_WORD}){{0,3}}(?:(?:,| and| &) {_NAME_WORD}(?: {_NAME_WORD}){{0,3}})?"
    r"(?:,? \w+ (?:correspondent|editor|reporter|writer))?"
)
_RELEASE = re.compile(r"(?:(?:press|news|media) release|for immediate release|(?:strictly )?embargo)\b", re.IGNORECASE)
_ENDS = re.compile(r"[-–—*#\s]*(?:ENDS?|[-–—*#]\s*(?i:ends?|30))[-–—*#.\s]*|[#*](?:\s?[#*]){2,}")
_NOTES = re.compile(
    r"\W*(?:notes? (?:to|for) (?:the )?(?:\w+ )?(?:editors?|journalists?|reporters?|press|media|desks?)"
    r"|editor(?:ial|s?['’]?s?['’]?) notes?)\b.{0,20}",
    re.IGNORECASE,
)
_AFTER_END = re.compile(
    r"\W*(?:notes?\b|\d{1,2}[.):]\s|(?:for )?(?:more|further|additional) (?:info\w*|details|enquir\w+)"
    r"|(?:for )?(?:all )?(?:media|press|interviews?)\b|about .{1,50}[^.]$|contacts?\b|background\b|issued by\b)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"(From|To|B?Cc|Date|Sent|Subject|Reply-To|Attachments?|Importance|Message-ID|Newsgroups):(?:\s|$)", re.IGNORECASE)
_WROTE = re.compile(r".{6,140}\b(?:wrote|a écrit|schrieb.{0,60}) ?:")
_GREETING = re.compile(r"(?:Dear|Hi|Hello|Hey)\b.{0,40},")
_DISCLAIMER = re.compile(
    r"(?:this|the (?:information|contents?) (?:contained )?in this) (?:e-?mail|message|communication)\b.{0,100}\b(?:confidential|intended)"
    r"|if you (?:are not the intended recipient|have received this (?:e-?mail|message) in error)",
    re.IGNORECASE,
)


def find_furniture(lines: Sequence[str]) -> Iterator[bool]:
    """Tell of each line of a text whether it is furniture; of a long line its beginning is enough.

    By itself, as a time stamp or a button is; or as part of a block: the notes under a press release, up to the end or the
    next release; the header of a mail, what it quotes of another (somebody else's text), and its signature.
    """
    names = ["", *((found[1].lower() if (found := _HEADER.match(line)) else "") for line in lines), ""]
    header = [bool(name) and bool({before, after} - {"", name}) for before, name, after in zip(names, names[1:], names[2:], strict=False)]
    quoted = [line[0] == ">" for line in lines]
    below = [*quoted[1:], False]
    wrote = [bool(_WROTE.fullmatch(line)) and (below[n] or "@" in line.partition("<")[2]) for n, line in enumerate(lines)]
    is_mail = any(header) or any(wrote)
    answers = is_mail or any(map(_GREETING.fullmatch, lines))
    notes = ended = False
    signature = 0
    for number, line in enumerate(lines):
        own = is_furniture(line)
        of_mail = header[number] or wrote[number] or (quoted[number] and answers)
        signature = 0 if of_mail else _MAX_SIGNATURE if is_mail and line == "--" else max(0, signature - 1)
        if own and _RELEASE.match(line):
            notes = ended = False
        elif _NOTES.fullmatch(line) or (ended and _AFTER_END.match(line)):
            notes = True
        ended = bool(_ENDS.fullmatch(line)) or (ended and own)
        yield own or notes or of_mail or signature > 0


def is_furniture(line: str) -> bool:
    """Tell whether a line is furniture by itself. One without letters is: a rule, a time, a page number, a subtitle's."""
    if not any(c.isalpha() for c in line):
        return len(line) <= 160
    if _DISCLAIMER.match(line):
        return True
    if len(line.split(None, MAX_WORDS)) > MAX_WORDS:
        return False
    if _ALWAYS.fullmatch(line) or _ENDS.fullmatch(line):
        return True
    return line[-1] not in _STOPS and any(p.fullmatch(line) for p in (_UNSTOPPED, _DATELINE, _BYLINE))

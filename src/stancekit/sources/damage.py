"""Damage of text: wrong decoding, markup in cells, what a typesetter left. Found, counted, told; repaired where that is asked for."""

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from html.entities import name2codepoint
from typing import Any

from stancekit.sources.options import KEEP, ReadOptions

_C = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
"""What the bytes that go on a character in UTF-8 are in cp1252 and Latin-1."""
_CLOSE = "[ÃÄÅ][‘’“”–—…•»›·]"
_BLOCKS = (
    "p|div|br|hr|h[1-6]|[uod]l|li|d[dt]|table|t[rdh]|tbody|thead|blockquote|section|article|figure|figcaption|pre|body|html|head|title"
)
_INLINE = "b|i|u|s|em|strong|a|span|small|sub|sup|font|img|q|cite|code|mark|abbr|strike|iframe|style|script|meta|link"
_ATTRIBUTES = r"""(?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?/?>"""

_LOST = "lost characters (U+FFFD)"
KINDS: dict[str, re.Pattern[str]] = {
    "mojibake": re.compile(  # beginning with a set of characters each is searched for at the speed of a set
        rf"[Â-ô‚√](?:(?<=â)[€‚„†ˆ\x80\x82\x84\x86\x88](?:{_C}|\ufffd)?|(?<=ï)(?:¿½|»¿)|(?<=ð)[Ÿ\x9f]{_C}{{0,2}}|(?<=Â)[\x80-\xbf]"
        rf"|(?<=[ÃÄÅ]){_C}(?<![^a-zß-ÿ]{_CLOSE})(?<!Ã\xa0)"  # letters; MAÇÃ” is Portuguese, in capitals
        rf"|{_C}{{1,3}}(?:[Â-ô]{_C}{{1,3}}){{2}}"  # another script, whatever it is
        r"|(?<=‚)Ä[ôúùòìîï¶]|(?<=[^\W\d_]√)[©®°¢±≥º¶¥†ß])"  # Mac Roman
    ),
    "C1 control characters": re.compile("[\x80-\x84\x86-\x9f]"),
    _LOST: re.compile("\ufffd"),
    "HTML tags": re.compile(rf"<(?:!--(?:(?!<!--).)*?-->|/?(?:{_BLOCKS}|{_INLINE}){_ATTRIBUTES})", re.I | re.S),
    "HTML entities": re.compile(rf"&(?:{'|'.join(name2codepoint)}|apos|#\d{{1,7}}|#x[0-9a-f]{{1,6}});", re.I),
    "ligatures": re.compile("[\ufb00-\ufb06]"),
    "soft hyphens": re.compile("\xad"),
    "zero-width characters": re.compile("[\u200b\u2060\ufeff](?<![\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff].)"),
}
"""Kind of damage → what it looks like. South-East Asian scripts part their words by zero-width spaces."""

_SOME = re.compile("[\x80-\x84\x86-\x9f\xadÂ-ô‚√\u200b\u2060\ufb00-\ufb06\ufeff\ufffd]")
_UNREAD = re.compile(rf"<(script|style)\b{_ATTRIBUTES}(?:(?!<\1\b).)*?</\1\s*>", re.I | re.S)
_BREAKS = re.compile(rf"(?<!\s)\s*(?:</?(?:{_BLOCKS}){_ATTRIBUTES}\s*)+", re.I)
_AS_THEY_ARE = ("id", "url", "date")


def damage_of(text: str) -> Counter[str]:
    """Count the damage of a text by kind."""
    is_marked, is_odd = "<" in text or "&" in text, _SOME.search(text)
    found: Counter[str] = Counter()
    for kind, pattern in KINDS.items():
        if is_marked if kind.startswith("HTML") else is_odd:
            text, found[kind] = pattern.subn(" ", text)  # once counted, it is no damage of another kind
    return +found


def repaired(text: str) -> str:
    """Repair what can be: decoding by ftfy, markup stripped with its entities resolved, ligatures and soft hyphens as plain letters.

    Quotation marks, line ends and wide characters stay as they are; characters that are lost stay lost, but for closing quotation
    marks: of the usual marks they alone have a last byte that is no character of cp1252.
    """
    import ftfy

    for _ in range(2):  # an export often escapes what was escaped already
        text = KINDS["HTML tags"].sub("", _BREAKS.sub("\n", _UNREAD.sub("", text)))
        text = KINDS["HTML entities"].sub(lambda match: unescape(match[0]), text)
    keep = dict.fromkeys(("unescape_html", "uncurl_quotes", "fix_line_breaks", "fix_character_width", "remove_terminal_escapes"), False)
    text = ftfy.fix_text(text.replace("â€\ufffd", "”"), normalization=None, explain=False, **keep)
    return KINDS["zero-width characters"].sub("", text.replace("\xad", "")).strip("\n")


class Damage:
    """Counts the damage of one file, row by row, and tells of it once, with the remedy."""

    def __init__(self, file: str, reading: ReadOptions) -> None:
        self._file, self._reading = file, reading
        self._found: Counter[str] = Counter()
        self._left: Counter[str] = Counter()
        self._first = ""

    def see(self, values: Mapping[str, Any], line: int | None) -> Mapping[str, Any]:
        """Count the damage of a row's fields; return them, repaired where that is asked for."""
        if not (self._reading.repair or self._reading.notice):
            return values
        for name, text in values.items():
            if not isinstance(text, str) or name in _AS_THEY_ARE or name.startswith(KEEP) or not (found := damage_of(text)):
                continue
            self._found += found
            if not self._first:
                match = min((m for kind in found for m in KINDS[kind].finditer(text)), key=lambda m: m.start())
                self._first = f"{match[0][:12]!r} in line {line or text.count(chr(10), 0, match.start()) + 1}"
            if self._reading.repair:
                values = {**values, name: repaired(text)}
                self._left += damage_of(values[name])
        return values

    def tell(self) -> None:
        """Say what was found and what mends it, or what was mended and what is left."""
        if not self._found:
            return
        what, left = (", ".join(f"{n} {kind}" for kind, n in counts.items()) for counts in (self._found, self._left))
        then = f"repaired, {'but for ' + left if left else 'all of it'}" if self._reading.repair else f"read as it is; {self._remedy()}"
        self._reading.say(self._file, f"damaged text: {what} (first {self._first}): {then}")

    def _remedy(self) -> str:
        remedies = ["--repair mends it"] if self._found.keys() - {_LOST} else []
        if self._reading.encoding.lower() not in ("utf-8", "utf8") and self._found.keys() & {"mojibake", "C1 control characters"}:
            remedies.insert(
                0, f"it may not be {self._reading.encoding}: try another --encoding, as {'utf-8' if self._found['mojibake'] else 'cp1252'}"
            )
        return "; ".join([*remedies, *(["lost characters are only where the text comes from"] if self._found[_LOST] else [])])

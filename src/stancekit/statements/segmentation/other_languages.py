"""Sentence boundaries in a line of prose in another language than English, by script.

The stops of scripts that have their own end a sentence wherever they stand (Unicode Standard Annex 29, `Sentence_Terminal`). Where
the full stop is shared with abbreviations, a space and no small letter must follow. Thai and Lao part clauses and sentences alike
by spaces: their lines stay whole. Every look back or ahead is bounded.
"""

import re
from collections.abc import Iterator

from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.wordlist import words

OWN_STOPS = "。！？｡．؟۔।॥։።፧፨။។៕"
"""Stops that a script does not share with the Latin one."""

_SPACES = "[ \u00a0\u2009\u202f]"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
# A run of stops and the marks that close with it: „…“ and »…« close with what opens elsewhere, « … » after a space.
_STOP = re.compile(
    rf"(?:[{OWN_STOPS}][.!?…{OWN_STOPS}]*+[\"'”’»」』）》】)\]]*+|(?:[.!?…]|(?:(?<=[{_GREEK}])|(?<=[{_GREEK}][»”\"]))[;\u037e])++[\"'”’“‘»«›‹）)\]]*+)"
    rf"(?:{_SPACES}++[»›)\]”](?=[\s,.;:]|$))?"
)
_AHEAD = re.compile(r"\s++(?:[\"'“‘„‚«»‹›(\[¿¡•*–—-]|\s)*+(\S?)")
_WHITE = re.compile(r"\s*+")
_IDEOGRAPH = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WHOLE = re.compile("[\u0e00-\u0eff]")
# 「…。」と述べた。 and “…。”他说。: what reports the quotation before it belongs to its sentence.
_REPORTED = re.compile("と|って|など|[^，。！？：；、“「『\n]{0,16}(?:[说說道问問称稱答]|表示|指出|[强強][调調])[，。]")
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘„‚«»‹›¿¡—–-]++$")
_LOOK_BACK = _LOOK_AHEAD = 24
_ORDINAL = re.compile(r"\d{1,2}|[IVX]+")

# A capital may follow these within a sentence: a name or, in German, any noun. One letter, or a short word before a number, needs no list.
_ABBREVIATIONS = words(
    "allg bspw bzgl bzw dipl dr dt ehem einschl evtl exkl frl ggf hr hrsg inkl ing insb jr mio mrd prof sog st vgl zzgl"  # German
    " av bd cf dna dra ee excmo lic mgr mlle mm mme mons pbro sr sra sras sres srta ud uds ldo"  # French, Spanish
    " arch avv cav dott dottssa exa exmo geom on rag sig sigg sigra sto sta"  # Italian, Portuguese
    " bijv dhr drs ds fam fru hr ir jhr mej mevr mr mw osv resp"  # Dutch, Swedish, Danish, Norwegian
    " ing inż ks mgr mjr mudr np płk por św tzv tzn ul"  # Polish, Czech, Slovak
    " гр др им млн млрд пл пр проф руб св см тыс ул акад"  # Russian, Ukrainian, Bulgarian
    " av doç sn αρ δρ κα κκ प्रो श्री"  # Turkish, Greek, Hindi
)
_ORDINALS = words("bs cs da de et eu fi fo hr hu is lb lv nb nn no pl sk sl sr tr")
"""Languages that write `3.` for `third`."""


def other_sentences(text: str, start: int, end: int, language: str | None) -> Iterator[Span]:
    """Yield the spans of the sentences in one line of prose, `text[start:end]`, in order; only white space lies between them."""
    first = start
    for stop in _STOP.finditer(text, start, end):
        after = stop.end()
        if after < end and _ends(text, first, end, stop, language):
            yield first, after
            first = _WHITE.match(text, after, end).end()  # type: ignore[union-attr]
    if first < end:
        yield first, end


def _ends(text: str, first: int, end: int, stop: re.Match[str], language: str | None) -> bool:
    """Tell whether a sentence that began at `first` ends with `stop`."""
    marks, after, following = stop.group(), stop.end(), text[stop.end()]
    before = text[max(first, stop.start() - 1) : stop.start()]
    if marks[0] in OWN_STOPS or (marks[0] in "!?" and _IDEOGRAPH.match(before)):
        if following in ",，、；;：:" or (marks == "．" and following.isdigit()):
            return False
        return marks[-1] in OWN_STOPS or not _REPORTED.match(text, after, min(end, after + _LOOK_AHEAD))
    ahead = _AHEAD.match(text, after, end)
    if ahead is None or not ahead[1] or ahead[1].islower() or ahead[1] in ",;:.!?…" or _WHOLE.match(ahead[1]):
        return False
    return marks != "." or not _abbreviates(text, first, stop.start(), language, number=ahead[1].isdigit())


def _abbreviates(text: str, first: int, dot: int, language: str | None, *, number: bool) -> bool:
    """Whether a lone full stop belongs to the word before it: an abbreviation, an initial, an ordinal, the number of an item."""
    found = _WORD_BEFORE.search(text[max(first, dot - _LOOK_BACK) : dot])
    if found is None:
        return False
    word = found[0]
    if word[0].isdigit() or (_ORDINAL.fullmatch(word) and language in _ORDINALS):
        return bool(_ORDINAL.fullmatch(word)) and (language in _ORDINALS or dot - len(word) == first)
    parts = [sum(c.isalpha() for c in part) for part in word.split(".")]
    if parts == [1]:
        return word[0] < "\u1100"  # a syllable of Korean, or an ideograph, is a word
    return (len(parts) > 1 and max(parts) < 3) or word.casefold() in _ABBREVIATIONS or (number and parts[-1] < 5)

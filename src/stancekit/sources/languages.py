"""Language of a document: as declared, else looked up in a bounded sample of its text."""

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

ENGLISH = "en"
"""The language that speakers and modes are found in."""

UNKNOWN = "unknown"
SAMPLE = 2_000
"""Characters of a text that are looked at, so that the cost is flat."""
SURE = 0.8
"""Probability from which a look-up counts: of 13 597 English sentences one, a French saying, is called otherwise (make bench-coverage)."""
_FUNCTION_WORDS, _SHARE = 2, 0.08
"""A text with this many English function words, and this share of its words, is English: of 60 other languages none reaches 2 %."""

_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff"
    " fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku"
    " kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu"
    " rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo"
    " wa wo xh yi yo za zh zu"
)
"""ISO 639-1. https://www.loc.gov/standards/iso639-2/php/code_list.php"""
_LONG = (
    "ara:ar ben:bn bul:bg cat:ca ces:cs cze:cs dan:da deu:de ger:de ell:el gre:el eng:en est:et fas:fa per:fa fin:fi fra:fr"
    " fre:fr heb:he hin:hi hrv:hr hun:hu ind:id ita:it jpn:ja kor:ko lav:lv lit:lt msa:ms nld:nl dut:nl nor:no pol:pl por:pt ron:ro"
    " rum:ro rus:ru slk:sk slv:sl spa:es sqi:sq srp:sr swe:sv tha:th tur:tr ukr:uk urd:ur vie:vi zho:zh chi:zh"
)
"""ISO 639-2 and 639-3 codes of the languages of most news, as Event Registry has them."""

_NOT_PROSE = re.compile("//|[@#]")
_SHORT = 20
"""Fewer characters of the Latin alphabet alone, as `No way!` and `#StopTheLevy`, tell hardly anything."""
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff\ufb00-\ufb06\uff21-\uff5a]")
_WORDS = (
    "the and that with they from this their said which were been would there these about what you your it not our who when how new his"
    " than could should because people"
)
"""Function words that are frequent in English and hardly ever words of other languages, as `of`, `is`, `to`, `have` and `her` are."""
_KNOWN = dict(pair.split(":") for pair in _LONG.split()) | {name: name for name in _CODES.split()}
_ENGLISH_WORDS = frozenset(_WORDS.split())


def code(declared: object) -> str | None:
    """Return the ISO 639-1 code that a document or a user states, `en-GB` and `eng` as `en`; None for what is no such code."""
    return _KNOWN.get(re.split("[-_]", declared.strip().lower())[0]) if isinstance(declared, str) else None


def language_of(text: str, declared: object = None) -> str | None:
    """Return the ISO 639-1 code of a text's language: as declared, else looked up; None where the text is too short to tell.

    English that is declared for a text in another script than Latin is what a page's template says, not the text.
    """
    known = code(declared)
    return known if known and (known != ENGLISH or is_latin(text)) else _look_up(text)


def is_english(text: str, language: str | None) -> bool:
    """Whether a text is read as English: of that language, or of an unknown one in Latin script."""
    return language == ENGLISH or (language is None and is_latin(text))


def is_latin(text: str) -> bool:
    """Whether at least half of the letters in the sample of a text are Latin; also where it has none."""
    sample = text[:SAMPLE]
    return sample.isascii() or 2 * len(_LATIN.findall(sample)) >= len(_LETTER.findall(sample))


def _look_up(text: str) -> str | None:
    words = [word for word in text[:SAMPLE].split() if not _NOT_PROSE.search(word)]
    found = sum(word in _ENGLISH_WORDS for word in map(str.lower, words))
    if found >= _FUNCTION_WORDS and found >= _SHARE * len(words):  # without the library, whose model takes a second to load
        return ENGLISH
    sample = " ".join(words)
    if (sample.isascii() and len(sample) < _SHORT) or not _LETTER.search(sample):
        return None
    name, probability = _identifier().classify(sample)
    return str(name) if probability >= SURE else None


class Languages:
    """Finds the language of each document, and tells of each file how many are in another than English."""

    def __init__(self, language: str | None, say: Callable[[str, str], object]) -> None:
        self._language, self._say = code(language), say
        self._file, self._others = "", Counter[str]()

    def of(self, text: str, declared: object, file: str) -> str | None:
        """Return the language of all texts where the user gave it, else that of this one."""
        if file != self._file:
            self.tell()
            self._file = file
        language = self._language or language_of(text, declared)
        if not is_english(text, language):
            self._others[language or UNKNOWN] += 1
        return language

    def tell(self) -> None:
        """Say what is not done for the documents of the last file that are not in English."""
        if self._others:
            what = f"has texts that are not in English ({shares(self._others)}): cut into sentences, without speakers and modes"
            self._say(self._file, what)
        self._others.clear()


def shares(languages: Counter[str]) -> str:
    """Name languages with their numbers of documents, the most frequent first."""
    return ", ".join(f"{count:,} {name}" for name, count in languages.most_common())


@cache
def _identifier() -> Any:
    """The naive Bayes model of py3langid (Lui and Baldwin 2012, aclanthology.org/P12-3005), held to the languages of ISO 639-1."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([name for name in identifier.labels if name in _KNOWN])
    return identifier

"""Near-duplicate detection: texts that share a word 6-gram.

Press releases recur across articles; a statement that was in training is no test.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

RUN = 6
"""Two texts repeat each other when they share a run of this many words, or are equal."""

# Words of other scripts than Latin are runs of their own letters, with the vowel signs of Hebrew, Arabic and Indic scripts; without
# them nothing written in those would repeat. Where no spaces part words, a character stands for a share of one: a word has two in
# Chinese and Japanese, four in Thai, Lao, Burmese and Khmer, so that a run of six words is one of 12 or 24 characters.
_HALVES = "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_QUARTERS = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u103f\u1780-\u17d3\u17dc"
_SIGNS = "\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff"
_LETTER = rf"[^\W\d_\u0000-\u024f{_HALVES}{_QUARTERS}]"
_WORD = re.compile(rf"[a-z0-9]+|[{_HALVES}{_QUARTERS}]|{_LETTER}(?:{_LETTER}|[{_SIGNS}])*")
_SPACELESS = re.compile(f"(?P<half>[{_HALVES}])|[{_QUARTERS}]")
# A lead-in that ends in a colon before an opening mark, and a short tail after a closing one, say who speaks. The
# same words about the speaker would otherwise make repeats of everything that speaker says. A tail with a comma may go
# on to say something, so it stays: purging too much costs a row, purging too little a claim.
_LEAD = re.compile(r"^[^“\"]{0,200}[:：]\s*(?=[“\"「])")
_TAIL = re.compile(r"(?<=[,.!?][”\"])[^“”\",;:–—]{0,80}$")


def strip_attribution(text: str) -> str:
    """The statement without its attribution clause: `The union said: “No.”` → `“No.”`."""
    return _TAIL.sub("", _LEAD.sub("", text))


def words(text: str) -> tuple[str, ...]:
    """Casefolded words, the attribution clause taken off; single characters of scripts without spaces."""
    return tuple(_WORD.findall(strip_attribution(text).casefold()))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of six words (see `runs`); a shorter text is one shingle, so that equal short texts meet. Empty for no words."""
    found = words(text)
    return runs(found) or (frozenset([found]) if found else frozenset())


def runs(found: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every run of six words, the shortest from each word on; none of fewer words. Linear in their number."""
    found = tuple(found)
    if (joined := "".join(found)).isascii() or not _SPACELESS.search(joined):
        return frozenset(found[i : i + RUN] for i in range(len(found) - RUN + 1))
    quarters = [4 if (sort := _SPACELESS.match(word)) is None else 2 if sort["half"] else 1 for word in found]
    made: list[tuple[str, ...]] = []
    size = end = 0
    for start, own in enumerate(quarters):
        while size < 4 * RUN and end < len(found):
            size, end = size + quarters[end], end + 1
        if size < 4 * RUN:
            break
        made.append(found[start:end])
        size -= own
    return frozenset(made)


def repeats(a: str, b: str) -> bool:
    """Whether two texts repeat each other."""
    return not shingles(a).isdisjoint(shingles(b))


def repeating(texts: Sequence[str], others: Iterable[str]) -> list[bool]:
    """For each text, whether it repeats any of the others. Linear in the number of words."""
    known = frozenset().union(*(shingles(other) for other in others))
    return [not shingles(text).isdisjoint(known) for text in texts]


def repeated_in(texts: Sequence[str], homes: Sequence[Hashable]) -> list[frozenset[Hashable]]:
    """For each text, the homes (such as articles) that hold it or a repeat of it. Linear in the number of words."""
    known = {text: shingles(text) for text in dict.fromkeys(texts)}
    first: dict[tuple[str, ...], Hashable] = {}
    holders: dict[tuple[str, ...], set[Hashable]] = {}  # of the runs that stand in several homes
    for home, text in zip(homes, texts, strict=True):
        for run in known[text]:
            if (other := first.setdefault(run, home)) != home:
                holders.setdefault(run, {other}).add(home)
    # What recurs in one press release recurs in the same homes: each combination of homes is put together once.
    numbers: dict[frozenset[Hashable], int] = {}
    of_run = {run: numbers.setdefault(frozenset(held), len(numbers)) for run, held in holders.items()}
    combined = list(numbers)
    made = {union: union for union in combined}
    alone = {home: frozenset([home]) for home in homes}
    unions: dict[frozenset[int], frozenset[Hashable]] = {}
    found: list[frozenset[Hashable]] = []
    for home, text in zip(homes, texts, strict=True):
        shared = frozenset(of_run[run] for run in known[text] if run in of_run)
        if shared and shared not in unions:
            union = frozenset[Hashable]().union(*(combined[i] for i in shared))
            unions[shared] = made.setdefault(union, union)
        found.append(unions[shared] if shared else alone[home])
    return found


def groups(texts: Sequence[str]) -> list[int]:
    """Connected components of "repeats": the same number for texts linked by a chain of repeats, in order of first seen."""
    parent = list(range(len(texts)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        for shingle in shingles(text):
            holders[shingle].append(index)
    for members in holders.values():
        for other in members[1:]:
            first, second = sorted((root(members[0]), root(other)))
            parent[second] = first
    return [root(i) for i in range(len(texts))]

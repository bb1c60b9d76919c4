"""TF-IDF over word and character n-grams, the same code in fitting and scoring, without scikit-learn's import time.

The weights equal scikit-learn's `TfidfVectorizer(sublinear_tf=True)` in a `FeatureUnion` of a word and a `char`
analyzer; a test compares them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

_TOKEN = re.compile(r"\b\w\w+\b")
_SPACE = re.compile(r"\s\s+")


@dataclass(frozen=True)
class NgramBlock:
    """One block of features. `terms` are in column order; `idf` is (n_terms,)."""

    analyzer: str
    low: int
    high: int
    terms: tuple[str, ...]
    idf: NDArray[np.float64]

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """(n_texts, n_terms) with rows of unit length; a text without a known term is a row of zeros."""
        index = {term: column for column, term in enumerate(self.terms)}
        data: list[float] = []
        columns: list[int] = []
        pointers = [0]
        for text in texts:
            terms = counted(text, self.analyzer, self.low, self.high)
            counts = {column: n for term, n in terms.items() if (column := index.get(term)) is not None}
            found = np.array(sorted(counts), dtype=np.int64)
            weights = (1.0 + np.log([counts[c] for c in found.tolist()])) * self.idf[found] if len(found) else np.zeros(0)
            length = float(np.sqrt((weights**2).sum()))
            data.extend((weights / length if length else weights).tolist())
            columns.extend(found.tolist())
            pointers.append(len(columns))
        return csr_matrix((np.array(data), np.array(columns, dtype=np.int64), pointers), shape=(len(texts), len(self.terms)))


def fit_block(texts: Sequence[str], analyzer: str, low: int, high: int) -> NgramBlock:
    """The n-grams of the texts with smoothed inverse document frequencies, `ln((1+n)/(1+df)) + 1`."""
    documents = Counter(term for text in texts for term in counted(text, analyzer, low, high))
    terms = tuple(sorted(documents))
    frequencies = np.array([documents[term] for term in terms], dtype=np.float64)
    return NgramBlock(analyzer, low, high, terms, np.log((1 + len(texts)) / (1 + frequencies)) + 1)


def stack(blocks: Sequence[NgramBlock], texts: Sequence[str]) -> csr_matrix:
    """The blocks side by side, (n_texts, n_features)."""
    return csr_matrix(hstack([block.transform(texts) for block in blocks], format="csr"))


@lru_cache(maxsize=512)  # the folds and tasks of an experiment count the same texts again and again
def counted(text: str, analyzer: str, low: int, high: int) -> Counter[str]:
    """How often each n-gram occurs. Shared: not to be changed."""
    return Counter(ngrams(text, analyzer, low, high))


def ngrams(text: str, analyzer: str, low: int, high: int) -> Iterator[str]:
    """Lower-cased n-grams: of words (two or more word characters each) joined by a blank, or of characters."""
    text = text.lower()
    if analyzer == "word":
        tokens = _TOKEN.findall(text)
        for n in range(low, high + 1):
            yield from (" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1))
    else:
        text = _SPACE.sub(" ", text)
        for n in range(low, high + 1):
            yield from (text[i : i + n] for i in range(len(text) - n + 1))

"""Texts as unit vectors, whose products are cosines."""

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError, nearest

Reader = Literal["tfidf", "embedding"]
"""What reads the texts: n-grams, which need no extra, or the packaged sentence encoder."""


def features(texts: Sequence[str], reader: str) -> Any:
    """Return (n, n_features), rows of unit length; a text without words is a row of zeros. Sparse for `tfidf`, dense for `embedding`.

    Raises
    ------
    InputError
        No reader is called so.
    """
    if reader == "tfidf":
        from stancekit.models.linear.ngrams import fit_block

        return fit_block(texts, "word", 1, 2).transform(texts)
    if reader == "embedding":
        from stancekit.models.encoders.encode import encode
        from stancekit.models.encoders.weights import PACKAGED

        return encode(texts, PACKAGED)
    readers = get_args(Reader)
    raise InputError("model", f"'{reader}' can't say what to label next{nearest(reader, readers)}", readers)


def alike(rows: Any, others: Any) -> NDArray[np.float64]:
    """Return cosines, (n, n_others), those below 0 taken as 0: opposites count as unrelated."""
    product = rows @ others.T
    dense: NDArray[np.float64] = np.asarray(product.toarray() if hasattr(product, "toarray") else product, dtype=np.float64)
    return np.maximum(dense, 0.0)

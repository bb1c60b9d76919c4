"""Our TF-IDF against scikit-learn's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from stancekit.models.linear.ngrams import fit_block, stack

TEXTS = ["The union said:  “No.”", "the union will vote\nand vote again", "Café naïve – £2,500 a day", "I", "", "the the the"]


@pytest.mark.parametrize(("analyzer", "low", "high"), [("word", 1, 2), ("char", 2, 5), ("word", 2, 3)])
def test_weights_equal_scikit_learns(analyzer: str, low: int, high: int) -> None:
    reference = TfidfVectorizer(analyzer=analyzer, ngram_range=(low, high), sublinear_tf=True)
    expected = reference.fit_transform(TEXTS)
    block = fit_block(TEXTS, analyzer, low, high)
    assert list(block.terms) == reference.get_feature_names_out().tolist()
    np.testing.assert_allclose(block.transform(TEXTS).toarray(), expected.toarray(), atol=1e-12)
    unseen = ["a union of cafés", "qqq"]
    np.testing.assert_allclose(block.transform(unseen).toarray(), reference.transform(unseen).toarray(), atol=1e-12)


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_rows_have_unit_length_or_are_empty(texts: list[str]) -> None:
    block = fit_block(texts, "char", 2, 3)
    lengths = np.sqrt(np.asarray(stack([block], texts).multiply(stack([block], texts)).sum(axis=1))).ravel()
    assert all(length == 0 or abs(length - 1) < 1e-9 for length in lengths)


def test_texts_without_an_n_gram_make_a_block_without_columns() -> None:
    blocks = [fit_block(["", "a"], "word", 1, 2), fit_block(["", ""], "char", 2, 5)]
    assert [block.terms for block in blocks] == [(), ()]
    assert stack(blocks, ["The union.", "", "a"]).shape == (3, 0)
    assert stack([*blocks, fit_block(["ab"], "char", 2, 2)], ["ab", "b"]).toarray().tolist() == [[1.0], [0.0]]

"""TF-IDF over word and character n-grams under a linear classifier: the baseline that is hard to beat on little text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from numpy.typing import NDArray
from pydantic import Field
from scipy.sparse import csr_matrix

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, Weights
from stancekit.models.linear.head import Classifier, Headed, LinearHead
from stancekit.models.linear.ngrams import NgramBlock, fit_block, stack
from stancekit.models.params import ClassWeight, Grams, Positive, Span, Template
from stancekit.models.state import State, read_state, read_tensors
from stancekit.models.templates import render


class _Block(State):
    """What `NgramBlock` says of its features but for their weights."""

    analyzer: Literal["word", "char"]
    low: Grams
    high: Grams
    terms: list[str]


class _Vocabulary(State):
    """`vocabulary.json`."""

    template: Template
    blocks: Annotated[list[_Block], Field(min_length=1)]


@dataclass(eq=False, repr=False)
class Tfidf(Headed):
    """TF-IDF with logistic regression or a linear support vector machine.

    Saved as vocabulary and weights in plain files, which load and score with numpy and scipy alone.

    Parameters
    ----------
    template : what it reads, such as `"{holder}: {text}"`.
    words, chars : lowest and highest n of the word and character n-grams, `None` for none of that kind.
    classifier : `logistic`, or `svm`, whose probabilities are the softmax of its margins.
    C : inverse strength of the L2 penalty. class_weight : `balanced`, or `None`.
    """

    model_type = "tfidf"

    template: Template = "{text}"
    words: Span | None = (1, 2)
    chars: Span | None = (2, 5)
    classifier: Classifier = "logistic"
    C: Positive = 1.0
    class_weight: ClassWeight = "balanced"

    def check(self) -> None:
        if not self.words and not self.chars:
            raise InputError("model type 'tfidf'", "with neither words nor chars it would read nothing; give one of them")

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        self.check()
        texts = render(self.template, X)
        spans = [("word", self.words), ("char", self.chars)]
        self.blocks_ = tuple(fit_block(texts, analyzer, *span) for analyzer, span in spans if span)
        super()._fit(X, y, weights, groups)

    def _features(self, X: Inputs) -> csr_matrix:
        return stack(self.blocks_, render(self.template, X))

    def top_words(self, count: int = 12) -> dict[str, list[tuple[str, float]]]:
        """Label → its (words, coefficient) of greatest weight, strongest first; character n-grams are left out."""
        self._check_fitted()
        terms = [(block.analyzer, term) for block in self.blocks_ for term in block.terms]
        words = [(column, term) for column, (analyzer, term) in enumerate(terms) if analyzer == "word"]
        if len(self.classes_) == 1 or not words:
            return {label: [] for label in self.head_.classes}
        result = {}
        for label, row in zip(self.head_.classes, self.head_.coef, strict=True):
            ranked = sorted(((term, float(row[column])) for column, term in words), key=lambda pair: (-pair[1], pair[0]))
            result[label] = [(term, round(weight, 6)) for term, weight in ranked[:count] if weight > 0]
        return result

    def _write(self, directory: Path) -> None:
        from safetensors.numpy import save

        blocks = [{"analyzer": b.analyzer, "low": b.low, "high": b.high, "terms": b.terms} for b in self.blocks_]
        write_atomic(directory / "vocabulary.json", to_json({"template": self.template, "blocks": blocks}))
        write_atomic(directory / "idf.safetensors", save({str(i): b.idf for i, b in enumerate(self.blocks_)}))
        self.head_.save(directory)

    def _read(self, directory: Path) -> None:
        path = directory / "vocabulary.json"
        known = read_state(path, _Vocabulary)
        if known.template != self.template:
            raise InputError(path, f"`template` is {known.template!r}; by params.json it is another", [self.template])
        idf = read_tensors(directory / "idf.safetensors", {str(i): (len(b.terms),) for i, b in enumerate(known.blocks)})
        self.blocks_ = tuple(NgramBlock(b.analyzer, b.low, b.high, tuple(b.terms), idf[str(i)]) for i, b in enumerate(known.blocks))
        self._adopt(LinearHead.load(directory, sum(len(b.terms) for b in known.blocks)))

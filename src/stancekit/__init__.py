"""From a folder of press coverage to who stands where, on what, with evaluations that do not leak.

The journey of a text, and the names for each step:

    read         read_articles (ReadOptions, Rejected), load_actors, load_codebook
    attribute    extract_statements: who says what, sentence by sentence; load_corrections: what was corrected by hand
    annotate     read_items, next_to_label; load_annotations, load_passes, measure_agreement, merge_annotations, write_annotations
    learn        read_dataset, cross_validate, review_queue, fit_on_all; load_dataset for Hugging Face's `datasets`
    judge        CrossValidation.score, score, write_report
    label        save_model, load_model (TrainedModel), label_paths, Labels; Labeller for other engines
    answer       summarise (Summary): who stands where, with what the counts may claim

A complete script:

    import stancekit as sk

    book = sk.load_codebook("annotations/codebook.yaml")
    actors = sk.load_actors("annotations/actors.yaml")
    data = sk.read_dataset("articles", "annotations/labels.jsonl", book, actors)
    found = sk.cross_validate(data, "tfidf_holder")
    print(found.score("stance"))  # with the holders that segmentation found
    found.to_frame()  # a row a statement, task and holder

    model = sk.fit_on_all(data, "tfidf", {"template": "{holder}: {text}"})
    sk.save_model("build/model", model, recipe="tfidf", codebook=book, actors=actors)
    sk.label_paths("new_articles", sk.load_model("build/model"), "build/labels")
    sk.summarise("build/labels", by=["holder", "month"]).to_frame()  # a row a group and label, near-duplicates once and as printed

Paths may be `str` or `pathlib.Path`. Errors that a user can fix are `StancekitError`s: `InputError` (bad input, with file, line
and what is allowed), `RefusedError` (something would be overwritten), `MissingError` (an extra is not installed). Results that are
tables have `.to_frame()`, for pandas. Models are scikit-learn estimators, in `stancekit.models`. The command line does the same:
`stancekit --help`. Names load on first use, so that `import stancekit` costs nothing; `__init__.pyi` lists them.
"""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

_STUB = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
_HOMES = {alias.name: str(line.module) for line in _STUB.body if isinstance(line, ast.ImportFrom) for alias in line.names}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'stancekit' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__

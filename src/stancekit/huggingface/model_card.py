"""The card of a trained model: what it answers, what it learnt from, how well it does and where not, in the form that the Hub reads.

Ref: huggingface.co/docs/hub/model-cards; the scores stand in the front matter as its `model-index`.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.codebook import Codebook
from stancekit.data.dataset import Dataset
from stancekit.data.splits import scheme_text, unit_of
from stancekit.huggingface.card import FEW
from stancekit.huggingface.markdown import bullets, card, plain, several, table
from stancekit.models.encoders.training_data import sources_of
from stancekit.models.encoders.weights import PACKAGED, encoder_digest

INDEX = "model.safetensors.index.json"
_PACKAGED_ID = "sentence-transformers/all-MiniLM-L6-v2"
_PACKAGED_LICENCE = "apache-2.0"


@dataclass(frozen=True)
class Trained:
    """What a model's card is made of.

    Attributes
    ----------
    experiment, recipe, kind, params : whose model it is, its type and its parameters.
    dataset : what it was trained on: `dataset.training` of its examples.
    encoders : the encoders that it began with.
    scores : of `metrics.json`, the entries on this recipe; empty for a model trained without a run.
    source, licence : of the data, as the experiment's config says.
    """

    experiment: str
    recipe: str
    kind: str
    params: Mapping[str, Any]
    dataset: Dataset
    encoders: Sequence[str] = ()
    scores: Sequence[Mapping[str, Any]] = ()
    source: str = ""
    licence: str = ""


def model_card(trained: Trained, directory: Path | None = None) -> str:
    """Write the text of `README.md`: YAML front matter, then Markdown.

    `directory` is where the model has been saved; what plain `transformers` can load there is said.
    """
    book = trained.dataset.codebook
    classifiers = _classifiers(directory, list(book.tasks)) if directory is not None and trained.kind == "transformer" else {}
    front = _front(trained, bool(classifiers))
    parts = [
        f"# {plain(trained.experiment)}: {plain(trained.recipe)}", _summary(trained, book),
        "## Use", _use(trained, classifiers),
        "## Tasks and labels", *[_task(trained, book, task) for task in book.tasks],
        "## Evaluation", _evaluation(trained),
        "## Training data", _data(trained),
        *(["## Encoder", _encoders(trained)] if trained.encoders else []),
        "## What it can't do", _limits(trained, book),
    ]  # fmt: skip
    return card(front, parts)


def _front(trained: Trained, loadable: bool) -> dict[str, Any]:
    base = [_PACKAGED_ID if name == PACKAGED else name.partition("@")[0] for name in trained.encoders if _is_public(name)]
    # No licence: that of the model is for those who publish it to give.
    front: dict[str, Any] = {
        "library_name": "transformers" if loadable else "stancekit",
        "pipeline_tag": "text-classification",
        "tags": ["stancekit", *trained.dataset.codebook.tasks],
    }
    if base:
        front["base_model"] = base
    # What repeats left in training make of a score is no claim to put on a shelf.
    if results := [result for score in trained.scores if score["scheme"] != "unpurged" and (result := _result(trained, score))["metrics"]]:
        front["model-index"] = [{"name": f"{trained.experiment}/{trained.recipe}", "results": results}]
    return front


def _result(trained: Trained, score: Mapping[str, Any]) -> dict[str, Any]:
    """A `model-index` entry: the Hub shows them by task, data set and metric."""
    figures = [("f1", "Macro-F1", score["macro_f1"]["point"]), ("accuracy", "Accuracy", score["accuracy"]["point"])]
    if score.get("official"):  # the data set's own metric, by which others compare
        figures.insert(0, ("f1", _official_name(score), score["official"]["point"]))
    return {
        "task": {"type": "text-classification", "name": score["task"]},
        "dataset": {"type": trained.experiment, "name": trained.experiment, "config": _shown(score), "split": score["scheme"]},
        "metrics": [{"type": kind, "value": round(value, 4), "name": name} for kind, name, value in figures if value is not None],
    }


def _summary(trained: Trained, book: Codebook) -> str:
    return (
        f"For {'one question' if len(book.tasks) == 1 else f'{len(book.tasks)} questions'} of a sentence-level statement, this model "
        f"gives the labels of the codebook `{plain(book.name)}`, version {book.version}, with their probabilities.\n"
        f"It is recipe `{trained.recipe}` (model type `{trained.kind}`) of the stancekit experiment `{trained.experiment}`.\n\n"
        f"Target: {plain(book.target)}."
    )


def _use(trained: Trained, classifiers: Mapping[str, Sequence[str]]) -> str:
    said = (
        "Whole, for every task, from articles or from statements:\n\n"
        "```\nstancekit label coverage/ --model THIS_FOLDER --out labels/\n```\n\n"
        "`manifest.json` holds the SHA-256 of every file; a changed one is refused."
    )
    if not classifiers:
        return said
    reads = f"`{plain(str(trained.params.get('template', '{text}')))}`"
    if pair := trained.params.get("pair_template"):
        reads += f", and as second text (`text_pair`) `{plain(str(pair))}`"
    rows = [(f"`{task}`", ", ".join(f"`{folder}`" for folder in folders)) for task, folders in classifiers.items()]
    averaged = any(len(folders) > 1 for folders in classifiers.values())
    return (
        f"{said}\n\nWith plain `transformers`, one task at a time:\n\n"
        f"```python\nfrom transformers import pipeline\n\n{_made(classifiers)}\n"
        'classify("The statement.", top_k=None, truncation=True)\n```\n\n'
        + table(("task", "folder"), rows)
        + (
            "\n\nThe model averages the probabilities of its networks; each folder is one of them."
            if averaged
            else "\n\nThe probabilities are the model's own."
        )
        + f" A text must be written as in training: {reads}, fields that are not known left empty. Load the weights in float32 or"
        " bfloat16; float16 is too narrow for the layer that pools. `encoder/` is the encoder alone."
    )


def _task(trained: Trained, book: Codebook, task: str) -> str:
    examples = trained.dataset.examples
    counts = Counter(examples[i].labels[task] for i in trained.dataset.training)
    rows = [(f"`{label}`", counts[label], plain(entry.definition)) for label, entry in book.tasks[task].labels.items()]
    return f"### `{task}`: {plain(book.tasks[task].question)}\n\n" + table(("label", "trained on", "definition"), rows)


def _evaluation(trained: Trained) -> str:
    if not trained.scores:
        return "Not evaluated: it was trained outside a run."
    named = list(dict.fromkeys(_official_name(s) for s in trained.scores if s.get("official")))
    rows = [
        (
            s["task"], s["scheme"], _shown(s), s["n"], len(s["seeds"]),
            *(_interval(s["official"]) if s.get("official") and _official_name(s) == name else "-" for name in named),
            _interval(s["macro_f1"]), _interval(s["accuracy"]),
        )
        for s in trained.scores
    ]  # fmt: skip
    return (
        "Each statement was predicted by a model that had not been trained on it; the model in this folder was trained on all of the\n"
        "training data. Point and 95 % interval; a dash is what is not defined.\n\n"
        + table(("task", "scheme", "holder", "n", "seeds", *(plain(name) for name in named), "macro-F1", "accuracy"), rows)
        + "\n\n"
        + "\n".join(f"- `{scheme}`: {scheme_text(scheme)}." for scheme in dict.fromkeys(s["scheme"] for s in trained.scores))
    )


def _official_name(score: Mapping[str, Any]) -> str:
    labels = score.get("official_labels")
    return f"Mean F1 of {', '.join(labels)}" if labels else "Metric of the data set"


def _of_units(trained: Trained, n: int, homes: int) -> str:
    """`12 statements of 3 articles`; nothing but statements where each stands by itself."""
    unit = unit_of(trained.dataset)
    said = several(n, "statement")
    return said if unit == "statement" else f"{said} of {several(homes, unit)}"


def _data(trained: Trained) -> str:
    examples = [trained.dataset.examples[i] for i in trained.dataset.training]
    homes = {e.article_id for e in examples}
    points = [
        f"{_of_units(trained, len(examples), len(homes))}.",
        *([f"Source: {plain(trained.source)}"] if trained.source else []),
        f"Licence of the data: {plain(trained.licence) if trained.licence else 'not stated; ask its owners'}.",
    ]
    digests = [(f"`{name}`", f"`{digest}`") for name, digest in trained.dataset.digests.items()]
    return bullets(points) + (f"\n\n{table(('file', 'SHA-256'), digests)}" if digests else "")


def _encoders(trained: Trained) -> str:
    points = []
    for name in trained.encoders:
        sources = sources_of(name)
        licence = f"licence {_PACKAGED_LICENCE}" if name == PACKAGED else "under its own licence, which this card does not know"
        before = f"; trained before on {', '.join(sources.trained_on)}" if sources.trained_on else ""
        shown = f"`{plain(name)}`" if _is_public(name) else "a local folder"
        points.append(f"{shown}, {licence}{before}; digest `{encoder_digest(name)}`.")
    return bullets(points)


def _limits(trained: Trained, book: Codebook) -> str:
    examples = [trained.dataset.examples[i] for i in trained.dataset.training]
    points = [
        "It knows the target, the actors and the wording of its training data; on other coverage the figures above do not hold.",
        "It labels what a statement says, not what its speaker thinks, and nothing of how often a position is held.",
    ]
    for task in book.tasks:
        homes = {label: {e.article_id for e in examples if e.labels[task] == label} for label in book.labels(task)}
        for label, found in homes.items():
            n = sum(e.labels[task] == label for e in examples)
            if not n:
                points.append(f"`{task}`: it never says `{label}`, which its training data lack.")
            elif n < FEW or len(found) == 1:
                points.append(f"`{task}`: `{label}` was learnt from {_of_units(trained, n, len(found))}.")
    return bullets(points)


def _classifiers(directory: Path, tasks: Sequence[str]) -> dict[str, list[str]]:
    """Find the folders, by task, that plain `transformers` loads, one a network."""
    found: dict[str, list[str]] = {}
    for path in sorted(directory.rglob(INDEX)):
        folder = path.parent.relative_to(directory)
        task = folder.name if folder.name in tasks else tasks[0]
        found.setdefault(task, []).append(folder.as_posix())
    return {task: found[task] for task in tasks if task in found}


def _made(classifiers: Mapping[str, Sequence[str]]) -> str:
    """Write the line that loads the first task's classifier; a model of several networks is no folder that loads, each of them is."""
    folders = next(iter(classifiers.values()))
    place, note = ("", "") if len(folders) == 1 else (f"/{folders[0]}", f"  # one of {len(folders)} networks")
    return f'classify = pipeline("text-classification", model="THIS_FOLDER{place}"){note}'


def _shown(score: Mapping[str, Any]) -> str:
    """Which holder the model was shown."""
    return {"none": "not read", "annotated": "as annotated", "found": "as found by rule"}[str(score["holder"])]


def _interval(value: Mapping[str, Any]) -> str:
    if value["point"] is None:
        return "-"
    ends = "-" if value["low"] is None else f"[{value['low']:.2f}, {value['high']:.2f}]"
    return f"{value['point']:.2f} {ends}"


def _is_public(name: str) -> bool:
    """Whether an encoder's name identifies it on another machine: a folder's does not."""
    return name == PACKAGED or re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", name) is not None

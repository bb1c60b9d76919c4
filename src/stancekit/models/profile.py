"""What a saved model was trained on, in brief (`training.json`): enough to tell how far new coverage is from it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stancekit.codebook import Codebook
from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.encoders.training_data import Sources
from stancekit.models.saved import TrainedModel
from stancekit.models.state import State, read_object, read_state
from stancekit.sources.languages import language_of

if TYPE_CHECKING:
    from stancekit.data.dataset import Dataset

FILE = "training.json"


class TaskScore(State):
    """A score of the recipe by cross-validation; `confidence` is the mean probability of the labels given, out of fold."""

    task: str
    scheme: str
    holder: str
    n: int
    articles: int
    macro_f1: float | None
    low: float | None
    high: float | None
    confidence: float | None


class Profile(State):
    """`labels` counts by task, `holders` are named once, `languages` and `longest` (characters) are of the statements' texts.

    `sides` maps a task to its labels against, neither and in favour, where its codebook names them. `scores` is empty for a model that
    was trained without a run. `texts` and `runs` are the fingerprints of `Sources`, which do not give the text away.
    """

    experiment: str
    statements: int
    holders: list[str]
    labels: dict[str, dict[str, int]]
    languages: dict[str, int]
    longest: int
    sides: dict[str, list[str]]
    scores: list[TaskScore]
    texts: list[str]
    runs: str

    @property
    def sources(self) -> Sources:
        return Sources((self.experiment,), {}, frozenset(self.texts), frozenset(self.runs.split()))


def write_profile(directory: Path, experiment: str, dataset: "Dataset", scores: Iterable[Mapping[str, Any]]) -> None:
    """Write the profile of the training data into the folder of a model that is about to be sealed. `scores`: the model's, of a run."""
    examples = [dataset.examples[i] for i in dataset.training]
    known = Sources.of(experiment, {}, [example.input.text for example in examples])
    articles: dict[str, list[str]] = {}
    for example in examples:
        articles.setdefault(example.article_id, []).append(example.input.text)
    languages: Counter[str] = Counter()
    for texts in articles.values():
        languages[language_of(" ".join(texts)) or "unknown"] += len(texts)
    profile = Profile(
        experiment=experiment,
        statements=len(examples),
        holders=sorted({holder for example in examples if (holder := example.input.holder)}),
        labels={
            t: {label: sum(e.labels.get(t) == label for e in examples) for label in dataset.codebook.labels(t)}
            for t in dataset.codebook.tasks
        },
        languages=dict(sorted(languages.items())),
        longest=max((len(example.input.text) for example in examples), default=0),
        sides=sides_of(dataset.codebook),
        scores=[_score(score) for score in scores if score["scheme"] != "unpurged"],
        texts=sorted(known.texts),
        runs=" ".join(sorted(known.runs)),
    )
    write_atomic(directory / FILE, to_json(profile.model_dump()))


def sides_of(codebook: Codebook) -> dict[str, list[str]]:
    """Task → its labels against, neither and in favour, of those tasks whose codebook names them."""
    return {name: [s.against, s.neither, s.favour] for name, task in codebook.tasks.items() if (s := task.sides)}


def about_model(model: TrainedModel) -> dict[str, Any]:
    """What labels keep of the model that gave them: its name, digest, tasks and thresholds, and its profile, null where it has none."""
    path = None if model.folder is None else model.folder / FILE
    training = read_state(path, Profile).model_dump() if path is not None and path.is_file() else None
    return {
        "recipe": model.recipe, "kind": model.kind, "digest": model.digest, "target": model.target,
        "codebook": {name: model.codebook[name] for name in ("name", "version")},
        "tasks": {task: list(labels) for task, labels in model.tasks.items()}, "thresholds": model.thresholds, "training": training,
    }  # fmt: skip


def read_about(path: Path) -> tuple[dict[str, Any], Profile | None]:
    """Read what `about_model` gave. Raises `InputError` where the file is not that."""
    about = read_object(path)
    if missing := {"recipe", "digest", "tasks", "thresholds", "training"} - about.keys():
        raise InputError(path, f"has no `{min(missing)}`: it does not say what model gave the labels")
    try:
        return about, None if about["training"] is None else Profile.model_validate(about["training"])
    except ValueError as error:
        raise InputError(path, f"is damaged: {str(error).splitlines()[0]}") from None


def _score(score: Mapping[str, Any]) -> TaskScore:
    f1, bins = score["macro_f1"], ((score.get("probabilities") or {}).get("bins") or [])
    n = sum(found["n"] for found in bins)
    confidence = sum(found["n"] * found["confidence"] for found in bins if found["n"]) / n if n else None
    return TaskScore(
        task=score["task"], scheme=score["scheme"], holder=score["holder"], n=score["n"], articles=score["groups"],
        macro_f1=f1["point"], low=f1["low"], high=f1["high"], confidence=confidence,
    )  # fmt: skip

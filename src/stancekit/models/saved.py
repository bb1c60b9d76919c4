"""Save and load a trained model of all tasks: a folder of plain files under a manifest that is checked before any is parsed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.actors import Actors
from stancekit.codebook import Codebook
from stancekit.codebook.diff import stale_tasks
from stancekit.data.inputs import ROW_TARGETS, kind_of_holder
from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import parse_object, read_text, sha256_of, to_json
from stancekit.io.output_folder import Kind, output_folder
from stancekit.models.by_task import BY_TASK, ByTask
from stancekit.models.encoders.pretrained import blaming
from stancekit.models.manifest import FORMAT, MANIFEST, Manifest, checked_manifest, files_of, sealed
from stancekit.models.per_task import PerTask, of_each_task
from stancekit.models.registry import model_class
from stancekit.models.state import read_state
from stancekit.models.templates import as_inputs
from stancekit.records import ModelInput

PREPROCESSING = 4
"""Raised whenever segmentation, attribution, a template or a tokeniser's call would give a model other inputs for the same text."""


@dataclass(frozen=True, repr=False)
class TrainedModel:
    """A model with what it needs to label: its tasks, target and registry of actors. `load_model` reads one.

    `recipe` is what it is called, `kind` its model type, `tasks` its labels by task, `codebook` the name, version, digest and
    meanings of what it was trained by, `model` the estimator of all tasks. `digest` is the SHA-256 of the manifest, which names
    that of every file: it identifies the model. `parser` names what parsed the statements that it was trained on, empty where
    rules alone found the speakers. `folder` is where it was loaded from; `columns` maps fields to the columns that held them in
    training, where these were called otherwise.
    """

    recipe: str
    kind: str
    tasks: Mapping[str, tuple[str, ...]]
    target: str
    codebook: Mapping[str, Any]
    actors: Actors
    model: Any
    digest: str = ""
    parser: str = ""
    folder: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def predict_proba(self, X: Any) -> dict[str, NDArray[np.float64]]:
        """Task → (n, n_labels), rows sum to 1, columns in the codebook's order; a label never seen in training has 0.

        `X` is as for `TextModel.fit`. Raises `InputError` where the model is so damaged that it gives no probabilities.
        """
        arrays = self.model.predict_proba([self._completed(x) for x in as_inputs(X)])
        if not all(np.isfinite(array).all() for array in arrays):
            raise InputError(self.folder or "the model", "gives probabilities that are no numbers; train the model again")
        return {
            task: align(array, classes, labels)
            for (task, labels), array, classes in zip(self.tasks.items(), arrays, self.model.classes_, strict=True)
        }

    def __repr__(self) -> str:
        return f"TrainedModel({', '.join(f'{name}={value!r}' for name, value in self._summary().items())})"

    def _repr_html_(self) -> str:
        """A table for notebooks."""
        rows = "".join(f"<tr><th>{name}</th><td>{escape(str(value))}</td></tr>" for name, value in self._summary().items())
        return f"<table><caption>TrainedModel</caption>{rows}</table>"

    def _summary(self) -> dict[str, Any]:
        book = f"{self.codebook['name']} {self.codebook['version']}"
        tasks = {task: list(labels) for task, labels in self.tasks.items()}
        return {"recipe": self.recipe, "model": self.kind, "tasks": tasks, "codebook": book, "digest": self.digest[:12]}

    @property
    def reads(self) -> frozenset[str]:
        """The fields of an input that the models of its tasks read."""
        return frozenset(name for found in of_each_task(self.model, "reads", len(self.tasks), ()) for name in found)

    @property
    def thresholds(self) -> dict[str, float]:
        """Task → the probability of its label below which the model abstains; tasks where it never does are not there."""
        found = of_each_task(self.model, "threshold_", len(self.tasks))
        return {task: threshold for task, threshold in zip(self.tasks, found, strict=True) if threshold is not None}

    def _completed(self, x: ModelInput) -> ModelInput:
        """The input with what the model's own target and registry tell of it, where it is not said."""
        target = x.target or ("" if self.target == ROW_TARGETS else self.target)
        kind = x.actor_kind or kind_of_holder(x.holder, None, self.actors)
        return replace(x, target=target, actor_kind=kind, masked=x.masked or self.actors.masked(x.text, target))

    def stale_tasks(self, codebook: Codebook) -> list[str]:
        """The tasks that the codebook no longer has, or defines otherwise than when the model was trained."""
        return stale_tasks(self.codebook["meanings"], codebook)

    def predict(self, X: Any) -> list[dict[str, str]]:
        """For each input, task → label."""
        names = {task: top_labels(proba, self.tasks[task]) for task, proba in self.predict_proba(X).items()}
        return [{task: names[task][i] for task in self.tasks} for i in range(len(X))]


def align(proba: NDArray[np.float64], classes: Sequence[str], labels: Sequence[str]) -> NDArray[np.float64]:
    """Columns of the classes a model has seen → columns of all labels, (n, n_labels)."""
    result = np.zeros((len(proba), len(labels)))
    result[:, [list(labels).index(str(c)) for c in classes]] = proba
    return result


def top_labels(proba: NDArray[np.float64], labels: Sequence[str]) -> list[str]:
    """The most probable label of each row; the first of equals."""
    return [labels[i] for i in proba.argmax(axis=1)] if len(proba) else []


def save_model(
    directory: str | Path,
    model: Any,
    *,
    recipe: str,
    codebook: Codebook,
    actors: Actors | None = None,
    parser: str = "",
    columns: Mapping[str, str] | None = None,
    finish: Callable[[Path], None] = lambda _: None,
) -> None:
    """Write a fitted model of all tasks of the codebook; an earlier model is replaced when the new one is whole.

    Parameters
    ----------
    directory : the folder to write.
    model : of `fit_on_all`; for a codebook of one task also a fitted estimator, such as `Tfidf`.
    recipe : what it is called.
    codebook : that it was trained under. actors : the registry that names the speakers of what it labels.
    parser : what parsed the statements that it was trained on, empty for none.
    columns : field → column of the training data, where the two differ: those that labelling tries first.
    finish : called with the model's files before they are sealed, to add what describes the model.

    Raises
    ------
    InputError : The model is not fitted, or on other tasks or labels than the codebook's; nothing is written.
    RefusedError : The folder holds anything but a model: whatever lies there would be sealed into it.
    """
    tasks = {task: codebook.labels(task) for task in codebook.tasks}
    if not hasattr(model, "model_type") or not hasattr(model, "classes_"):
        raise InputError("model", f"is {type(model).__name__}, unfitted or no model of this package; fit one with `fit_on_all`")
    if not isinstance(model.classes_, list):
        if len(tasks) > 1:
            what = f"is of one task; the codebook has {len(tasks)}, and `fit_on_all` fits a model of all"
            raise InputError("model", what, tasks)
        model = PerTask([model])
    _check_classes(f"codebook '{codebook.name}'", model.classes_, tasks)
    with output_folder(Path(directory), MODEL) as folder:
        model.save(folder.new)
        write_atomic(folder.new / "actors.json", to_json((actors or Actors()).model_dump()))
        finish(folder.new)
        manifest = {
            "format": FORMAT,
            "stancekit": version("stancekit"),
            "preprocessing": PREPROCESSING,
            "recipe": recipe,
            "model": model.model_type,
            "joint": not isinstance(model, PerTask),
            "tasks": {task: list(labels) for task, labels in tasks.items()},
            "target": codebook.target,
            "parser": parser,
            "codebook": {
                "name": codebook.name,
                "version": codebook.version,
                "digest": codebook.digest,
                "meanings": {task: codebook.task_meaning(task) for task in codebook.tasks},
            },
            "files": {name: sha256_of(folder.new / name) for name in files_of(folder.new) if name != MANIFEST},
        } | ({"columns": dict(columns)} if columns else {})
        write_atomic(folder.new / MANIFEST, sealed(manifest))
        folder.commit()


def _made(folder: Path) -> dict[str, str | None]:
    """The files of a model; none where the folder's manifest is not one of ours, or has been changed."""
    try:
        text = read_text(folder / MANIFEST)
        about = parse_object(text, folder / MANIFEST)
    except InputError:
        return {}
    about.pop("digest", None)
    files = about.get("files")
    return {MANIFEST: None, **files} if sealed(about) == text and "recipe" in about and isinstance(files, dict) else {}


MODEL = Kind("train", (MANIFEST,), _made, alone=True)
"""What a folder is that holds a trained model."""


def load_model(directory: str | Path) -> TrainedModel:
    """Load a trained model.

    Parameters
    ----------
    directory : what `save_model`, `stancekit train` or `stancekit run` (`models/<recipe>`) wrote.

    Returns
    -------
    TrainedModel
        `predict` and `predict_proba` take n texts or `ModelInput`s and give every task's labels and (n, n_labels) probabilities.

    Raises
    ------
    InputError : The directory is no model, any of its files has changed since it was saved, or is not what a model's file is.
    MissingError : The model needs an extra that is not installed.
    """
    directory = Path(directory)
    if not (directory / MANIFEST).exists() and (default := directory / "models" / "default").is_dir():
        raise InputError(directory, f"is a run, not a trained model; its default model is {default}")
    manifest, digest = checked_manifest(directory, PREPROCESSING)
    with blaming(directory):  # what no check of a part has found
        model = _model_of(manifest, directory)
        actors = read_state(directory / "actors.json", Actors)
    tasks = {task: tuple(labels) for task, labels in manifest.tasks.items()}
    return TrainedModel(
        manifest.recipe,
        manifest.model,
        tasks,
        manifest.target,
        manifest.codebook.model_dump(),
        actors,
        model,
        digest,
        manifest.parser,
        directory,
        manifest.columns,
    )


def _model_of(manifest: Manifest, directory: Path) -> Any:
    """The model itself. Raises `InputError` where it knows other tasks, or other labels, than the manifest."""
    kind, path = manifest.model, directory / MANIFEST
    if kind == BY_TASK:
        model: Any = ByTask.load(directory)
    else:
        cls = model_class(kind, path, "`model` is the unknown type")
        model = cls.load(directory) if manifest.joint else PerTask.load(directory, kind, len(manifest.tasks))
    _check_classes(path, model.classes_, manifest.tasks)
    return model


def _check_classes(where: str | Path, classes: Any, tasks: Mapping[str, Sequence[str]]) -> None:
    """Raise `InputError` where a model knows other tasks, or other labels."""
    if not isinstance(classes, list) or len(classes) != len(tasks):
        raise InputError(where, f"has {len(tasks)} tasks; the model is of others")
    for (task, labels), known in zip(tasks.items(), classes, strict=True):
        if strange := [label for label in known.tolist() if label not in labels]:
            raise InputError(where, f"task '{task}' has no label {strange[0]!r}, which the model knows", labels)

"""Cross-validation of one recipe from Python: predictions, folds and scores without a config or a run folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from stancekit import crossval
from stancekit.crossval import FoldFacts, out_of_fold
from stancekit.data.dataset import Dataset
from stancekit.data.splits import SCHEMES, Scheme
from stancekit.errors import InputError, counted, nearest, refuse_paths
from stancekit.evaluation.score import Score, score
from stancekit.experiment.config import Recipe, model_of, params_of
from stancekit.experiment.metrics.pooled import pooled
from stancekit.experiment.resolve import PACKAGED, from_packaged
from stancekit.io.strict_yaml import load
from stancekit.models.composite.nested import params_for
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.per_task import PerTask
from stancekit.models.registry import MODELS, model_class
from stancekit.predictions import Predictions
from stancekit.tables import Table


@dataclass(frozen=True, repr=False)
class CrossValidation(Table):
    """Out-of-fold predictions of one recipe on a data set.

    Attributes
    ----------
    recipe : what the model is called in the predictions. scheme : how the data were split.
    predictions : one for each task and, where the model reads the holder, for each holder shown; (n_statements,) each.
    folds : what each fold trained on: sizes, labels that it could not learn, parameters chosen, seconds.
    dataset : what was predicted.
    """

    recipe: str
    scheme: Scheme
    predictions: tuple[Predictions, ...]
    folds: tuple[FoldFacts, ...]
    dataset: Dataset

    def score(self, task: str, holder: str = "found", *, test: str | None = None) -> Score:
        """Score one task, by the article of each statement, as a run's report does.

        Parameters
        ----------
        task : a task of the data set's codebook.
        holder : the holder that the model was shown, `found` by segmentation (as with new coverage) or `annotated`; of no
            effect where it was shown one only, or none.
        test : the official test set, where the scheme is `official` and there are several.

        Returns
        -------
        Score : macro-F1, accuracy and the F1 of each label, with intervals.

        Raises
        ------
        InputError : there is no such task, holder or test set.
        """
        pool = pooled(self.dataset, [(list(self.predictions), list(self.folds))])
        _known("task", task, self.dataset.codebook.tasks)
        scheme = _known("test", f"official_{test}", pool.schemes) if test else pool.schemes[0]
        if test is None and len(pool.schemes) > 1:
            raise InputError("test", "say which official test set", self.dataset.tests)
        _known("holder", holder, ("found", "annotated"))
        shown = [key for key in pool.seeds if key[1] == scheme and key[3] == task]
        key = next((key for key in shown if key[2] == holder), shown[0])
        missing = {task: {fold.name: fold.missing[task] for fold in pool.facts[key][-1]}}
        return score(pool.seeds[key], pool.gold[task], pool.groups, missing, unit=pool.unit)

    def about(self) -> str:
        size = counted(len(self.dataset.examples), "statement"), counted(len(self.folds), "fold")
        return f"{self.recipe}, scheme {self.scheme}, {size[0]}, {size[1]}, tasks {', '.join(self.dataset.codebook.tasks)}"

    def rows(self) -> list[dict[str, Any]]:
        """A row a statement, task and holder shown: id, fold, annotated and predicted label; `scheme` is the test set's if official."""
        gold = {task: dict(zip(self.dataset.ids, self.dataset.labels(task), strict=True)) for task in self.dataset.codebook.tasks}
        return [
            {"id": i, "task": p.task, "scheme": p.scheme, "holder": p.holder, "fold": fold, "annotated": gold[p.task][i], "predicted": said}
            for p in self.predictions
            for i, fold, said in zip(p.ids, p.folds, p.predicted, strict=True)
        ]


def cross_validate(
    dataset: Dataset,
    recipe: Any,
    scheme: Scheme = "purged",
    *,
    name: str | None = None,
    soft: bool = False,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> CrossValidation:
    """Cross-validate a recipe on all tasks of a data set: every statement is predicted by a model that has not seen it.

    By default one article is left out at a time, and near-duplicates of its text elsewhere are purged from training.

    Parameters
    ----------
    dataset : n annotated statements, of `read_dataset`.
    recipe : the name of a packaged recipe (`default`; `stancekit recipes` lists them) or of a model type; a mapping as under
        `recipes:` in a config (`{"recipe": "tfidf", "params": {"C": 2.0}, "calibrate": "temperature"}`); or an unfitted
        estimator of `stancekit.models`, of which each task gets a new one with its parameters. A model type or mapping without
        a template reads the codebook's.
    scheme : `purged`, `unpurged` (shows the leak), `kfold`, `groups` or `official`.
    name : what the model is called in the predictions; the recipe's name, or else the model's type, by default.
    soft : train on the shares that several annotators gave the labels. It is scored against the labels either way.
    seed : of the models and of the k-fold.
    progress : called with one progress line per fold.

    Returns
    -------
    CrossValidation : the predictions, what each fold trained on, and `score`.

    Raises
    ------
    InputError : the recipe or the scheme is not known, or a fold has nothing left to train on.
    MissingError : the model needs an extra that is not installed.
    StancekitError : the split would leak.
    """
    refuse_paths(dataset=dataset)
    _known("scheme", scheme, SCHEMES)
    if scheme == "official" and not dataset.tests:
        raise InputError(
            "scheme", "'official' is for data with an official test set, and these have none", [name for name in SCHEMES if name != scheme]
        )
    kind, params = _made(recipe, seed, dataset.codebook.input)
    name = name or (recipe if isinstance(recipe, str) else kind)
    with encoding_cache():
        found, folds = out_of_fold(dataset, name, kind, params, scheme, soft=soft, seed=seed, split_seed=seed, progress=progress)
    return CrossValidation(name, scheme, tuple(found), tuple(folds), dataset)


def fit_on_all(dataset: Dataset, recipe: Any, params: Mapping[str, Any] | None = None, *, soft: bool = False, seed: int = 0) -> Any:
    """Fit the final model of all tasks on every example that is in no official test set, with the annotated holder.

    Parameters
    ----------
    dataset : n annotated statements.
    recipe : in any form that `cross_validate` takes; where `params` are given, a model type, such as `tfidf`.
    params : all parameters of the model type that are not its defaults; without them they are the recipe's.
    soft : train on the shares that several annotators gave the labels.
    seed : of the model; of no effect with `params`.

    Returns
    -------
    A model of all tasks, which `save_model` takes: `predict_proba` gives (n, n_labels) for each.

    Raises
    ------
    InputError : The recipe, the type or a parameter is not known. MissingError : the model needs an extra that is not installed.
    """
    refuse_paths(dataset=dataset)
    kind, given = _made(recipe, seed, dataset.codebook.input) if params is None else (recipe, params)
    return crossval.fit_on_all(dataset, kind, given, soft=soft)


def _known(what: str, value: str, known: Any) -> str:
    if value not in known:
        raise InputError(what, f"unknown '{value}'{nearest(value, known)}", known)
    return value


def _made(recipe: Any, seed: int, template: str) -> tuple[str, dict[str, Any]]:
    """The model type of a recipe in any form, and its parameters."""
    if isinstance(recipe, str | Mapping):
        packaged = load(PACKAGED).data
        entry = {"recipe" if recipe in packaged or recipe not in MODELS else "model": recipe} if isinstance(recipe, str) else dict(recipe)
        try:
            checked = Recipe.model_validate(from_packaged(entry, packaged) if "recipe" in entry else entry)
        except ValidationError as error:
            fault = error.errors()[0]
            raise InputError(".".join(["recipe", *map(str, fault["loc"])]), fault["msg"], Recipe.model_fields) from None
        _known("recipe", checked.model, MODELS)
        return model_of(checked), params_of(checked, seed, template)
    single = recipe.models[0] if isinstance(recipe, PerTask) else recipe
    named = [kind for kind, home in MODELS.items() if home.partition(":")[2] == type(single).__qualname__]
    kind = next((kind for kind in named if model_class(kind) is type(single)), None)
    if kind is None:
        raise InputError("recipe", f"{type(recipe).__name__} is no name, mapping or estimator of stancekit.models", MODELS)
    params = {name: value for name, value in single.get_params(deep=False).items() if name not in ("task", "tasks")}
    return kind, params_for(kind, params, template=template, seed=params.get("seed", seed))

"""What the YAML file of an experiment may say."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from stancekit.data.splits import Scheme
from stancekit.edits import Lines
from stancekit.models.composite.nested import params_for


def _distinct(values: list[Any]) -> list[Any]:
    if len(set(values)) < len(values):
        raise ValueError("an entry occurs twice")
    return values


Seed = Annotated[int, Field(ge=0, lt=2**32)]
Seeds = Annotated[list[Seed], Field(min_length=1), AfterValidator(_distinct)]
FolderName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


def _none(value: object) -> bool:
    return value is None


class Strict(BaseModel):
    """Unknown keys and values of another type are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ArticleData(Strict):
    """Where articles and their annotations lie, relative to the config file or to the folder of `--data`.

    In the place of `articles` there may be `statements`: a file of `stancekit statements`, or a queue, read as it is.
    `passes` are the annotators' own files, for their agreement. `columns` says which columns, or JSON keys, hold the
    articles' fields, and `encoding` how their text is encoded; `lines`, `repair` and `language` are what `stancekit statements` was
    given (see `ReadOptions`). With `partial` statements that nobody has labelled take no part. With `parser: spacy` speakers are
    found with a dependency parse, here and when the models label.
    """

    articles: str | None = Field(default=None, exclude_if=_none)
    statements: str | None = Field(default=None, exclude_if=_none)
    columns: dict[Literal["id", "text", "title", "date", "outlet", "url", "language"], str] = {}
    encoding: str = "utf-8"
    # What is not asked for is not in the record of a run, so that runs from before there was the choice stay the same.
    lines: Lines = Field(default="auto", exclude_if="auto".__eq__)
    repair: bool = Field(default=False, exclude_if=False.__eq__)
    language: str | None = Field(default=None, exclude_if=_none)
    annotations: str
    partial: bool = Field(default=False, exclude_if=False.__eq__)
    passes: Annotated[list[str], AfterValidator(_distinct)] = []
    codebook: str
    actors: str | None = None
    parser: Literal["spacy"] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "ArticleData":
        if (self.articles is None) == (self.statements is None):
            raise ValueError("name `articles`, or in their place the `statements` that were found in some, such as a queue")
        return self


class Recipe(Strict):
    """A model with its parameters, or a packaged `recipe` with what differs. `schemes`: scheme → seeds, where not the experiment's.

    `tune` (parameter → values to try), `per_target` (a model for each target), `calibrate` and `abstain` (the accuracy
    wanted among the labels that are kept) wrap the model, in this order from within.
    """

    recipe: str | None = Field(default=None, exclude=True)  # `resolve` puts the packaged recipe in its place
    model: str
    params: dict[str, Any] = {}
    schemes: dict[Scheme, Seeds] | None = Field(default=None, min_length=1)
    tune: dict[str, Annotated[list[Any], Field(min_length=1)]] | None = Field(default=None, min_length=1)
    per_target: bool = False
    calibrate: Literal["temperature", "isotonic"] | None = None
    abstain: Annotated[float, Field(gt=0, le=1)] | None = None


class F1Mean(Strict):
    """The mean F1 of the named labels over all predictions together."""

    f1_mean: Annotated[list[str], Field(min_length=1), AfterValidator(_distinct)]


class Published(Strict):
    """A figure that others have published, in points of 100 (81, not 0.81). `split` names the test set where there are several."""

    method: str
    figure: float = Field(gt=1, le=100)
    split: str = ""
    source: str = Field(min_length=1)


class Config(Strict):
    """An experiment as its YAML file says it, but for its data; `extends` is another file, whose keys hold where this has none.

    `default` names the recipe whose model is saved as `models/default`, or one for each task: task → recipe. `tasks` names the
    codebook's tasks and views to model, all tasks where it is empty; with `soft_labels` models learn the shares that several
    annotators gave the labels. `schemes` without a value are those that suit the data. `metric` is the data set's own,
    `published` what others reached by it; `source` and `licence` say where the data come from and on what terms. With
    `per_target` recipes train a model for each target, where they do not say otherwise.
    """

    extends: str | None = Field(default=None, exclude=True)  # `resolve` puts the other file's keys in its place
    name: FolderName
    title: str = ""
    tasks: Annotated[list[str], AfterValidator(_distinct)] = []
    soft_labels: bool = False
    schemes: Annotated[list[Scheme], Field(min_length=1), AfterValidator(_distinct)] | None = None
    seed: Seed = 0
    threads: int = Field(default=2, ge=1, le=1024)
    metric: Literal["macro_f1"] | F1Mean | None = None
    published: list[Published] = []
    source: str = ""
    licence: str = ""
    per_target: bool = False
    baselines: Annotated[list[str], AfterValidator(_distinct)] = []
    default: str | Annotated[dict[str, str], Field(min_length=1)]
    recipes: dict[FolderName, Recipe] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _shared(cls, data: Any) -> Any:
        """Recipes that say nothing of `per_target` do as the config says."""
        if not isinstance(data, dict) or data.get("per_target") is not True or not isinstance(data.get("recipes"), dict):
            return data
        told = {name: {"per_target": True, **recipe} if isinstance(recipe, dict) else recipe for name, recipe in data["recipes"].items()}
        return {**data, "recipes": told}

    @property
    def default_name(self) -> str:
        """The recipe that is compared with the others: `default` itself where it differs by task."""
        return self.default if isinstance(self.default, str) else "default"

    def parts(self, name: str) -> list[str]:
        """The recipes that make up a model: itself, or for the default by task those of the tasks."""
        return [name] if name in self.recipes or isinstance(self.default, str) else list(dict.fromkeys(self.default.values()))

    @property
    def official(self) -> tuple[str, ...] | None:
        """The labels whose F1 the data set's own metric averages; `None` for macro-F1."""
        return tuple(self.metric.f1_mean) if isinstance(self.metric, F1Mean) else None


class ArticleConfig(Config):
    """An experiment over annotated articles."""

    data: ArticleData


def schemes_of(config: Config, recipe: Recipe) -> Mapping[Scheme, list[int]]:
    """Scheme → seeds of a recipe. Those of the config are settled when its data are read."""
    return recipe.schemes if recipe.schemes is not None else {scheme: [config.seed] for scheme in config.schemes or []}


def model_of(recipe: Recipe) -> str:
    """The model type of a recipe: that of its outermost wrapper."""
    return _wrapped(recipe)[0]


def params_of(recipe: Recipe, seed: int, template: str) -> dict[str, Any]:
    """The parameters of `model_of` for one seed; where the recipe names no template, the codebook's."""
    kind, params = _wrapped(recipe)
    return params_for(kind, params, template=template, seed=seed)


def _wrapped(recipe: Recipe) -> tuple[str, dict[str, Any]]:
    kind, params = recipe.model, dict(recipe.params)
    if recipe.tune is not None:
        kind, params = "tuned", {"model": kind, "params": params, "grid": recipe.tune}
    if recipe.per_target:
        kind, params = "per_target", {"model": kind, "params": params}
    if recipe.calibrate is not None or recipe.abstain is not None:
        how = {"method": recipe.calibrate or "none", "abstain": recipe.abstain}
        kind, params = "calibrated", {"model": kind, "params": params, **how}
    return kind, params

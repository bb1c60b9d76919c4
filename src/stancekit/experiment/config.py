"""What the YAML file of an experiment may say."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from stancekit.models.registry import model_class
from stancekit.splits import Scheme


def _distinct(values: list[Any]) -> list[Any]:
    if len(set(values)) < len(values):
        raise ValueError("an entry occurs twice")
    return values


def _not_default(name: str) -> str:
    if name == "default":
        raise ValueError("the name 'default' is kept for the copy of the recipe that `default:` names")
    return name


Seed = Annotated[int, Field(ge=0, lt=2**32)]
Seeds = Annotated[list[Seed], Field(min_length=1), AfterValidator(_distinct)]
# A recipe's name is a folder's; `default` is the copy of the one that the config names.
RecipeName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$"), AfterValidator(_not_default)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Data(_Strict):
    """Where the data lie, relative to the config file. `passes` are the annotators' own files, for their agreement.

    `columns` says which columns, or JSON keys, hold the articles' fields, and `encoding` how their text is encoded. With
    `parser: spacy` speakers are found with a dependency parse, here and when the models label.
    """

    articles: str
    columns: dict[Literal["id", "text", "title", "date", "outlet", "url"], str] = {}
    encoding: str = "utf-8"
    annotations: str
    passes: Annotated[list[str], AfterValidator(_distinct)] = []
    codebook: str
    actors: str | None = None
    parser: Literal["spacy"] | None = None


class Recipe(_Strict):
    """A model with its parameters. `schemes`: scheme → seeds, where they differ from the experiment's."""

    model: str
    params: dict[str, Any] = {}
    schemes: dict[Scheme, Seeds] | None = Field(default=None, min_length=1)


class Config(_Strict):
    """An experiment as its YAML file says it.

    `tasks` names the codebook's tasks and views to model, all tasks where it is empty; with `soft_labels` models learn
    the shares that several annotators gave the labels.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title: str = ""
    data: Data
    tasks: Annotated[list[str], AfterValidator(_distinct)] = []
    soft_labels: bool = False
    schemes: Annotated[list[Scheme], Field(min_length=1), AfterValidator(_distinct)] = ["purged"]
    seed: Seed = 0
    threads: int = Field(default=2, ge=1, le=1024)
    baselines: Annotated[list[str], AfterValidator(_distinct)] = []
    default: str
    recipes: dict[RecipeName, Recipe] = Field(min_length=1)


def schemes_of(config: Config, recipe: Recipe) -> Mapping[Scheme, list[int]]:
    """Scheme → seeds of a recipe."""
    return recipe.schemes if recipe.schemes is not None else {scheme: [config.seed] for scheme in config.schemes}


def params_of(recipe: Recipe, seed: int, template: str) -> dict[str, Any]:
    """A recipe's parameters for one seed; where it names no template, the codebook's."""
    taken = model_class(recipe.model)._get_param_names()
    params = {"template": template, **recipe.params} if "template" in taken else dict(recipe.params)
    return {**params, "seed": seed} if "seed" in taken else params

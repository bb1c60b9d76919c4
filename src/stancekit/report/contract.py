"""What `metrics.json` must hold for a report to be made of it: types and ranges, key by key.

For checking alone: what is read goes on as it is. Keys that only some runs have may be missing, and unknown ones are left be.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

MOST = 2**53
"""So far whole numbers are exact as any other program reads them."""
SLACK = 1e-6
"""A sum of shares may miss its end by so much."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
"""What tasks, schemes and recipes are called: their names are parts of file names."""
Count = Annotated[int, Field(ge=0, le=MOST)]
Number = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=-SLACK, le=1 + SLACK, allow_inf_nan=False)]
Holder = Literal["none", "annotated", "found"]


class Checked(BaseModel):
    """Values of another type are refused, keys that nobody reads are not."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class Interval(Checked):
    """A figure whose interval is whole or missing; agreement beyond chance and differences may be below 0."""

    point: Number | None
    low: Number | None
    high: Number | None
    level: Annotated[float, Field(gt=0, lt=1)]
    note: str

    @model_validator(mode="after")
    def _sound(self) -> "Interval":
        if (self.low is None) != (self.high is None):
            raise ValueError("should have both ends of its interval, or neither")
        if self.low is not None and self.high is not None and (self.point is None or self.low > self.high):
            raise ValueError("should have a point, and an interval that begins below its end")
        return self


class Of1(Interval):
    """A figure between 0 and 1."""

    point: Share | None
    low: Share | None
    high: Share | None


class Difference(Checked):
    difference: Interval
    p: Share | None
    p_holm: Share | None


class Compared(Difference):
    task: Name
    scheme: Name
    holder: Holder
    model: Name
    baseline: Name


class Ablation(Checked):
    task: Name
    scheme: Name
    holder: Holder
    text: Name
    with_holder: Name
    actor: Name | None
    over_text: Difference
    over_actor: Difference | None


class ClassScore(Checked):
    label: str
    n: Count
    precision: Share | None
    recall: Share | None
    f1: Share | None


class Fold(Checked):
    name: str
    n_train: Count
    n_test: Count
    n_purged: Count


class Choice(Checked):
    """What a recipe chose in a fold, nested as its models are."""

    seed: Count
    fold: str
    chosen: dict[str, Any]

    @field_validator("chosen")
    @classmethod
    def _numbers(cls, chosen: dict[str, Any]) -> dict[str, Any]:
        for key, value in chosen.items():
            if isinstance(value, dict) and key != "params":  # of a grid: whatever its parameters take
                cls._numbers(value)
            elif key in ("tried", "rows", "temperature") and type(value) not in (int, float):
                raise ValueError(f"should have a number for '{key}'")
        return chosen


class Bin(Checked):
    low: Annotated[float, Field(ge=0, lt=1)]
    high: Annotated[float, Field(gt=0, le=1)]
    n: Count
    confidence: Share
    accuracy: Share


class Probabilities(Checked):
    brier: Amount
    ece: Share
    ece_if_calibrated: Share
    bins: list[Bin]


class Coverage(Checked):
    n: Annotated[list[Count], Field(min_length=1)]
    accuracy: list[Share]


class Kept(Checked):
    n: list[Count]
    share: Share
    accuracy: Of1
    macro_f1: Of1


class Score(Checked):
    """A recipe's figures on a task; those that a run of an earlier version lacks come last."""

    recipe: Name
    model: str
    task: Name
    scheme: Name
    holder: Holder
    seeds: Annotated[list[Count], Field(min_length=1)]
    n: Count
    labels: list[str]
    macro_f1: Of1
    macro_f1_learnable: Of1
    accuracy: Of1
    by_seed: list[Share | None]
    classes: list[ClassScore]
    unlearnable: list[tuple[str, str, Count]]
    confusion: list[list[Count]]
    log_loss: Amount | None
    clipped: Count
    folds: list[Fold]
    groups: Count = 0
    official: Of1 | None = None
    probabilities: Probabilities | None = None
    coverage: Coverage | None = None
    kept: Kept | None = None
    chosen: list[Choice] = []


class Statement(Checked):
    id: str
    text: str
    context: str
    holder: str | None
    labels: dict[str, str]
    target: str = ""


class Published(Checked):
    method: str
    figure: Number
    split: str
    source: str


class LabelAgreement(Checked):
    label: str
    given: Count
    articles: Count
    alpha: Interval
    cohen: Interval | None = None


class LabelPair(Checked):
    first: str
    second: str
    n: Count


class TaskAgreement(Checked):
    task: str
    labels: list[str]
    n_pairable: Count
    annotators: dict[str, Count]
    figures: dict[str, Interval]
    by_label: list[LabelAgreement]
    pairs: list[LabelPair]

    @model_validator(mode="after")
    def _sound(self) -> "TaskAgreement":
        if "raw" not in self.figures:
            raise ValueError("should have the raw agreement among its figures")
        if len({"cohen" in row.model_fields_set for row in self.by_label}) > 1:
            raise ValueError("should have Cohen's kappa of every label, or of none")
        return self


class Agreement(Checked):
    annotators: dict[str, Count]
    n: Count
    articles: Count
    level: Annotated[float, Field(gt=0, lt=1)]
    interval: str
    tasks: list[TaskAgreement]


class HoldersFound(Checked):
    n: Count
    equal: Count


class Repeated(Checked):
    n: Count
    repeated: Count


class Metrics(Checked):
    """`metrics.json`; what a run of an earlier version lacks comes last."""

    experiment: str
    n: Count
    articles: dict[str, Count]
    tasks: Annotated[dict[Name, Annotated[dict[str, Count], Field(min_length=1)]], Field(min_length=1)]
    homes: dict[str, dict[str, dict[str, Count]]]
    schemes: Annotated[dict[Name, str], Field(min_length=1)]
    recipes: Annotated[dict[Name, str], Field(min_length=1)]
    baselines: list[str]
    scores: list[Score]
    differences: list[Compared]
    statements: list[Statement]
    n_train: Count | None = None
    unit: Literal["article", "group", "statement"] = "article"
    main_schemes: list[str] = []
    repeated: dict[str, Repeated] = {}
    reads: dict[str, list[str]] = {}
    default: str = ""
    official: list[str] | None = None
    default_differences: list[Compared] = []
    ablation: list[Ablation] = []
    holders_found: HoldersFound | None = None
    notes: list[str] = []
    published: list[Published] = []
    agreement: Agreement | None = None
    words: dict[str, dict[str, dict[str, list[tuple[str, Number]]]]] = {}

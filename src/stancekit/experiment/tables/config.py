"""What a config may say of labelled rows in the place of articles."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from stancekit.codebook import LabelName
from stancekit.data.tables.read import PINNED
from stancekit.experiment.config import Config, FolderName, Strict


def _pinned(name: str) -> str:
    if PINNED.fullmatch(name) is None:
        raise ValueError("a data set of the Hub is named with its revision: owner/name@ and the 40 digits of a commit")
    return name


class RowColumns(Strict):
    """Where the fields stand; those not named here are read from columns of their own names, where there are such.

    `id` is a column, several whose values make it together, or `null`: then rows are numbered. `label` is a column, or task →
    column for several tasks. `group` holds what a row belongs to, such as a speech or an article.
    """

    id: str | Annotated[list[str], Field(min_length=1)] | None = "id"
    label: str | Annotated[dict[LabelName, str], Field(min_length=1)] = "label"
    text: str = "text"
    target: str = "target"
    group: str = "group"
    context: str = "context"
    speaker: str = "speaker"
    organisation: str = "organisation"
    holder: str = "holder"
    actor_kind: str = "actor_kind"


class RowData(Strict):
    """Where labelled rows lie, relative to the config file or to the folder of `--data`; with `hub`, in which of its splits.

    `train`, `dev` and `test` are tables (JSON Lines, CSV, TSV, Parquet), folders or globs of such; `test` may name several:
    name → table. `dev` rows are left alone, for tuning happens inside the training rows, unless `use_dev: train` adds them to
    those. `labels` gives the labels in their order, or label → the values that stand for it. `drop` lists values whose rows are
    left out, `null` for rows without one; `partial` leaves those out too, as of articles. `target` is that of every row that names
    none. `codebook`, relative to the config
    file, defines the tasks.
    """

    train: str
    dev: str | None = None
    use_dev: Annotated[str, Field(pattern="^train$")] | None = None
    test: str | Annotated[dict[FolderName, str], Field(min_length=1)] | None = None
    hub: Annotated[str, AfterValidator(_pinned)] | None = None
    subset: str | None = None
    columns: RowColumns = RowColumns()
    encoding: str = "utf-8"
    task: LabelName = "stance"
    labels: Annotated[list[str], Field(min_length=2)] | dict[LabelName, str | list[str]] | None = None
    drop: list[str | None] = Field(default_factory=list)
    partial: bool = Field(default=False, exclude_if=False.__eq__)
    target: Annotated[str, Field(min_length=1)] | None = None
    codebook: str | None = None

    @model_validator(mode="after")
    def _sound_together(self) -> "RowData":
        several = isinstance(self.columns.label, dict)
        for wrong, what in [
            (self.use_dev and self.dev is None, "`use_dev` needs `dev`"),
            (self.subset is not None and self.hub is None, "`subset` is of a data set of the Hub: it needs `hub`"),
            (
                several and self.labels is not None,
                "`labels` are those of one task; several have theirs from `codebook`, or as they are found",
            ),
            (several and "task" in self.model_fields_set, "`task` names one task, and `columns.label` names several"),
            (self.codebook is not None and self.labels is not None, "`codebook` names the labels already; leave out `labels`"),
            (self.codebook is not None and self.target is not None, "`codebook` names the target already; leave out `target`"),
            ({"train", "dev"} & self.tests.keys(), "a test set may not be called `train` or `dev`"),
        ]:
            if wrong:
                raise ValueError(what)
        return self

    @property
    def tests(self) -> dict[str, str]:
        """Name of a test set → where it lies."""
        if self.test is None:
            return {}
        return self.test if isinstance(self.test, dict) else {"test": self.test}

    @property
    def label_columns(self) -> dict[str, str]:
        """Task → the column of its labels."""
        label = self.columns.label
        return dict(label) if isinstance(label, dict) else {self.task: label}


class RowConfig(Config):
    """An experiment over labelled rows."""

    data: RowData

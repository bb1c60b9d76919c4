"""What `run.json` must hold for a report to say how a run was made. Nothing of it must be there; what is there is of its type."""

from typing import Any

from pydantic import Field, field_validator

from stancekit.io.files import to_json
from stancekit.report.contract import Amount, Checked, Count


class Seconds(Checked):
    recipe: str
    fits: Count
    train: Amount
    choose: Amount
    label: Amount
    labelled: Count


class Config(Checked):
    file: str | None = None
    sha256: str | None = None
    content: dict[str, Any] = Field(default_factory=dict)

    @field_validator("content")
    @classmethod
    def _finite(cls, content: dict[str, Any]) -> dict[str, Any]:
        """1e999 is JSON and no number that can be written again."""
        to_json(content)
        return content


class Book(Checked):
    name: str | None = None
    version: str | None = None
    digest: str | None = None


class Provenance(Checked):
    """`run.json`."""

    packages: dict[str, str] = Field(default_factory=dict)
    config: Config = Config()
    codebook: Book = Book()
    data: dict[str, str] = Field(default_factory=dict)
    code: str | None = None
    timings_seconds: dict[str, Amount] = Field(default_factory=dict)
    seconds: list[Seconds] = Field(default_factory=list)

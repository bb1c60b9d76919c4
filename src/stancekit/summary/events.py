"""Events for the timeline, from a YAML file."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from stancekit.io import strict_yaml


class Event(BaseModel):
    """Something that happened on a day or in a month (ISO 8601)."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    date: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$")]
    event: Annotated[str, Field(min_length=1)]


class _Events(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    events: list[Event]


def load_events(path: str | Path) -> list[Event]:
    """Read events, `events:` with a `date` and an `event` each, in the order of their dates. Raises `InputError` with file and line."""
    found = strict_yaml.validate(strict_yaml.load(Path(path)), _Events)
    return sorted(found.events, key=lambda event: event.date)

"""Corrections of attributions by hand: the file that the statements page downloads, applied to what extraction finds."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from stancekit.actors import Actors
from stancekit.errors import InputError, refuse_paths
from stancekit.io import strict_yaml
from stancekit.io.files import jsonl_lines
from stancekit.records import NARRATOR, Article, Mode, Statement

NAMES = ("speaker", "organisation", "holder")
Name = Annotated[str, Field(pattern=r"\S")]


def _single(name: str) -> str:
    if name == NARRATOR or ";" in name:
        raise ValueError("should be a single name, and not the narrator's")
    return name


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Was(_Row):
    speaker: Name | None
    organisation: Name | None
    holder: Name | None


class _Correction(_Row):
    id: Name
    text: Name
    was: _Was
    speaker: Name
    organisation: Name | None
    holder: Name
    actor_kind: Name | None = None


class _Merge(_Row):
    merge: Annotated[Name, AfterValidator(_single)]
    into: Annotated[Name, AfterValidator(_single)]


class Corrections:
    """Attributions corrected by hand, of `load_corrections`; counts which of them were applied."""

    def __init__(self, path: Path, rows: Sequence[tuple[int, _Correction | _Merge]]) -> None:
        self.path = path
        self._of = {row.id: (line, row) for line, row in rows if isinstance(row, _Correction)}
        self._into = {row.merge: (line, row.into) for line, row in rows if isinstance(row, _Merge)}
        self._open = {line: f"there is no statement '{identity}'" for identity, (line, _) in self._of.items()}
        self._open |= {line: f"no statement names '{name}'" for name, (line, _) in self._into.items()}

    def __len__(self) -> int:
        return len(self._of) + len(self._into)

    @property
    def not_applied(self) -> list[str]:
        """`file:line: why` of each that no article so far had a place for."""
        return [f"{self.path}:{line}: {why}" for line, why in sorted(self._open.items()) if why]

    def apply(self, article: Article, statements: Sequence[Statement], actors: Actors | None = None) -> list[Statement]:
        """Return an article's statements as corrected. A corrected statement has the attribution `corrected` and confidence 1.

        A correction is applied where the text is the same, and the names are those that it was made of or already those that it gives
        (by the registry `actors`, where one calls them otherwise). Merged names leave confidence as it is: who speaks was not checked.
        """
        refuse_paths(article=article, actors=actors)
        actors = actors or Actors()
        found = []
        for statement in statements:
            if statement.id in self._of:
                line, row = self._of[statement.id]
                self._open[line] = _fault(row, statement, article, actors)
                statement = statement if self._open[line] else _corrected(statement, row)
            found.append(self._merged(statement) if self._into else statement)
        for name, (line, into) in self._into.items():
            if actors.canonical(name) == actors.canonical(into):  # the registry has merged them already
                self._open[line] = ""
        return found

    def _merged(self, statement: Statement) -> Statement:
        changed: dict[str, Any] = {}
        for field in NAMES:
            parts = (getattr(statement, field) or "").split("; ")
            for line, _ in (self._into[part] for part in parts if part in self._into):
                self._open[line] = ""
                changed[field] = "; ".join(dict.fromkeys(self._into[part][1] if part in self._into else part for part in parts))
        return replace(statement, **changed) if changed else statement


def load_corrections(path: str | Path) -> Corrections:
    """Read corrections of attributions, a JSON Lines file that the page of `stancekit statements --page` downloads.

    A line corrects a statement (`id`, `text`, `was` and the names that it has instead: `speaker`, `organisation`, `holder`, and
    `actor_kind`), or says that a name means another actor (`merge`, `into`).

    Parameters
    ----------
    path : the file, UTF-8.

    Returns
    -------
    Corrections : `apply` them to the statements of each article; `not_applied` says which had no place.

    Raises
    ------
    InputError : A line is none of these, or a statement or a name has two.
    """
    path = Path(path)
    rows: list[tuple[int, _Correction | _Merge]] = []
    lines: dict[tuple[str, str], int] = {}
    for line, value in jsonl_lines(path):
        if isinstance(value, InputError):
            raise value
        given = strict_yaml.Document(path, value, {(): line}, "")
        row: _Correction | _Merge = strict_yaml.validate(given, _Merge) if "merge" in value else strict_yaml.validate(given, _Correction)
        what, name = ("statement", row.id) if isinstance(row, _Correction) else ("name", row.merge)
        if (first := lines.setdefault((what, name), line)) != line:
            raise InputError(f"{path}:{line}", f"{what} '{name}' is corrected in line {first} already")
        rows.append((line, row))
    for line, row in rows:
        if isinstance(row, _Merge) and (other := lines.get(("name", row.into))):
            raise InputError(f"{path}:{line}", f"'{row.into}' is itself merged in line {other}; merge into the name that stays")
    return Corrections(path, rows)


def _fault(row: _Correction, statement: Statement, article: Article, actors: Actors) -> str:
    """Why a correction is not one of this statement; `""` where it is."""
    if statement.kind != "sentence":
        return f"'{row.id}' is a {statement.kind}, which nobody says"
    if row.text not in (statement.text, article.text[statement.start : statement.end]):
        return f"the text of '{row.id}' is another"

    def differing(names: _Was | _Correction) -> list[str]:
        pairs = {name: (getattr(statement, name) or "", getattr(names, name) or "") for name in NAMES}
        return [name for name, (one, other) in pairs.items() if actors.canonical(one) != actors.canonical(other)]

    if (other := differing(row.was)) and differing(row):
        return f"the {other[0]} of '{row.id}' was '{getattr(row.was, other[0])}', and is '{getattr(statement, other[0])}'"
    return ""


def _corrected(statement: Statement, row: _Correction) -> Statement:
    names = {name: getattr(row, name) for name in (*NAMES, "actor_kind")}
    return replace(statement, **names, mode=_mode(statement, row.speaker), attribution="corrected", attribution_confidence=1.0)


def _mode(statement: Statement, speaker: str) -> Mode:
    """Keep the mode but where somebody is heard in place of the narrator, or the other way round. The page says the same."""
    if speaker == NARRATOR:
        return "narrator"
    if statement.mode not in (None, "narrator"):
        return statement.mode
    quoted = sum(end - start for start, end in statement.quotes)
    return "indirect" if not quoted else "direct" if quoted == statement.end - statement.start else "mixed"

"""Check that every field a recipe reads has values: a field that is empty in every row teaches nothing, and nothing else would say so."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path

from stancekit.articles import ReadOptions
from stancekit.data.tables.read import FIELDS, Columns
from stancekit.errors import InputError
from stancekit.experiment.tables.config import RowData
from stancekit.io.strict_yaml import Document
from stancekit.records import ModelInput
from stancekit.sources.registry import TABLES
from stancekit.sources.rows import columns_of

_OF_EVERY_ROW = frozenset({"text", "masked"})


def columns_asked(data: RowData) -> Columns:
    """The columns that a config names."""
    asked = data.columns.model_fields_set
    named = {name: getattr(data.columns, name) for name in FIELDS if name in asked}
    identity = data.columns.id
    ids = () if identity is None else (identity,) if isinstance(identity, str) else tuple(identity)
    return Columns(data.label_columns, ids, named, id_asked="id" in asked)


def check_fields(
    document: Document, data: RowData, base: Path, reads: Mapping[str, Iterable[str]], inputs: Iterable[ModelInput]
) -> list[str]:
    """Raise `InputError` for a recipe that reads a field which no row has. `reads`: recipe → fields.

    Where the config names the column of such a field it is said in a note, of those returned.
    """
    there = set(_OF_EVERY_ROW)
    names = [field.name for field in fields(ModelInput)]
    for row in inputs:
        there |= {name for name in names if getattr(row, name)}
        if len(there) == len(names):
            break
    notes = []
    for recipe, found in reads.items():
        for name in found:
            if name in there:
                continue
            if name in data.columns.model_fields_set:
                notes.append(f"recipe '{recipe}' reads '{name}', and the column '{getattr(data.columns, name)}' is empty in every row")
            else:
                what = f"recipe '{recipe}' reads '{name}', which no row has: {_lacking(data, base, name)}"
                raise InputError(document.where(("recipes", recipe)), what)
    return notes


def _lacking(data: RowData, base: Path, name: str) -> str:
    """Why no row has a field, what columns there are, and what to do."""
    if data.hub is None:
        wanted = replace(columns_asked(data).wanted(), required=frozenset({name}), named=frozenset({name}))
        found = columns_of([base / data.train], ReadOptions(encoding=data.encoding), wanted, TABLES)
        if found and (fault := wanted.fault(found)):
            return f"{data.train} {fault}"
    return f"the column '{name}' is not there, or empty; say which holds it: `columns: {{{name}: NAME}}` in the config"

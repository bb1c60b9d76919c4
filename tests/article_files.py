"""Documents written in the format of every reader, so that one suite tests them all."""

import csv
import gzip
import html
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stancekit.records import Article
from stancekit.sources.registry import READERS, TABLES
from stancekit.sources.source import Rejected

Document = Mapping[str, str]

ENDINGS = sorted(READERS)
SINGLE = sorted(READERS.keys() - set(TABLES))
TEXTUAL = sorted(READERS.keys() - {".parquet"})


def as_text(documents: Sequence[Document]) -> bytes:
    [document] = documents
    return document["text"].encode()


def as_html(documents: Sequence[Document]) -> bytes:
    [document] = documents
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in document["text"].split("\n"))
    return f"<!DOCTYPE html><html><head><title>x</title></head><body><article>{paragraphs}</article></body></html>".encode()


def as_jsonl(documents: Sequence[Document]) -> bytes:
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents).encode()


def as_csv(documents: Sequence[Document], separator: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(documents[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(documents)
    return out.getvalue().encode()


def as_tsv(documents: Sequence[Document]) -> bytes:
    return as_csv(documents, "\t")


def as_parquet(documents: Sequence[Document]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([dict(document) for document in documents]), out)
    return out.getvalue()


WRITERS: dict[str, Callable[[Sequence[Document]], bytes]] = {
    ".txt": as_text,
    ".md": as_text,
    ".html": as_html,
    ".htm": as_html,
    ".jsonl": as_jsonl,
    ".csv": as_csv,
    ".tsv": as_tsv,
    ".parquet": as_parquet,
}


def write(path: Path, documents: Sequence[Document]) -> Path:
    """A file in the format that its ending says."""
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    data = WRITERS[plain.suffix](documents)
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


def articles(found: Sequence[Article | Rejected]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def rejected(found: Sequence[Article | Rejected]) -> list[Rejected]:
    return [item for item in found if isinstance(item, Rejected)]

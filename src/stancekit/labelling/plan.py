"""What labelling will take, before it is begun: a sample of the input is labelled here and now, and the rest reckoned from it."""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import BaseModel, ConfigDict

from stancekit.articles import ReadOptions
from stancekit.duplicates import repeated_in
from stancekit.errors import InputError, counted
from stancekit.labelling.formats import FORMATS, Block
from stancekit.labelling.inputs import Document, Inputs, Unit, kept
from stancekit.labelling.job import Job
from stancekit.labelling.remote import fetched
from stancekit.labelling.rows import table_of
from stancekit.labelling.run import SMALL
from stancekit.models.saved import TrainedModel
from stancekit.sources.paths import as_paths
from stancekit.sources.source import Rejected

SAMPLE = 400
"""Documents that are drawn; each that was read is as likely to be among them."""
CHUNK = 20
"""Documents that are timed together."""
SCALING = (0.8, 0.9, 1.0)
"""What a worker is worth beside others, at least, about and at best: two are 1.6 to 2 times as fast as one."""
Range = tuple[float, float, float]
"""About, at least, at most: 19 times of 20, as far as what was not read is like what was."""


class Forecast(BaseModel):
    """What labelling an input will take. `read` is the share of its bytes that was read, 1 where all was; `sampled` counts documents.

    `repeated` is the share of the sampled statements that recur in another sampled document; in the whole it is larger. `reading` and
    `labelling` are seconds of one worker on this machine, which had the share `idle` of a processor meanwhile; `disk` and `memory` are
    bytes, the latter of one worker.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    documents: int
    rejected: int
    sampled: int
    read: float
    statements: Range
    repeated: float
    reading: float
    labelling: Range
    idle: float
    disk: int
    memory: int

    def seconds(self, workers: int) -> Range:
        """How long it will take with so many workers: one reads while the others label."""
        about, least, most = self.labelling
        if workers == 1:
            return about + self.reading, least + self.reading, most + self.reading
        worst, usual, best = (workers * share for share in SCALING)
        return max(about / usual, self.reading), max(least / best, self.reading), max(most / worst, self.reading)

    def lines(self, workers: Sequence[int]) -> list[str]:
        """What there is to say of it, for a terminal."""
        whole = "all read" if self.read == 1 else f"{self.read:.0%} of the bytes read; the rest is taken to be alike"
        times = [f"{counted(n, 'worker')} {_range(self.seconds(n), _time)}" for n in workers]
        busy = f"; the machine is busy: on an idle one about {self.idle:.0%} of it" if self.idle < 0.8 else ""
        return [
            f"documents    {self.documents:,} ({whole}), {self.rejected:,} rejected",
            f"statements   {_range(self.statements, lambda n: f'{n:,.0f}')}, from {counted(self.sampled, 'document')}",
            f"repeats      {self.repeated:.1%} of the statements recur in another document of the sample; in the whole more do",
            f"time         {'; '.join(times)}; of it {_time(self.reading)} for reading{busy}",
            f"disk         {self.disk / 2**20:,.1f} MiB",
            f"memory       {self.memory / 2**20:,.0f} MiB a worker",
        ]

    def compared(self, labelled: int, seconds: float, workers: int) -> str:
        """What was forecast beside what happened."""
        said = f"{_range(self.statements, lambda n: f'{n:,.0f}')} statements: {labelled:,}"
        return f"{said}; {_range(self.seconds(workers), _time)} with {counted(workers, 'worker')}: {_time(seconds)}"


def plan_paths(
    paths: str | Path | Iterable[str | Path],
    model: TrainedModel,
    *,
    unit: Unit = "article",
    reading: ReadOptions | None = None,
    headings: bool = False,
    threads: int = 2,
    seconds: float = 20,
    say: Callable[[str], object] = lambda _: None,
) -> Forecast:
    """Forecast what `label_paths` would take with the same arguments; reads for at most so many seconds, and labels for as many.

    Raises as `label_paths` does for the input, and `InputError` where no document of it can be read in that time.
    """
    paths = as_paths(paths)
    with ExitStack() as stack:
        reading = stack.enter_context(fetched(paths, reading or ReadOptions()))
        inputs = stack.enter_context(kept(Inputs(paths, reading, unit, headings).suiting(model, say))).suiting(model, say)
        inputs.check()
        job = Job(model, inputs.reading.keep, headings=headings, lines=inputs.reading.lines, threads=threads)
        job.prepare()
        began = time.perf_counter()
        inputs, _, files, _ = inputs.held()
        sizes = {file.shown: file.size for file in files}
        drawn = _Drawn(began + seconds)
        whole = drawn.read(inputs)
        took = time.perf_counter() - began
    if not drawn.sample:
        raise InputError(paths[0], f"no document of the input could be read ({drawn.rejected} rejected)")
    characters = drawn.characters if whole else drawn.total(sizes)
    scale = characters / drawn.characters
    began, used = time.perf_counter(), time.process_time()
    counts, times, sampled = _labelled(job, drawn.sample, seconds)
    idle = (time.process_time() - used) / (time.perf_counter() - began)
    rows = [row for found in sampled for row in found]
    homes = [number for number, found in enumerate(sampled) for _ in found]
    repeated = sum(len(found) > 1 for found in repeated_in([str(row["text"]) for row in rows], homes))
    statements = _scaled(counts, characters, exact=len(counts) == drawn.documents and whole)
    size, writing = _written(job, rows, small=statements[0] <= SMALL)
    labelling = _scaled([(y + writing * x / sum(x for _, x in times), x) for y, x in times], characters)
    return Forecast(
        documents=round(drawn.documents * scale),
        rejected=round(drawn.rejected * scale),
        sampled=len(sampled),
        read=min(1 / scale, 1) if not whole else 1,
        statements=statements,
        repeated=repeated / max(len(rows), 1),
        reading=took * scale,
        labelling=labelling,
        idle=min(idle, 1),
        disk=round(size * statements[0] / max(len(rows), 1)),
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )


class _Drawn:
    """A sample of what could be read until a moment, and counts of all of it."""

    def __init__(self, until: float) -> None:
        self._until, self._draw = until, random.Random(0)
        self.sample: list[Document] = []
        self.documents = self.rejected = self.characters = 0
        self._of: dict[str, int] = {}

    def read(self, inputs: Inputs) -> bool:
        """Returns whether that was all."""
        for document in inputs.documents():
            if isinstance(document.content, Rejected):
                self.rejected += 1
            else:
                self.documents += 1
                self.characters += document.size
                self._of[document.file] = self._of.get(document.file, 0) + document.size
                place = len(self.sample) if len(self.sample) < SAMPLE else self._draw.randrange(self.documents)
                if place < SAMPLE:
                    self.sample[place : place + 1] = [document]
            if time.perf_counter() > self._until:
                return False
        return True

    def total(self, sizes: dict[str, int]) -> float:
        """About the characters of the whole input: as many a byte as in the files that were read to the end; one, where none was."""
        *finished, _ = self._of
        size = sum(sizes.get(file, 0) for file in finished)
        rate = sum(self._of[file] for file in finished) / size if size else 1
        return max(sum(sizes.values()) * rate, self.characters)


def _labelled(
    job: Job, documents: list[Document], seconds: float
) -> tuple[list[tuple[float, float]], list[tuple[float, float]], list[list[dict[str, Any]]]]:
    """(statements, characters) of each document that was labelled in the time; (seconds, characters) of each chunk; the rows."""
    random.Random(1).shuffle(documents)
    job.rows_of(documents[:1])  # what is loaded on first use is no part of it
    until = time.perf_counter() + seconds
    counts: list[tuple[float, float]] = []
    times: list[tuple[float, float]] = []
    rows: list[list[dict[str, Any]]] = []
    for start in range(0, len(documents), CHUNK):
        chunk = documents[start : start + CHUNK]
        began = time.perf_counter()
        found = job.rows_of(chunk)
        ended = time.perf_counter()
        counts += [(len(of), document.size) for of, document in zip(found, chunk, strict=True)]
        times.append((ended - began, sum(document.size for document in chunk)))
        rows += found
        if ended > until:
            break
    return counts, times, rows


def _scaled(pairs: Sequence[tuple[float, float]], characters: float, *, exact: bool = False) -> Range:
    """A sum over so many characters, from pairs of a part of it and its characters: a ratio estimate with its 95 % range."""
    n, size = len(pairs), max(sum(x for _, x in pairs), 1)
    ratio = sum(y for y, _ in pairs) / size
    error = sqrt(sum((y - ratio * x) ** 2 for y, x in pairs) * n / max(n - 1, 1)) / size  # Cochran, Sampling Techniques, 6.4
    wide = 0.0 if exact else 1.96 * error if n > 1 else ratio
    return ratio * characters, max(ratio - wide, 0) * characters, (ratio + wide) * characters


def _written(job: Job, rows: list[dict[str, Any]], *, small: bool) -> tuple[int, float]:
    """The bytes of rows as shards, with those of the other files where there are few; and the seconds that it takes to write them."""
    began = time.perf_counter()
    with TemporaryDirectory() as folder:
        block = Block(table_of(rows, job.rows.schema))
        for name in ("parquet", "jsonl", "csv")[: 3 if small else 1]:
            with FORMATS[name](Path(folder) / f"labels.{name}", job.rows.schema, lambda _: None) as write:
                write(block)
        sizes = {path.suffix: path.stat().st_size for path in Path(folder).iterdir()}
    return sum(sizes.values()) + (sizes[".parquet"] if small else 0), time.perf_counter() - began


def _time(seconds: float) -> str:
    for size, name in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {name}"
    return f"{seconds:.1f} s"


def _range(found: Range, shown: Callable[[float], str]) -> str:
    about, least, most = map(shown, found)
    return about if least == most else f"about {about} ({least} to {most})"

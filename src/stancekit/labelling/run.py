"""A run: what is there is checked, what is missing is labelled, shard by shard, and the end is written when all of them are there."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from stancekit.articles.accounts import Account, Accounts
from stancekit.errors import InputError, RefusedError, StancekitError
from stancekit.io.atomic import refused, write_atomic, writing
from stancekit.io.files import CHANGED, to_json, to_jsonl
from stancekit.io.output_folder import Kind, OutputFolder, sha256_of_file
from stancekit.labelling.batches import Batch, deal
from stancekit.labelling.executors.registry import Executor
from stancekit.labelling.formats import FORMATS, Block
from stancekit.labelling.inputs import Document, InputFile, Inputs
from stancekit.labelling.job import Job
from stancekit.labelling.ledger import RUN, SUCCESS, Route, Run, Success, read_ledger, write_ledger
from stancekit.labelling.progress import Progress
from stancekit.labelling.resume import NEXT, REJECTED
from stancekit.labelling.shards import FOLDER, NAME, Receipt, Shards
from stancekit.labelling.status import status_of
from stancekit.models.profile import about_model
from stancekit.sources.source import CAME, WENT, Rejected

SMALL = 100_000
"""Up to this many rows the labels are also written as files of their own; above it they are in the shards alone."""
TABLES = tuple(f"labels.{name}" for name in FORMATS)
MODEL = "model.json"
"""What model gave the labels, and what it was trained on."""
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Counts:
    """`rows_in == labelled + rejected + already_done`, always. A document that can't be labelled is one row."""

    rows_in: int
    labelled: int
    rejected: int
    already_done: int


def _made(folder: Path) -> dict[str, str | None]:
    """The files of labels that a folder holds, with the digests of those that nobody else may change; none where there are none."""
    if read_ledger(folder / RUN, Run) is None and not any(read_ledger(path, Receipt) for path in (folder / FOLDER).glob("*.json")):
        return {}
    shards = {f"{FOLDER}/{path.name}": None for path in (folder / FOLDER).glob("*") if NAME.fullmatch(path.name)}
    success = read_ledger(folder / SUCCESS, Success)
    if success is None:  # unfinished; or it can't be read, and is not what it was
        return {RUN: None, **shards, **dict.fromkeys((*TABLES, REJECTED)), MODEL: None, SUCCESS: ""}
    files = {name: digest for name, digest in success.files.items() if name in (*TABLES, REJECTED)}
    return {RUN: None, MODEL: None, **shards, **files, SUCCESS: None}


LABELS = Kind("label", (RUN, SUCCESS), _made)


class OtherDocumentsError(RefusedError):
    """The documents of a finished shard are read otherwise than when it was made."""


class LabelRun:
    """A run in a locked folder; `root` is where its shards are made, `shown` what messages call the folder."""

    def __init__(self, folder: OutputFolder, shown: Path, root: Path, run: Run, inputs: Inputs, files: list[InputFile], say: Say) -> None:
        self._folder, self._shown, self._root, self._run, self._inputs, self._say = folder, shown, root, run, inputs, say
        self._shards, self._route = Shards(root), Route(run, files)
        self._progress = Progress(say, sum(file.size for file in files))
        self._used: set[str] = set()
        self._bad: dict[str, None] = {}
        self._rejected = self._unsteady = self._documents = self._done = 0
        self._seen: set[str] = set()
        self._unread = Account()
        self._later = [{place for part in run.parts[number + 1 :] for place in part.unlabelled} for number in range(len(run.parts))]

    def finished(self, tables: Iterable[str]) -> int | None:
        """The rows of a run that is finished, with all its files unchanged, these tables among them where there are few rows."""
        success = read_ledger(self._folder.path / SUCCESS, Success)
        if success is None or self._root != self._folder.path or success.run != self._run.digest:
            return None
        names, found = {REJECTED, *(tables if success.labelled <= SMALL else ())}, status_of(self._root)
        whole = names <= success.files.keys() and not found.damaged and found.shards == success.shards
        return success.rows_in if whole else None

    def label(self, executor: Callable[[], Executor], stopping: Callable[[], bool]) -> tuple[int, int]:
        """Label what is missing, until it is `stopping`; returns the numbers of rows and of documents without one.

        Raises `RefusedError` where the documents of a finished shard are read otherwise now, or nothing can be written.
        """
        before = read_ledger(self._root / RUN, Run)
        with refused(self._shown):
            self._root.mkdir(exist_ok=True)
        write_ledger(self._root / RUN, self._run)
        self._shards.sweep()
        labelled = rejected = 0
        with writing(self._folder.new / REJECTED) as write:
            batches = self._missing(deal(self._read(write), self._route, self._run.settings["shard_rows"]), stopping)
            shards = executor().shards(batches)
            try:
                for shard in shards:
                    receipt = self._shards.write(shard, self._run)
                    lost = self._lost(shard.name, receipt)
                    labelled, rejected = labelled + receipt.rows, rejected + len(lost)
                    self._progress.labelled += receipt.rows
                    self._progress.rejected += len(lost)
                    self._progress.tell()
            except InputError as error:
                if CHANGED in str(error):  # shards may hold rows of a table that was not what it seemed
                    write_ledger(self._root / RUN, self._run.model_copy(update={"unsteady": True}))
                raise
            except OtherDocumentsError:  # what is there stays as it was, without what is new
                if before:
                    self._shards.forget(len(before.parts))
                    write_ledger(self._root / RUN, before)
                raise
            finally:
                shards.close()
            if not stopping():
                for name in self._shards:
                    write(to_jsonl(asdict(one) for one in self._lost(name, self._shards.receipt(name))))
        self._progress.tell(end=True)
        return labelled, rejected

    def finish(self, labelled: int, rejected: int, tables: Iterable[str], job: Job) -> Counts:
        """Write what is made of all shards, and put it in place."""
        new, rows, lost, documents, total = self._folder.new, 0, self._rejected, 0, Accounts()
        total.add(self._unread)
        for name in self._shards:
            receipt = self._shards.receipt(name)
            rows, documents = rows + receipt.rows, documents + receipt.documents
            total.add(receipt.account)
            for one, account in zip(receipt.rejected, receipt.accounts_rejected, strict=True):
                if self._is_lost(name, one):
                    lost += 1
                    total.add(account)
        if documents != self._documents or set(self._shards) != self._seen:
            raise StancekitError(f"{self._shown}: its shards are not those of this input; the labels are not complete")
        with ExitStack() as stack:
            names = [name for name in tables if rows <= SMALL or name.endswith("xlsx")]
            writers = [stack.enter_context(FORMATS[name.rpartition(".")[2]](new / name, job.rows.schema, self._say)) for name in names]
            for name in self._shards if writers else ():
                block = Block(self._shards.read(name))
                for write in writers:
                    write(block)
        write_atomic(new / MODEL, to_json(about_model(job.model)))
        counts = Counts(labelled + rejected + self._rejected + self._done, labelled, rejected + self._rejected, self._done)
        if counts.rows_in != rows + lost:
            raise StancekitError(f"{self._shown}: {counts} do not add up to {rows:,} + {lost:,}; the labels are not complete")
        success = Success(
            rows_in=rows + lost,
            labelled=rows,
            rejected=lost,
            documents=self._documents,
            shards=len(self._shards),
            run=self._run.digest,
            files={name: sha256_of_file(new / name) for name in [*names, REJECTED, MODEL]},
            **total.receipt(),
            unused=tuple(file for file in self._bad if file not in self._used),
            unsteady=self._unsteady,
        )
        if self._root != self._folder.path:
            with refused(self._shown):
                if self._seen:
                    (self._root / FOLDER).rename(new / FOLDER)
                write_ledger(new / RUN, self._run)
        shutil.rmtree(self._folder.path / NEXT, ignore_errors=True)
        write_ledger(new / SUCCESS, success)
        self._folder.commit(keep={RUN, *(f"{FOLDER}/{name}.{ending}" for name in self._seen for ending in ("parquet", "json"))})
        for line in total.lines():
            self._say(line)
        return counts

    def _read(self, write: Callable[[str], object]) -> Iterator[Document]:
        """The documents that can be read; the others are written and counted."""
        for document in islice(self._inputs.documents(), self._run.settings["limit"]):
            content = document.content
            self._progress.tell()
            if isinstance(content, Rejected):
                write(to_jsonl([asdict(content)]))
                self._rejected += 1
                self._unread.see_rest(rejected=content.words)
                self._bad[document.file] = None
                self._unsteady += any(what in content.reason for what in (CHANGED, CAME, WENT))
                self._progress.rejected += 1
                continue
            self._used.add(document.file)
            self._progress.read += document.size
            yield document

    def _missing(self, batches: Iterator[Batch], stopping: Callable[[], bool]) -> Iterator[Batch]:
        """The batches that have no sound shard yet."""
        for batch in batches:
            if stopping():
                return
            self._seen.add(batch.name)
            self._documents += len(batch.documents)
            if batch.name not in self._shards:
                yield batch
                continue
            try:
                receipt = self._shards.checked(batch.name)
            except InputError as error:
                self._say(f"{error}; the shard is made again")
                yield batch
                continue
            if (receipt.input, receipt.settings) != (batch.digest, self._run.settings_digest):
                what = f"the documents of shard {batch.name}, from {batch.documents[0].place()} to {batch.documents[-1].place()}"
                why = "their texts, fields or ids are others, as when a new file has the name of an old one, or ids in common with it"
                said = f"{what}, are not read as when they were labelled: {why}"
                raise OtherDocumentsError(f"{self._shown}: {said}; choose another folder, or --overwrite")
            rows = receipt.rows + len(self._lost(batch.name, receipt))
            self._done += rows
            self._progress.had(rows)

    def _lost(self, name: str, receipt: Receipt) -> list[Rejected]:
        """The documents of a shard that have no label and are not tried again in a later part."""
        return [one for one in receipt.rejected if self._is_lost(name, one)]

    def _is_lost(self, name: str, one: Rejected) -> bool:
        return (one.file, one.line) not in self._later[int(name.partition("-")[0])]

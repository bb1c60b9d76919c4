"""Registry of annotation tools."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stancekit.annotations.exchange import csv, doccano, labelstudio
from stancekit.annotations.exchange.gather import Imported, Record, choose
from stancekit.annotations.items import Item
from stancekit.codebook import Codebook
from stancekit.records import Annotation


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a tool takes and gives back.

    `export` makes the content of the file that the tool imports, `records` reads the file that it exports, `config`
    makes what sets the tool up for a codebook, where there is such a file; `suffix` and `config_suffix` are the files'.
    """

    suffix: str
    export: Callable[[Sequence[Item], Sequence[Annotation], Codebook], str]
    records: Callable[[Path, Codebook], Iterator[Record]]
    config: Callable[[Codebook], str] | None = None
    config_suffix: str = ""

    def parse(self, path: Path, codebook: Codebook, annotator: str | None = None) -> Imported:
        """The labels of one annotator, chosen by name where the file says who labelled, named where it does not.

        Raises
        ------
        InputError
            The file is not of this tool, the annotator's labels or texts are not sound (every fault, each with its
            place), or it is not clear whose labels are meant.
        """
        return choose(path, self.records(path, codebook), codebook, annotator)


EXCHANGES: dict[str, Exchange] = {
    "labelstudio": Exchange(".json", labelstudio.export, labelstudio.records, labelstudio.config, ".xml"),
    "doccano": Exchange(".jsonl", doccano.export, doccano.records, doccano.config, ".labels.json"),
    "csv": Exchange(".csv", csv.export, csv.records),
}

"""Texts as token ids, in batches: rows of like length together, so that little of a batch is padding."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, list[int]]
"""Token ids of one input, with what else the encoder takes."""


def tokenize(tokenizer: Any, texts: Sequence[Sequence[str]], max_length: int) -> list[Row]:
    """One row an input; `texts` holds the first and, where the encoder reads a pair, the second text of each input.

    Where the second text is empty the first is read alone, as a pipeline of `transformers` reads an input whose `text_pair` is
    empty or left out.
    """
    import datasets

    if not len(texts[0]):
        return []

    def step(batch: dict[str, list[str]]) -> dict[str, list[list[int]]]:
        firsts, seconds = batch["first"], batch.get("second", [""] * len(batch["first"]))
        rows: dict[int, Row] = {}
        for paired in (False, True):
            if chosen := [i for i, second in enumerate(seconds) if bool(second) == paired]:
                columns = [[column[i] for i in chosen] for column in ([firsts, seconds] if paired else [firsts])]
                encoded = tokenizer(*columns, truncation="longest_first", max_length=max_length)
                rows |= {i: {key: encoded[key][place] for key in encoded} for place, i in enumerate(chosen)}
        return {key: [rows[i][key] for i in range(len(rows))] for key in rows[0]}

    rows = datasets.Dataset.from_dict(dict(zip(("first", "second"), texts, strict=False)))
    shown = datasets.utils.logging.is_progress_bar_enabled()
    datasets.disable_progress_bars()
    try:
        return list(rows.map(step, batched=True, remove_columns=rows.column_names, new_fingerprint="tokens"))
    finally:
        if shown:
            datasets.enable_progress_bars()


def padded(rows: Sequence[Row], width: int, height: int, pad: int) -> dict[str, Any]:
    """Tensors of shape (height, width); rows past the given ones are filling."""
    import torch

    batch = {key: torch.full((height, width), pad if key == "input_ids" else 0, dtype=torch.long) for key in rows[0]}
    for slot, row in enumerate(rows):
        for key, values in row.items():
            batch[key][slot, : len(values)] = torch.tensor(values)
    batch["attention_mask"][len(rows) :, 0] = 1
    return batch


def bucketed(lengths: Sequence[int], size: int) -> list[list[int]]:
    """Row numbers in batches of random order, drawn from torch's random state."""
    import torch

    shuffled = torch.randperm(len(lengths)).tolist()
    window = size * 4
    pools = [sorted(shuffled[i : i + window], key=lambda r: lengths[r]) for i in range(0, len(shuffled), window)]
    batches = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    return [batches[i] for i in torch.randperm(len(batches)).tolist()]

"""Contrastive fine-tuning of a sentence encoder on labelled pairs."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import missing_extra
from stancekit.models.encoders.pretrained import LOCAL, reading


def draw(codes: NDArray[np.int64], weights: NDArray[np.float64], count: int, seed: int) -> NDArray[np.int64]:
    """`count` row numbers: the classes in turn, within a class in proportion to the weights, (n,)."""
    generator = np.random.default_rng(seed)
    members = [np.flatnonzero(codes == code) for code in np.unique(codes)]
    shares = [weights[rows] / weights[rows].sum() for rows in members]
    turns = [i % len(members) for i in range(count)]
    return np.array([generator.choice(members[t], p=shares[t]) for t in turns], dtype=np.int64)


def pull(
    folder: Path, texts: list[str], codes: NDArray[np.int64], *, batch_size: int, learning_rate: float, max_length: int, seed: int
) -> Any:
    """The encoder of `folder`, tuned on the texts in one pass, in evaluation mode.

    Every two statements of a batch are a pair, so that a statement is encoded once for `batch_size - 1` of them: their
    cosine is to be 1 where their codes, (n,), are equal and 0 where not. A text is no pair with itself, whatever its
    codes. The caller's random states are left as they were, and nothing is written or printed.

    Raises
    ------
    MissingError
        sentence-transformers or accelerate is not installed.
    """
    try:
        import_module("accelerate")  # the trainer asks for it only once it is made
        from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
        from sentence_transformers.base.modules import Normalize, Transformer
        from sentence_transformers.sentence_transformer.losses import CosineSimilarityLoss
        from sentence_transformers.sentence_transformer.modules import Pooling
    except ModuleNotFoundError as error:
        raise missing_extra(error) or error from None
    import torch
    from datasets import Dataset
    from transformers import PrinterCallback

    class PairsOfBatch(torch.nn.Module):
        """sentence-transformers' loss of pairs over every pair of a batch. Labels are (n, 2): code and number of the text."""

        def __init__(self, model: Any) -> None:
            super().__init__()
            self.model, self.loss = model, CosineSimilarityLoss(model)

        def forward(self, features: Any, labels: Any) -> Any:
            (columns,) = features
            vectors = self.model(columns)["sentence_embedding"]
            one, other = torch.triu_indices(len(vectors), len(vectors), 1)
            two = labels[one, 1] != labels[other, 1]
            one, other = one[two], other[two]
            if not len(one):
                return vectors.sum() * 0.0
            same = (labels[one, 0] == labels[other, 0]).to(vectors.dtype)
            return self.loss.compute_loss_from_embeddings([vectors[one], vectors[other]], same)

    class Trainer(SentenceTransformerTrainer):
        """Without the model card, which would be made of examples drawn from the texts."""

        def add_model_card_callback(self, default_args_dict: dict[str, Any]) -> None:
            pass

    number = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    rows = Dataset.from_dict({"text": texts, "label": [[int(code), number[text]] for code, text in zip(codes, texts, strict=True)]})
    with reading(folder), random_states_kept(), tempfile.TemporaryDirectory() as scratch:
        torch.manual_seed(seed)
        body = Transformer(
            str(folder),
            max_seq_length=max_length,
            model_kwargs={**LOCAL, "use_safetensors": True, "dtype": torch.float32},
            processor_kwargs=dict(LOCAL),
            config_kwargs=dict(LOCAL),
        )
        model = SentenceTransformer(modules=[body, Pooling(body.get_embedding_dimension(), "mean"), Normalize()], device="cpu")
        arguments = SentenceTransformerTrainingArguments(
            output_dir=scratch,
            num_train_epochs=1,
            per_device_train_batch_size=batch_size,
            learning_rate=learning_rate,
            warmup_steps=0.1,
            seed=seed,
            use_cpu=True,
            dataloader_pin_memory=False,
            save_strategy="no",
            logging_strategy="no",
            report_to="none",
            disable_tqdm=True,
        )
        trainer = Trainer(model=model, args=arguments, train_dataset=rows, loss=PairsOfBatch(model))
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    return body.auto_model.eval()


@contextmanager
def random_states_kept() -> Iterator[None]:
    """Trainers seed Python's, numpy's and torch's generators; the caller's states are put back."""
    import torch

    plain, state = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng(devices=[]):
            yield
    finally:
        random.setstate(plain)
        np.random.set_state(state)

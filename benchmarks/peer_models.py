"""What a user would pick instead, as models of the registry: SetFit, and a classifier trained by the transformers Trainer.

Both read the text alone and do one task. They are compared, not shipped: neither saves, and neither weighs rows.
`max_length` is in tokens, by default as in the packaged encoder's own settings; its tokenizer alone would allow more.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError, MissingError
from stancekit.models.base import Inputs, TextModel, Weights
from stancekit.models.encoders.contrastive_training import random_states_kept
from stancekit.models.encoders.encode import quiet_transformers
from stancekit.models.encoders.weights import PACKAGED, resolve_weights
from stancekit.models.params import Count, Natural, Positive, Template
from stancekit.models.templates import render

PEERS = {"setfit": "peer_models:SetFit", "trainer": "peer_models:PlainTrainer"}
"""Model type → `module:Class`, to be added to the registry."""


class Peer(TextModel):
    """What the two share: one label alone, which neither can train on, is always said."""

    template: str

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:  # noqa: ARG002
        if weights is not None:
            raise InputError("sample_weight", "is not what SetFit or the Trainer take")
        self.classes_ = np.unique(y)
        if len(self.classes_) > 1:
            with quiet(), tempfile.TemporaryDirectory() as scratch:
                self._train(render(self.template, X), y, scratch)

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        if len(self.classes_) == 1 or not len(X):
            return np.ones((len(X), len(self.classes_)))
        with quiet():
            return self._scores(render(self.template, X))

    def _train(self, texts: list[str], labels: NDArray[np.str_], scratch: str) -> None:
        raise NotImplementedError

    def _scores(self, texts: list[str]) -> NDArray[np.float64]:
        raise NotImplementedError


class SetFit(Peer):
    """SetFit with `num_iterations=10` and otherwise its own defaults: one epoch of pairs in batches of 16, logistic regression.

    The settings that silence it change no number.

    References
    ----------
    Tunstall et al. (2022), Efficient few-shot learning without prompts, arXiv:2209.11055.
    """

    model_type = "setfit"

    def __init__(
        self,
        template: Template = "{text}",
        encoder: str = PACKAGED,
        num_iterations: Count = 10,
        max_length: Count = 256,
        seed: Natural = 0,
    ) -> None:
        self.template = template
        self.encoder = encoder
        self.num_iterations = num_iterations
        self.max_length = max_length
        self.seed = seed

    def _train(self, texts: list[str], labels: NDArray[np.str_], scratch: str) -> None:
        try:
            import setfit
        except ModuleNotFoundError:
            raise MissingError("SetFit is not installed: make bench-peers installs it, or pip install 'stancekit[peers]'") from None
        from datasets import Dataset
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.base.modules import Normalize, Transformer
        from sentence_transformers.sentence_transformer.modules import Pooling
        from sklearn.linear_model import LogisticRegression
        from transformers import PrinterCallback

        setfit.logging.set_verbosity_error()
        folder = str(resolve_weights(self.encoder))
        body = Transformer(folder, max_seq_length=self.max_length, model_kwargs={"local_files_only": True})
        network = SentenceTransformer(modules=[body, Pooling(body.get_embedding_dimension(), "mean"), Normalize()], device="cpu")
        arguments = setfit.TrainingArguments(
            output_dir=scratch,
            num_iterations=self.num_iterations,
            seed=self.seed,
            save_strategy="no",
            logging_strategy="no",
            report_to="none",
            show_progress_bar=False,
        )
        self.model_ = setfit.SetFitModel(network, LogisticRegression())
        rows = Dataset.from_dict({"text": texts, "label": labels.tolist()})
        trainer = setfit.Trainer(self.model_, arguments, train_dataset=rows)
        trainer.st_trainer.args.dataloader_pin_memory = False  # it warns where there is no accelerator
        trainer.remove_callback(PrinterCallback)
        trainer.train()

    def _scores(self, texts: list[str]) -> NDArray[np.float64]:
        proba = np.asarray(self.model_.predict_proba(texts, as_numpy=True), dtype=np.float64)  # columns sorted by label
        return np.asarray(proba / proba.sum(axis=1, keepdims=True))  # it computes them in single precision


class PlainTrainer(Peer):
    """`AutoModelForSequenceClassification` under `Trainer`, with nothing added.

    Learning rate and epochs are the largest that the authors of BERT recommend for fine-tuning, because a hundred
    rows make few steps; the Trainer's own defaults (5e-5, three epochs) are a shorter run of the same.

    References
    ----------
    Devlin et al. (2019), BERT, NAACL, appendix A.3, doi:10.18653/v1/N19-1423.
    """

    model_type = "trainer"

    def __init__(
        self,
        template: Template = "{text}",
        encoder: str = PACKAGED,
        epochs: Count = 4,
        batch_size: Count = 16,
        learning_rate: Positive = 5e-5,
        max_length: Count = 256,
        seed: Natural = 0,
    ) -> None:
        self.template = template
        self.encoder = encoder
        self.epochs = epochs
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.max_length = max_length
        self.seed = seed

    def _train(self, texts: list[str], labels: NDArray[np.str_], scratch: str) -> None:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer, PrinterCallback, Trainer, TrainingArguments, set_seed

        folder, codes = resolve_weights(self.encoder), np.searchsorted(self.classes_, labels)
        set_seed(self.seed)  # before the head is drawn
        here = {"local_files_only": True, "trust_remote_code": False}
        tokenizer = AutoTokenizer.from_pretrained(folder, **here)
        network = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=len(self.classes_), **here)
        arguments = TrainingArguments(
            output_dir=scratch,
            num_train_epochs=self.epochs,
            per_device_train_batch_size=self.batch_size,
            learning_rate=self.learning_rate,
            weight_decay=0.01,
            seed=self.seed,
            use_cpu=True,
            dataloader_pin_memory=False,
            save_strategy="no",
            logging_strategy="no",
            report_to="none",
            disable_tqdm=True,
        )
        rows = self._rows(texts, tokenizer, codes.tolist())
        self.trainer_ = Trainer(model=network, args=arguments, train_dataset=rows, processing_class=tokenizer)
        self.trainer_.remove_callback(PrinterCallback)
        self.trainer_.train()

    def _scores(self, texts: list[str]) -> NDArray[np.float64]:
        from scipy.special import softmax

        logits = self.trainer_.predict(self._rows(texts, self.trainer_.processing_class)).predictions
        return np.asarray(softmax(logits.astype(np.float64), axis=1))

    def _rows(self, texts: list[str], tokenizer: Any, codes: list[int] | None = None) -> Any:
        from datasets import Dataset

        columns = dict(tokenizer(texts, truncation=True, max_length=self.max_length))
        return Dataset.from_dict(columns if codes is None else {**columns, "label": codes})


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing is shown, and the caller's random states are put back."""
    from datasets.utils.logging import disable_progress_bar, enable_progress_bar, is_progress_bar_enabled

    shown = is_progress_bar_enabled()
    disable_progress_bar()
    try:
        with quiet_transformers(), random_states_kept():
            yield
    finally:
        if shown:
            enable_progress_bar()

"""The fine-tuned transformer: training against a plain loop, rates by layer, early stopping, several seeds, both ways to disk."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from stancekit.duplicates import repeats
from stancekit.models.encoders.embedding import Embedding
from stancekit.models.encoders.encode import mean_pool
from stancekit.models.encoders.pretrained import read_tokenizer
from stancekit.models.transformer import Transformer, training
from stancekit.models.transformer.held_out import held_out
from stancekit.models.transformer.network import depth, load_network
from stancekit.records import ModelInput

WORDS = ["the", "union", "said", "report", "grades", "start", "delay", "stress", "court", "vote", "will", "not", "good", "bad"]


def rows(n: int, seed: int = 0) -> tuple[list[ModelInput], list[str], list[str]]:
    """Invented statements of random words: `bad` where they say bad. The third is the article."""
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(WORDS, 8)) for _ in range(n)]
    return [ModelInput(t, target="the report") for t in texts], ["bad" if "bad" in t.split() else "good" for t in texts], [
        f"a{i % 4}" for i in range(n)
    ]  # fmt: skip


def test_probabilities_are_those_of_a_head_on_the_mean_of_the_tokens(tiny_encoder: str) -> None:
    X, y, _ = rows(6)
    model = Transformer(encoder=tiny_encoder, epochs=1).fit(X, y)
    tokens = read_tokenizer(Path(tiny_encoder))([x.text for x in X], padding=True, return_tensors="pt")
    with torch.inference_mode():
        pooled = mean_pool(model.networks_[0]["encoder"](**tokens).last_hidden_state, tokens["attention_mask"])
        np.testing.assert_allclose(model.predict_proba(X), model.networks_[0]["heads"][0](pooled).double().softmax(1), atol=1e-6)


def test_balanced_classes_weigh_1_on_average() -> None:
    targets = np.array([[0], [0], [0], [0], [1], [1]])
    found = training.Data.of([{}] * 6, targets, None, [2], balanced=True, pad=0).class_weights[0]
    np.testing.assert_allclose(found, [6 / (2 * 4), 6 / (2 * 2)])


def test_a_step_is_that_of_torch(tiny_encoder: str) -> None:
    """The encoder's own dropout switched off, three steps of a plain loop end at the same weights."""
    X, y, _ = rows(6)
    tokenizer = read_tokenizer(Path(tiny_encoder))
    tokens = [dict(tokenizer(x.text)) for x in X]
    targets = np.array([[int(label == "good")] for label in y])
    schedule = Transformer(epochs=3, batch_size=6, learning_rate=1e-2, head_learning_rate=1e-1, dropout=0.0)
    networks = []
    for _ in range(2):
        torch.manual_seed(0)
        networks.append(load_network(Path(tiny_encoder), [2]))
        for module in networks[-1].modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0
    data = training.Data.of(tokens, targets, None, [2], balanced=False, pad=0)
    assert list(training.train(networks[0], data, schedule, 3)) == [1, 2, 3]
    plain = networks[1].train()
    optimizer = torch.optim.AdamW(
        [{"params": plain["encoder"].parameters(), "lr": 1e-2}, {"params": plain["heads"].parameters(), "lr": 1e-1}], weight_decay=0.01
    )
    rates = [g["lr"] for g in optimizer.param_groups]
    batch = tokenizer([x.text for x in X], padding=True, return_tensors="pt")
    for factor in (1.0, 1.0, 0.5):  # total 3, one step of warming up, then linearly down to 0
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        optimizer.zero_grad()
        hidden = plain["encoder"](**batch).last_hidden_state
        torch.nn.functional.cross_entropy(plain["heads"][0](hidden.mean(1)), torch.tensor(targets[:, 0])).backward()
        torch.nn.utils.clip_grad_norm_(plain.parameters(), 1.0)
        optimizer.step()
    assert len({len(t["input_ids"]) for t in tokens}) == 1  # all of one length, or the mean would count padding
    for (name, ours), theirs in zip(networks[0].named_parameters(), networks[1].parameters(), strict=True):
        torch.testing.assert_close(ours, theirs, atol=2e-5, rtol=1e-4, msg=name)


def test_layers_learn_at_decaying_rates_and_frozen_ones_not_at_all(tiny_encoder: str) -> None:
    network = load_network(Path(tiny_encoder), [2])
    groups = training._rates(network, Transformer(layer_decay=0.5))
    rate = {id(p): g["lr"] for g in groups for p in g["params"]}
    by_name = {name: rate[id(p)] for name, p in network.named_parameters()}
    assert by_name["encoder.embeddings.word_embeddings.weight"] == 1e-4 / 4
    assert by_name["encoder.encoder.layer.0.output.dense.bias"] == 1e-4 / 2
    assert by_name["encoder.encoder.layer.1.output.dense.bias"] == by_name["encoder.pooler.dense.bias"] == 1e-4
    assert by_name["heads.0.weight"] == 1e-3
    frozen = load_network(Path(tiny_encoder), [2])
    training._rates(frozen, Transformer(freeze=1))
    assert {name.split(".")[2] for name, p in frozen.named_parameters() if not p.requires_grad} == {
        "word_embeddings", "position_embeddings", "token_type_embeddings", "LayerNorm", "layer",
    }  # fmt: skip
    assert all(p.requires_grad == ("layer.0." not in name) for name, p in frozen.named_parameters() if ".layer." in name)


def test_the_depth_of_a_parameter_whatever_the_architecture_calls_it() -> None:
    names = ["embeddings.LayerNorm.bias", "encoder.layer.0.a", "transformer.layer.5.b", "layers.3.mlp.c", "h.11.d", "pooler.dense.bias"]
    assert [depth(name, 12) for name in names] == [0, 1, 6, 4, 12, 13]


def test_a_decay_of_one_one_seed_and_no_stopping_change_nothing(tiny_encoder: str) -> None:
    X, y, groups = rows(20)
    plain = Transformer(encoder=tiny_encoder, epochs=2).fit(X, y).predict_proba(X)
    assert Transformer(encoder=tiny_encoder, epochs=2).fit(X, y, groups=groups).predict_proba(X).tobytes() == plain.tobytes()
    assert Transformer(encoder=tiny_encoder, epochs=2, layer_decay=0.5).fit(X, y).predict_proba(X).tobytes() != plain.tobytes()


def test_several_seeds_are_averaged_and_no_seed_is_used_twice(tiny_encoder: str, tmp_path: Path) -> None:
    X, y, _ = rows(12)

    def one(seed: int) -> Any:
        return Transformer(encoder=tiny_encoder, epochs=1, seed=seed).fit(X, y).predict_proba(X)

    for seed in (0, 1):
        model = Transformer(encoder=tiny_encoder, epochs=1, n_seeds=2, seed=seed).fit(X, y)
        expected = (one(2 * seed) + one(2 * seed + 1)) / 2
        np.testing.assert_array_equal(model.predict_proba(X), expected)
    model.save(tmp_path / "model")
    assert Transformer.load(tmp_path / "model").predict_proba(X).tobytes() == expected.tobytes()
    assert {p.name for p in (tmp_path / "model").iterdir() if p.is_dir()} == {"seed0", "seed1"}


def test_what_is_held_out_is_whole_articles_and_nothing_repeats_it() -> None:
    X, _, groups = rows(40)
    X[1] = ModelInput(X[0].text)  # an article's press release, again in another
    rest, out = held_out(X, groups, ["text"], 0.25, 0) or (np.array([]), np.array([]))
    assert len({groups[i] for i in out}) == 1
    assert not {groups[i] for i in out} & {groups[i] for i in rest}
    assert not any(repeats(X[i].text, X[j].text) for i in rest for j in out)
    assert len(rest) + len(out) == 40 - ({0, 1} & set(out.tolist()) != set())
    for share, n in [(0.25, 10), (0.3, 20), (0.99, 30)]:
        assert len((held_out(X, groups, ["text"], share, 3) or ([], []))[1]) == n


def test_without_articles_repeats_are_held_out_together() -> None:
    X, _, _ = rows(20)
    X += X
    for seed in range(5):
        rest, out = held_out(X, None, ["text"], 0.2, seed) or (np.array([]), np.array([]))
        assert {i % 20 for i in out} & {i % 20 for i in rest} == set()
        assert len(out) == 8
        assert len(rest) == 32
    assert held_out(X[:1], None, ["text"], 0.2, 0) is None
    assert held_out([X[0], X[0]], ["a", "b"], ["text"], 0.2, 0) is None


def test_it_stops_at_the_lowest_held_out_loss_and_trains_again_on_every_row(tiny_encoder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    X, y, groups = rows(16)
    losses = iter([3.0, 2.0, 2.5, 2.2, 1.0])
    seen: list[int] = []
    original = training.train

    def spy(network: Any, data: training.Data, schedule: Transformer, epochs: int) -> Any:
        seen.append(len(data.tokens))
        return original(network, data, schedule, epochs)

    monkeypatch.setattr(training, "log_loss", lambda *_: next(losses))
    monkeypatch.setattr(training, "train", spy)
    monkeypatch.setattr("stancekit.models.transformer.model.train", spy)
    model = Transformer(encoder=tiny_encoder, epochs=8, early_stopping=0.2, patience=2).fit(X, y, groups=groups)
    assert model.chosen_ == {"epochs": 2, "of": 8, "held_out": 4}
    assert next(losses) == 1.0  # two epochs without a lower loss ended the trial
    assert seen == [12, 16]


def test_the_loss_is_scikit_learns(tiny_encoder: str) -> None:
    from sklearn.metrics import log_loss

    X, y, _ = rows(10)
    model = Transformer(encoder=tiny_encoder, epochs=1).fit(X, y)
    targets = np.array([[int(label == "good")] for label in y])
    weights = np.linspace(0.5, 2, 10)
    data = training.Data.of(model._tokenize(X), targets, weights, [2], balanced=True, pad=0)
    row_weights = weights / weights.mean() * data.class_weights[0].numpy()[targets[:, 0]]
    expected = log_loss(targets[:, 0], model.predict_proba(X), sample_weight=row_weights)
    assert math.isclose(training.log_loss(model.networks_[0], data), expected, rel_tol=1e-6)


def test_its_folder_is_an_encoder_like_any_other(tiny_encoder: str, tmp_path: Path) -> None:
    X, y, _ = rows(12)
    first = Transformer(encoder=tiny_encoder, epochs=1).fit(X, y)
    first.save(tmp_path / "first")
    saved = load_file(tmp_path / "first" / "encoder" / "model.safetensors")
    torch.testing.assert_close(saved["bert.encoder.layer.1.output.dense.weight"],
                               first.networks_[0]["encoder"].encoder.layer[1].output.dense.weight.detach())  # fmt: skip
    frozen = Embedding(encoder=str(tmp_path / "first")).fit(X, y)
    tuned = Transformer(encoder=str(tmp_path / "first"), epochs=1).fit(X, y)
    assert frozen.predict_proba(X).tobytes() != Embedding(encoder=tiny_encoder).fit(X, y).predict_proba(X).tobytes()
    assert tuned.predict_proba(X).tobytes() == Transformer(encoder=str(tmp_path / "first" / "encoder"), epochs=1).fit(X, y).predict_proba(
        X
    ).tobytes()  # fmt: skip


def test_the_callers_random_state_is_left_alone(tiny_encoder: str, tmp_path: Path) -> None:
    X, y, groups = rows(12)
    torch.manual_seed(1)
    before = torch.random.get_rng_state()
    Transformer(encoder=tiny_encoder, epochs=1, early_stopping=0.3).fit(X, y, groups=groups).save(tmp_path / "model")
    Transformer.load(tmp_path / "model").predict_proba(X)
    assert torch.equal(torch.random.get_rng_state(), before)

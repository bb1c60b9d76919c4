"""Recipes are checked before anything is trained; what shows only in training is said with its recipe and fold."""

from pathlib import Path
from typing import Any

import pytest
from labelled import PLAIN, config, rows, write

from stancekit.errors import InputError, MissingError
from stancekit.experiment import load_experiment, run
from stancekit.models.linear.tfidf import Tfidf

MEMBERS = "members: {a: {model: majority}, b: {model: tfidf}}"
NO_WORDS = "labels: {a: favor, b: against, c: none}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "train.jsonl", rows(40, 1))
    write(tmp_path / "test.jsonl", rows(20, 2))
    return tmp_path


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        (f"{{model: ensemble, params: {{{MEMBERS}, weights: {{a: 1, c: 1}}}}}}", "weights: are of a, c; each member needs one"),
        (f"{{model: ensemble, params: {{{MEMBERS}, weights: {{a: 0, b: 0}}}}}}", "they can't all be 0"),
        (f"{{model: ensemble, params: {{{MEMBERS}, weights: {{a: 1, b: 1}}, combine: stack}}}}", "are chosen by `combine: stack`"),
        ("{model: tfidf, params: {words: null, chars: null}}", "with neither words nor chars"),
        ("{model: tfidf, params: {words: null}, tune: {chars: [[2, 3], null]}, per_target: true}", "with neither words nor chars"),
    ],
)
def test_parameters_that_contradict_each_other_are_refused_before_data_are_read(tmp_path: Path, recipe: str, message: str) -> None:
    path = config(tmp_path, f"{PLAIN}  wrong: {recipe}\n")
    with pytest.raises(InputError, match=rf"config\.yaml:11: recipe 'wrong': .*{message}"):
        load_experiment(path)


@pytest.mark.parametrize(
    ("recipe", "within"),
    [
        ("{model: lexicon}", ""),
        ("{model: ensemble, params: {members: {a: {model: lexicon}}}, per_target: true}", "the model of each target: member 'a': "),
    ],
)
def test_words_of_labels_that_have_none_are_refused_before_training(folder: Path, recipe: str, within: str) -> None:
    text = f"{PLAIN}  wrong: {recipe}\n".replace("labels: [favor, against, none]", NO_WORDS).replace("[favor, against]", "[a, b]")
    with pytest.raises(InputError, match=rf"config\.yaml:11: recipe 'wrong': {within}model type 'lexicon': no label of .* has keywords"):
        load_experiment(config(folder, text))
    assert load_experiment(config(folder, text.replace("model: lexicon", "model: lexicon, params: {lexicon: vader}")))


@pytest.mark.parametrize("error", [InputError("here", "is wrong"), MissingError("this needs more")])
def test_an_error_in_a_fold_names_recipe_and_fold(folder: Path, monkeypatch: pytest.MonkeyPatch, error: InputError | MissingError) -> None:
    experiment = load_experiment(config(folder, PLAIN))

    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(Tfidf, "fit", fail)
    with pytest.raises(type(error), match=rf"config\.yaml, recipe tfidf · official · seed 0 · test \(40 train, 20 test\): {error}"):
        run(experiment, folder / "out")

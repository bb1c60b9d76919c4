"""`run` and `train` over labelled rows in a folder of their own."""

import json
from pathlib import Path
from textwrap import indent

import pytest
from typer.testing import CliRunner

from stancekit.cli.main import app
from stancekit.errors import InputError
from stancekit.experiment import load_experiment
from stancekit.models.saved import load_model

CONFIG = """\
name: mine
data: {train: train.jsonl, test: test.csv}
default: tfidf
recipes: {tfidf: {model: tfidf}}
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "mine.yaml").write_text(CONFIG)
    data = tmp_path / "data"
    data.mkdir()
    said = [("a good plan", "favor"), ("a bad plan", "against"), ("build it", "favor"), ("stop it", "against")]
    (data / "train.jsonl").write_text("".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in said))
    (data / "test.csv").write_text("text,label\ngood,favor\nbad,against\n")
    return tmp_path / "mine.yaml", data


def test_the_folder_of_the_data_is_an_option(folders: tuple[Path, Path], tmp_path: Path) -> None:
    config, data = folders
    done = CliRunner().invoke(app, ["train", str(config), "--data", str(data), "--out", str(tmp_path / "model")])
    assert done.exit_code == 0
    assert "training tfidf on 4 statements" in done.output
    done = CliRunner().invoke(app, ["train", str(config), "--data", str(data), "--recipe", "nope", "--out", str(tmp_path / "other")])
    assert isinstance(done.exception, InputError)
    assert "training" not in done.output
    assert load_model(tmp_path / "model").predict(["a good plan"]) == [{"stance": "favor"}]


def test_without_it_data_are_looked_for_beside_the_config(folders: tuple[Path, Path], tmp_path: Path) -> None:
    config, _ = folders
    done = CliRunner().invoke(app, ["run", str(config), "--out", str(tmp_path / "run")])
    assert "--data DIR" in str(done.exception)


def test_packaged_recipes_are_listed_and_printed_to_paste(folders: tuple[Path, Path], tmp_path: Path) -> None:
    listed = CliRunner().invoke(app, ["recipes"]).output
    assert "default              ensemble     masked, actor_kind\n  params:\n    members:\n" in listed
    assert "majority             majority     the labels alone\n" in listed
    pasted = CliRunner().invoke(app, ["recipes", "tfidf"]).output
    config, data = folders
    config.write_text(CONFIG.partition("recipes:")[0] + "recipes:\n" + indent(pasted, "  "))
    assert load_experiment(config, data).config.recipes["tfidf"].params == {
        "template": "{text}",
        "words": [1, 2],
        "chars": [2, 5],
        "C": 1.0,
    }
    with pytest.raises(InputError, match="no packaged recipe is called 'defualt' - did you mean 'default'"):
        CliRunner().invoke(app, ["recipes", "defualt"], catch_exceptions=False)

"""Groups that some rows lack and fields that all lack are said, with what to do, before anything is trained."""

from pathlib import Path

import pytest
from labelled import config, rows, write

from stancekit.errors import InputError
from stancekit.experiment import load_experiment
from stancekit.experiment.run import train
from stancekit.models.saved import load_model

CONFIG = "name: m\ndata: {train: train.jsonl}\ndefault: m\nrecipes: {m: RECIPE}\n"


def topics(folder: Path) -> None:
    """Rows whose target is called otherwise."""
    made = [{**row, "label": row["label"].lower(), "topic": row["target"]} for row in rows(20, 1)]
    write(folder / "train.jsonl", [{key: row[key] for key in ("id", "text", "label", "topic")} for row in made])


READING = [
    ("{model: tfidf, per_target: true}", "target"),
    ('{model: tfidf, params: {template: "{target}: {text}"}}', "target"),
    ('{model: tfidf, params: {template: "{context} {text}"}, calibrate: temperature}', "context"),
    ('{model: ensemble, params: {members: {a: {model: majority}, b: {model: tfidf, params: {template: "{holder}"}}}}}', "holder"),
    ("{model: actor}", "holder"),
]


@pytest.mark.parametrize(("recipe", "field"), READING)
def test_a_field_that_a_recipe_reads_and_no_row_has_is_refused(tmp_path: Path, recipe: str, field: str) -> None:
    topics(tmp_path)
    message = (
        rf"config\.yaml:4: recipe 'm' reads '{field}', which no row has: train\.jsonl has no column '{field}'.*; "
        rf"it has 'id', 'text', 'label', 'topic'; say which holds the {field}: `columns: {{{field}: NAME}}` in the config"
    )
    with pytest.raises(InputError, match=message):
        load_experiment(config(tmp_path, CONFIG.replace("RECIPE", recipe)))
    named = CONFIG.replace("RECIPE", recipe).replace("train.jsonl", f"train.jsonl, columns: {{{field}: topic}}")
    assert load_experiment(config(tmp_path, named)).notes == ()


def test_a_separator_that_the_fields_asked_for_do_not_tell_is_found_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "train.csv").write_text("text;label;topic\na;x;t\nb;y;t\n")
    text = CONFIG.replace("RECIPE", READING[0][0]).replace("jsonl", "csv")
    with pytest.raises(InputError, match="it has 'text', 'label', 'topic'"):
        load_experiment(config(tmp_path, text))


def test_a_column_that_is_there_and_empty_is_refused_unless_it_was_asked_for(tmp_path: Path) -> None:
    made = [{"text": f"text {i}", "label": "xy"[i % 2], "context": None, "before": ""} for i in range(8)]
    write(tmp_path / "train.jsonl", made)
    text = CONFIG.replace("RECIPE", READING[2][0])
    with pytest.raises(InputError, match=r"recipe 'm' reads 'context', which no row has: the column 'context' is not there, or empty"):
        load_experiment(config(tmp_path, text))
    asked = text.replace("train.jsonl", "train.jsonl, columns: {context: before}")
    assert load_experiment(config(tmp_path, asked)).notes == ("recipe 'm' reads 'context', and the column 'before' is empty in every row",)


def test_one_target_for_all_rows_is_one(tmp_path: Path) -> None:
    topics(tmp_path)
    text = CONFIG.replace("RECIPE", READING[0][0]).replace("train.jsonl", "train.jsonl, target: the bridge")
    assert {e.input.target for e in load_experiment(config(tmp_path, text)).dataset.examples} == {"the bridge"}


@pytest.mark.parametrize("lacking", [{}, {"group": None}, {"group": " "}])
def test_groups_that_one_row_lacks_are_refused(tmp_path: Path, lacking: dict[str, str | None]) -> None:
    made = [{"text": f"text {i}", "label": "xy"[i % 2], "group": f"g{i // 4}"} for i in range(40)]
    path = config(tmp_path, CONFIG.replace("RECIPE", "{model: majority}"))
    write(tmp_path / "train.jsonl", made)
    assert load_experiment(path).config.schemes == ["groups"]
    del made[6]["group"]
    made[6] |= lacking  # type: ignore[arg-type]
    write(tmp_path / "train.jsonl", made)
    with pytest.raises(InputError, match=r"train\.jsonl:7: 'group' is missing or empty, and 39 of 40 training rows have one; give each"):
        load_experiment(path)


def test_blank_groups_are_none(tmp_path: Path) -> None:
    write(tmp_path / "train.jsonl", [{"text": f"text {i}", "label": "xy"[i % 2], "group": " "} for i in range(8)])
    loaded = load_experiment(config(tmp_path, CONFIG.replace("RECIPE", "{model: majority}")))
    assert loaded.config.schemes == ["kfold"]
    assert len(set(loaded.dataset.article_ids)) == 8


def test_a_model_remembers_the_columns_of_its_config(tmp_path: Path) -> None:
    topics(tmp_path)
    text = CONFIG.replace("RECIPE", "{model: majority}").replace(
        "train.jsonl", "train.jsonl, columns: {target: topic, label: label, text: text}"
    )
    train(load_experiment(config(tmp_path, text)), "m", tmp_path / "model")
    assert load_model(tmp_path / "model").columns == {"target": "topic"}

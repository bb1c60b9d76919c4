"""Configs that extend others and name packaged recipes: what is merged, where a fault is said to be, what the shipped ones come to."""

import json
from pathlib import Path
from typing import Any

import pytest
from labelled import rows, write

from stancekit.errors import InputError
from stancekit.experiment import load_experiment
from stancekit.experiment.config import ArticleConfig, Recipe
from stancekit.experiment.provenance import provenance_of
from stancekit.experiment.recipes import reads_of
from stancekit.experiment.resolve import MAX_EXTENDED, PACKAGED, resolve
from stancekit.io import strict_yaml

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
PACKED = strict_yaml.load(PACKAGED).data
TFIDF = PACKED["tfidf"]["params"]


def resolved(folder: Path, own: str, base: str = "") -> Any:
    (folder / "base.yaml").write_text(base)
    (folder / "own.yaml").write_text(own)
    return resolve(folder / "own.yaml").data


@pytest.mark.parametrize("name", PACKED)
def test_a_packaged_recipe_is_sound(name: str) -> None:
    assert isinstance(reads_of(Recipe(**PACKED[name]), "{text}"), tuple)


@pytest.mark.parametrize(
    ("recipes", "found"),
    [
        ("[tfidf, majority]", {"tfidf": PACKED["tfidf"], "majority": PACKED["majority"]}),
        ("[tfidf, mine: tfidf]", {"tfidf": PACKED["tfidf"], "mine": PACKED["tfidf"]}),
        ("{mine: tfidf}", {"mine": PACKED["tfidf"]}),
        ("[mine: {recipe: tfidf, params: {C: 2.0}}]", {"mine": {"model": "tfidf", "params": TFIDF | {"C": 2.0}}}),
        ("{mine: {recipe: tfidf, params: {words: null}}}", {"mine": {"model": "tfidf", "params": TFIDF | {"words": None}}}),
        ("{mine: {recipe: tfidf, params: {words: [1]}}}", {"mine": {"model": "tfidf", "params": TFIDF | {"words": [1]}}}),
        ("{mine: {recipe: majority, per_target: true}}", {"mine": {"model": "majority", "per_target": True}}),
        ("{mine: {model: tfidf}}", {"mine": {"model": "tfidf"}}),
    ],
)
def test_packaged_recipes_are_taken_by_name_and_changed_by_key(tmp_path: Path, recipes: str, found: dict[str, Any]) -> None:
    made = resolved(tmp_path, f"recipes: {recipes}\n")["recipes"]
    assert (made, list(made)) == (found, list(found))


def test_a_change_reaches_into_nested_parameters_and_a_named_model_replaces_a_member(tmp_path: Path) -> None:
    change = "{weights: {who: 1}, members: {words: {model: majority}, who: {params: {smoothing: 2.0}}}}"
    made = resolved(tmp_path, f"recipes: {{mine: {{recipe: default, params: {change}}}}}\n")["recipes"]["mine"]["params"]
    packed = PACKED["default"]["params"]
    assert made["weights"] == packed["weights"] | {"who": 1}
    assert made["members"] == packed["members"] | {
        "words": {"model": "majority"},
        "who": {"model": "actor", "params": packed["members"]["who"]["params"] | {"smoothing": 2.0}},
    }


@pytest.mark.parametrize(
    ("base", "own", "found"),
    [
        ("{a: 1, b: 2}", "{b: 3, c: 4}", {"a": 1, "b": 3, "c": 4}),
        ("{a: {x: 1, z: 2}}", "{a: {z: 3}}", {"a": {"x": 1, "z": 3}}),
        ("{a: [1, 2]}", "{a: [3]}", {"a": [3]}),
        ("{a: {x: 1}}", "{a: [3]}", {"a": [3]}),
        ("{a: {x: 1}}", "{a: null}", {"a": None}),
        ("{recipes: {m: {model: a, per_target: true}}}", "{recipes: {m: {params: {d: 1}}}}",
         {"recipes": {"m": {"model": "a", "per_target": True, "params": {"d": 1}}}}),
        ("{recipes: {m: {model: a, per_target: true}, k: {model: b}}}", "{recipes: {m: {model: c}}}",
         {"recipes": {"m": {"model": "c"}, "k": {"model": "b"}}}),
        ("{recipes: {m: {model: a}, k: {model: b}}}", "{recipes: {m: null}}", {"recipes": {"k": {"model": "b"}}}),
        ("{recipes: {m: {model: a}}}", "{recipes: [k: {model: b}]}", {"recipes": {"k": {"model": "b"}}}),
        ("{recipes: [majority]}", "{recipes: {majority: {per_target: true}}}",
         {"recipes": {"majority": {"model": "majority", "per_target": True}}}),
        ("{recipes: [majority]}", "{recipes: {majority: null, m: {model: b}}}", {"recipes": {"m": {"model": "b"}}}),
    ],
)  # fmt: skip
def test_own_keys_stand_over_those_of_the_config_that_is_extended(tmp_path: Path, base: str, own: str, found: dict[str, Any]) -> None:
    assert resolved(tmp_path, own.replace("{", "{extends: base.yaml, ", 1), base) == found


OWN = """\
extends: base.yaml
name: mine
recipes:
  - tfidf
  - mine: {recipe: tfidf, params: {C: 1.0}}
"""
BASE = """\
data: {train: train.jsonl}
baselines: []
default: tfidf
recipes: {other: {model: majority}}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("baselines: []", "baselines: [nobody]", r"base\.yaml:2: no recipe is called 'nobody'"),
        ("baselines: []", "baseline: []", r"base\.yaml:2: unknown key 'baseline' - did you mean 'baselines'"),
        ("train.jsonl", "none.jsonl", r"base\.yaml:1: .*none\.jsonl: no such file"),
        ("C: 1.0", "C: big", r"own\.yaml:5: recipe 'mine': .*'C' is 'big'"),
        ("params: {C", "parms: {C", r"own\.yaml:5: unknown key 'recipes\.mine\.parms' - did you mean 'params'"),
        ("- tfidf", "- tfdif", r"own\.yaml:4: no packaged recipe is called 'tfdif' - did you mean 'tfidf'\? \(allowed: majority, "),
        ("recipe: tfidf", "recipe: [1]", r"own\.yaml:5: no packaged recipe is called '\[1\]'"),
        ("recipe: tfidf", "recipe: tfidf, model: tfidf", r"own\.yaml:5: has both a `model` and the packaged `recipe`"),
        ("- tfidf", "- mine: tfidf", r"own\.yaml:5: recipes\.1: the recipe 'mine' occurs twice"),
        ("- tfidf", "- 5", r"own\.yaml:4: recipes\.0: should be the name of a packaged recipe, or NAME: RECIPE"),
        ("- tfidf", "- tfidf\n  - default", r"own\.yaml:5: the name 'default' is kept .* say `default: default`"),
        ("- tfidf\n", "- tfidf: null\n", r"own\.yaml:4: recipes\.tfidf: should be a mapping"),
        ("base.yaml", "none.yaml", r"own\.yaml:1: extends 'none\.yaml': .*none\.yaml: no such file"),
        ("base.yaml", "5", r"own\.yaml:1: `extends` should be the path of one config"),
        ("base.yaml", "[base.yaml]", r"own\.yaml:1: `extends` should be the path of one config"),
        ("base.yaml", ".", r"own\.yaml:1: extends '\.': .*: is a folder, not a config"),
        (OWN[OWN.index("recipes:"):], "recipes: majority", r"own\.yaml:3: recipes: .* `recipes: \[majority\]`"),
        ("recipe: tfidf, params: {C: 1.0}", "recipe: default, params: {weights: {a: 1}}",
         r"own\.yaml:5: recipe 'mine': weights: are of .*, who, a; each member needs one"),
        ("default: tfidf", "default: other", r"base\.yaml:3: no recipe is called 'other'; `default` is inherited, .* of .*own\.yaml:3"),
        ("base.yaml", "own.yaml", r"own\.yaml:1: extends 'own\.yaml', which extends this file in turn"),
        ("data:", "extends: own.yaml\ndata:", r"base\.yaml:1: extends 'own\.yaml', which extends this file in turn"),
        (BASE, "[1]", r"base\.yaml:1: is extended, and holds no mapping"),
        ("default: tfidf", "default: {stance: nobody}", r"base\.yaml:3: no recipe is called 'nobody'"),
        ("default: tfidf", "default: {tone: tfidf}", r"base\.yaml:3: `default` .* '(tone|stance)'"),
        ("default: tfidf", "default: {stance: tfidf, tone: tfidf}", r"is by task, and these data have no task 'tone' \(allowed: stance\)"),
        ("default: tfidf", "default: {}", r"base\.yaml:3: default: .*at least 1"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_the_file_and_line_where_it_stands(tmp_path: Path, old: str, new: str, message: str) -> None:
    write(tmp_path / "train.jsonl", rows(40, 1))
    for name, text in (("own.yaml", OWN), ("base.yaml", BASE)):
        (tmp_path / name).write_text(text.replace(old, new))
    with pytest.raises(InputError, match=message):
        load_experiment(tmp_path / "own.yaml")


@pytest.mark.parametrize(
    ("base", "own", "elsewhere", "found"),
    [
        ("{train: a.csv, dev: /d.csv, codebook: ../c.yaml}", "{test: t.csv}", False,
         {"train": "sub/a.csv", "dev": "/d.csv", "codebook": "sub/../c.yaml", "test": "t.csv"}),
        ("{articles: a, passes: [p, q], actors: who.yaml}", "{articles: b}", False,
         {"articles": "b", "passes": ["sub/p", "sub/q"], "actors": "sub/who.yaml"}),
        ("{train: a.csv, test: {rw: x.csv, mt: y.csv}}", "{test: {mt: z.csv}}", False,
         {"train": "sub/a.csv", "test": {"rw": "sub/x.csv", "mt": "z.csv"}}),
        ("{train: a.csv, codebook: c.yaml}", "{task: t}", True, {"train": "a.csv", "codebook": "sub/c.yaml", "task": "t"}),
        ("{train: train, codebook: c.yaml}", "{hub: o/n}", False, {"train": "train", "codebook": "sub/c.yaml", "hub": "o/n"}),
    ],
)  # fmt: skip
def test_paths_are_from_the_file_in_which_they_stand(tmp_path: Path, base: str, own: str, elsewhere: bool, found: dict[str, Any]) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "base.yaml").write_text(f"data: {base}\n")
    (tmp_path / "own.yaml").write_text(f"extends: sub/base.yaml\ndata: {own}\n")
    assert resolve(tmp_path / "own.yaml", elsewhere).data["data"] == found


def test_a_chain_that_is_too_long_is_refused(tmp_path: Path) -> None:
    for number in range(MAX_EXTENDED + 2):
        (tmp_path / f"{number}.yaml").write_text(f"extends: {number + 1}.yaml\n" if number <= MAX_EXTENDED else "{a: 1}")
    assert resolve(tmp_path / "1.yaml").data == {"a": 1}
    with pytest.raises(InputError, match=rf"8\.yaml:1: .*more than {MAX_EXTENDED} configs extend one another"):
        resolve(tmp_path / "0.yaml")


def test_a_run_records_every_file_and_the_config_as_resolved(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    write(tmp_path / "shared" / "train.jsonl", rows(40, 1))
    (tmp_path / "shared" / "base.yaml").write_text(BASE)
    (tmp_path / "own.yaml").write_text(OWN.replace("base", "shared/base"))
    experiment = load_experiment(tmp_path / "own.yaml")
    made = provenance_of(experiment)["config"]
    assert made["file"] == "own.yaml"
    assert made["files"] == {
        "shared/base.yaml": strict_yaml.load(tmp_path / "shared" / "base.yaml").digest,
        "stancekit/experiment/recipes.yaml": strict_yaml.load(PACKAGED).digest,
    }
    assert made["content"]["recipes"]["mine"]["params"] == TFIDF
    assert not {"extends", "recipe"} & (made["content"].keys() | made["content"]["recipes"]["mine"].keys())
    assert {tmp_path / "own.yaml", tmp_path / "shared" / "base.yaml"} <= set(experiment.inputs)


HOLDER, PLAIN = "{holder}: {text}", "{text}"
WORDS = {"words": [1, 2], "chars": [2, 5], "C": 1.0}
ENCODER = {"encoder": "all-MiniLM-L6-v2"}
MEMBERS = {
    "embedding": {"model": "embedding", "params": {"template": "{masked}", "C": 10.0}},
    "definitions": {"model": "zeroshot", "params": {"template": "{masked}", "pool": "mean"}},
    "words": {"model": "lexicon", "params": {"template": "{masked}"}},
    "vader": {"model": "lexicon", "params": {"template": "{masked}", "lexicon": "vader"}},
    "sides": {"model": "sides", "params": {"template": "{masked}"}},
}
WHO = {"who": {"model": "actor", "params": {"by": "actor_kind", "smoothing": 10.0, "class_weight": "balanced"}}}
WEIGHTS = {"embedding": 1, "definitions": 2, "words": 1, "vader": 1, "sides": 2}
TEXT_ONLY = {"model": "ensemble", "params": {"members": MEMBERS, "weights": WEIGHTS}, "calibrate": "temperature"}
DEFAULT = TEXT_ONLY | {"params": {"members": MEMBERS | WHO, "weights": WEIGHTS | {"who": 3}}}
ONCE, THREE = {"schemes": {"purged": [0]}}, {"schemes": {"purged": [0, 1, 2], "unpurged": [0]}}


def transformer(epochs: int, **params: str) -> dict[str, Any]:
    return {"model": "transformer", "params": {**params, **ENCODER, "epochs": epochs, "freeze": 2}}


FAST = {
    "majority": {"model": "majority"},
    "actor": {"model": "actor"},
    "tfidf": {"model": "tfidf", "params": {"template": PLAIN, **WORDS}},
    "tfidf_holder": {"model": "tfidf", "params": {"template": HOLDER, **WORDS}},
    "embedding": {"model": "embedding", "params": {"template": PLAIN, **ENCODER, "C": 10.0}},
    "embedding_holder": {"model": "embedding", "params": {"template": HOLDER, **ENCODER, "C": 10.0}},
}
SHIPPED = {
    "ofsted": FAST | {
        "lexicon": {"model": "lexicon", "params": {"template": PLAIN}},
        "vader": {"model": "lexicon", "params": {"template": PLAIN, "lexicon": "vader"}},
        "sides": {"model": "sides", "params": {"template": PLAIN}},
        "definitions": {"model": "zeroshot", "params": {"template": PLAIN, "pool": "mean"}},
        "combined": TEXT_ONLY,
        "combined_holder": DEFAULT,
        "transformer": transformer(8, template=PLAIN) | THREE,
        "transformer_holder": transformer(8, template=HOLDER) | THREE,
        "transformer_context": transformer(8, template=HOLDER, pair_template="{context}") | ONCE,
    },
    "ofsted_demo": FAST | {
        "combined": TEXT_ONLY | ONCE,
        "combined_holder": DEFAULT | ONCE,
        "transformer_holder": transformer(4, template=HOLDER) | ONCE,
    },
    "ofsted_quick": {name: FAST[name] for name in ("majority", "actor", "tfidf")} | {"default": DEFAULT},
}  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_configs_come_to_these_recipes(name: str) -> None:
    """To the order of the parameters: what was trained before is trained the same way, under the same names."""
    config = strict_yaml.validate(resolve(EXPERIMENTS / f"{name}.yaml"), ArticleConfig)
    wanted = {key: Recipe.model_validate(recipe).model_dump() for key, recipe in SHIPPED[name].items()}
    assert json.dumps({key: recipe.model_dump() for key, recipe in config.recipes.items()}) == json.dumps(wanted)
    assert config.default == ("default" if name == "ofsted_quick" else "combined_holder")

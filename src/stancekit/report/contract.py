"""Check that `metrics.json` and `run.json` hold what a report needs: types and ranges, key by key.

For checking alone: what is read goes on as it is. Keys that only some runs have may be missing, and unknown ones are left be.
"""

# mypy: disable-error-code="valid-type"
# Records are made of tables as the module loads, which no checker of types can follow.

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model

from stancekit.errors import InputError
from stancekit.io.files import to_json
from stancekit.report.wording import plural, shortened

MOST = 2**53
"""So far whole numbers are exact as any other program reads them."""
SLACK = 1e-6
"""A sum of shares may miss its end by so much."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
"""What tasks, schemes and recipes are called: their names are parts of file names."""
Count = Annotated[int, Field(ge=0, le=MOST)]
Number = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=-SLACK, le=1 + SLACK, allow_inf_nan=False)]
Level = Annotated[float, Field(gt=0, lt=1)]
Holder = Literal["none", "annotated", "found"]


class Checked(BaseModel):
    """Values of another type are refused, keys that nobody reads are not."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


def _record(optional: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
    """An object with these keys, and types of their values; those of `optional` may be missing."""
    known = {key: (kind, ...) for key, kind in fields.items()} | {key: (kind, None) for key, kind in (optional or {}).items()}
    return create_model("Record", __base__=Checked, **known)  # type: ignore[call-overload]


def _sound_interval(value: Any) -> Any:
    if (value.low is None) != (value.high is None):
        raise ValueError("should have both ends of its interval, or neither")
    if value.low is not None and (value.point is None or value.low > value.high):
        raise ValueError("should have a point, and an interval that begins below its end")
    return value


def _interval(kind: Any) -> Any:
    """Make the record of a figure, its interval whole or missing."""
    figure = _record(point=kind | None, low=kind | None, high=kind | None, level=Level, note=str)
    return Annotated[figure, AfterValidator(_sound_interval)]


def _numbers(chosen: dict[str, Any]) -> dict[str, Any]:
    """What a recipe chose in a fold, nested as its models are; the parameters of a grid take whatever they take."""
    for key, value in chosen.items():
        if isinstance(value, dict) and key != "params":
            _numbers(value)
        elif key in ("tried", "rows", "temperature") and type(value) not in (int, float):
            raise ValueError(f"should have a number for '{key}'")
    return chosen


def _sound_agreement(value: Any) -> Any:
    if "raw" not in value.figures:
        raise ValueError("should have the raw agreement among its figures")
    if len({"cohen" in row.model_fields_set for row in value.by_label}) > 1:
        raise ValueError("should have Cohen's kappa of every label, or of none")
    return value


def _finite(content: dict[str, Any]) -> dict[str, Any]:
    """1e999 is JSON and no number that can be written again."""
    to_json(content)
    return content


_Any = _interval(Number)  # agreement beyond chance and differences may be below 0
_Of1 = _interval(Share)
_Difference = {"difference": _Any, "p": Share | None, "p_holm": Share | None}
_Place = {"task": Name, "scheme": Name, "holder": Holder}
_Compared = _record(**_Difference, **_Place, model=Name, baseline=Name)
_Over = _record(**_Difference)
_Ablation = _record(**_Place, text=Name, with_holder=Name, actor=Name | None, over_text=_Over, over_actor=_Over | None)
_ClassScore = _record(label=str, n=Count, precision=Share | None, recall=Share | None, f1=Share | None)
_Fold = _record(name=str, n_train=Count, n_test=Count, n_purged=Count)
_Choice = _record(seed=Count, fold=str, chosen=Annotated[dict[str, Any], AfterValidator(_numbers)])
_Bin = _record(low=Annotated[float, Field(ge=0, lt=1)], high=Annotated[float, Field(gt=0, le=1)], n=Count, confidence=Share, accuracy=Share)
_Probabilities = _record(brier=Amount, ece=Share, ece_if_calibrated=Share, bins=list[_Bin])
_Coverage = _record(n=Annotated[list[Count], Field(min_length=1)], accuracy=list[Share])
_Kept = _record(n=list[Count], share=Share, accuracy=_Of1, macro_f1=_Of1)
_Score = _record(
    {
        "groups": Count, "official": _Of1 | None, "probabilities": _Probabilities | None, "coverage": _Coverage | None,
        "kept": _Kept | None, "chosen": list[_Choice],
    },
    recipe=Name, model=str, **_Place, seeds=Annotated[list[Count], Field(min_length=1)], n=Count, labels=list[str],
    macro_f1=_Of1, macro_f1_learnable=_Of1, accuracy=_Of1, by_seed=list[Share | None], classes=list[_ClassScore],
    unlearnable=list[tuple[str, str, Count]], confusion=list[list[Count]], log_loss=Amount | None, clipped=Count, folds=list[_Fold],
)  # fmt: skip
_Statement = _record({"target": str}, id=str, text=str, context=str, holder=str | None, labels=dict[str, str])
_Published = _record(method=str, figure=Number, split=str, source=str)
_LabelAgreement = _record({"cohen": _Any | None}, label=str, given=Count, articles=Count, alpha=_Any)
_LabelPair = _record(first=str, second=str, n=Count)
_TaskAgreement = Annotated[
    _record(
        task=str, labels=list[str], n_pairable=Count, annotators=dict[str, Count], figures=dict[str, _Any],
        by_label=list[_LabelAgreement], pairs=list[_LabelPair],
    ),
    AfterValidator(_sound_agreement),
]  # fmt: skip
_Agreement = _record(
    annotators=dict[str, Count], n=Count, articles=Count, level=Level, interval=str, tasks=list[_TaskAgreement]
)  # fmt: skip
_Repeated = _record(n=Count, repeated=Count)
Metrics = _record(
    {
        "n_train": Count | None, "unit": Literal["article", "group", "statement"], "main_schemes": list[str],
        "repeated": dict[str, _Repeated], "reads": dict[str, list[str]], "default": str,
        "official": list[str] | None, "default_differences": list[_Compared], "ablation": list[_Ablation],
        "holders_found": _record(n=Count, equal=Count) | None, "notes": list[str], "published": list[_Published],
        "agreement": _Agreement | None, "words": dict[str, dict[str, dict[str, list[tuple[str, Number]]]]],
    },
    experiment=str, n=Count, articles=dict[str, Count],
    tasks=Annotated[dict[Name, Annotated[dict[str, Count], Field(min_length=1)]], Field(min_length=1)],
    homes=dict[str, dict[str, dict[str, Count]]], schemes=Annotated[dict[Name, str], Field(min_length=1)],
    recipes=Annotated[dict[Name, str], Field(min_length=1)], baselines=list[str], scores=list[_Score],
    differences=list[_Compared], statements=list[_Statement],
)  # fmt: skip
"""`metrics.json`; what a run of an earlier version lacks may be missing."""
NEEDED = tuple(key for key, field in Metrics.model_fields.items() if field.is_required())
"""The keys without which `metrics.json` is of no run of this version."""
_Seconds = _record(recipe=str, fits=Count, train=Amount, choose=Amount, label=Amount, labelled=Count)
_Content = Annotated[dict[str, Any], AfterValidator(_finite)]
Provenance = _record(
    {
        "packages": dict[str, str], "config": _record({"file": str | None, "sha256": str | None, "content": _Content}),
        "codebook": _record({"name": str | None, "version": str | None, "digest": str | None}), "data": dict[str, str],
        "code": str | None, "timings_seconds": dict[str, Amount], "seconds": list[_Seconds],
    }
)  # fmt: skip
"""`run.json`: it says how a run was made. Nothing of it must be there."""

_PLAIN = {
    "string_type": "should be text", "int_type": "should be a whole number", "float_type": "should be a number",
    "list_type": "should be a list", "tuple_type": "should be a list", "dict_type": "should be an object",
    "model_type": "should be an object",
}  # fmt: skip
"""Pydantic's kinds of fault in plain words."""


def check_shape(text: str, path: object, contract: Any) -> None:
    """Hold JSON text to a contract. Raises `InputError` that says where in the file the first fault is, and what."""
    try:
        contract.model_validate_json(text)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        more = f"; and {plural(len(faults) - 1, 'further fault')}" if len(faults) > 1 else ""
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in faults[0]["loc"]).removeprefix(".")
        raise InputError(path, f"{place}{': ' if place else ''}{_said(faults[0])}{more}") from None


def _said(fault: Any) -> str:
    """What pydantic says, in plain words, and the value that it says it of."""
    if fault["type"] == "missing":
        return "is missing"
    message = re.sub("^(?:Value error, |(?:Input|String|List|Dictionary|Tuple) (?=should))", "", str(fault["msg"]))
    return f"{_PLAIN.get(fault['type'], message)}, not {shown(fault['input'])}"


def shown(value: object) -> str:
    """Write a value in a message: short, objects and lists by their type."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return shortened("null" if value is None else repr(value), 40)

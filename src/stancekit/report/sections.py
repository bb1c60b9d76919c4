"""The report's parts in their order: limits first, provenance last."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stancekit.files import to_json
from stancekit.plots import rows
from stancekit.plots.rows import Metrics
from stancekit.plots.wording import number, percent, plural
from stancekit.report import differences, prose, tables
from stancekit.report.agreement import agreement_blocks, agreement_in_words
from stancekit.report.blocks import Block, Cell, Code, Folded, Items, Report, Section, Shown, Subheading, Table, Text
from stancekit.report.folds import fold_tables, unlearnable_table
from stancekit.report.limits import limits
from stancekit.report.load import Run
from stancekit.report.mistakes import mistakes

if TYPE_CHECKING:
    from stancekit.plots.style import Picture

Pictures = Mapping[str, "Sequence[Picture]"]


def build(run: Run, pictures: Pictures) -> Report:
    """Everything in order. `pictures` : figure → its pictures."""
    metrics = run.metrics
    scheme = rows.main_scheme(metrics)
    subtitle = (
        f"Experiment {metrics['experiment']}: {plural(metrics['n'], 'statement')} from {plural(len(metrics['articles']), 'article')}, "
        f"{plural(len(metrics['tasks']), 'task')}, {plural(len(metrics['recipes']), 'model')}."
    )
    sections = [
        Section("limits", "What these data cannot show", [Items(limits(metrics))], warning=True),
        Section("short", "In short", [Items(tuple((f"{task}:", differences.in_short(metrics, task)) for task in metrics["tasks"]))]),
        Section("models", "Models compared", _models(metrics, scheme, pictures)),
        Section("baselines", "Which baseline each model beats", _baselines(metrics)),
        Section("holder", "Annotated or found holder", _holder(metrics, scheme)),
        Section("leak", "The leak", _leak(metrics, pictures)),
        Section("agreement", "How far annotators agree", _agreement(metrics, pictures)),
        Section("labels", "Label by label", _labels(metrics, scheme)),
        Section("unlearnable", "Labels that could not be learnt", _unlearnable(metrics)),
        Section("folds", "Folds", list(fold_tables(metrics))),
        Section("confusion", "Confusions", _confusions(metrics, pictures)),
        Section("statements", "The annotated statements", _counts(metrics, pictures)),
        Section("words", "Words that pull TF-IDF to each label", _words(metrics, pictures)),
        Section("mistakes", "Statements that models get wrong", _mistakes(run, scheme)),
        Section("provenance", "Provenance", _provenance(run)),
    ]
    return Report(run.title, subtitle, [section for section in sections if section.blocks])


def _beside(pictures: Pictures, figure: str, task: str, *blocks: Block, recipe: str = "") -> Sequence[Block]:
    """The picture with its numbers, or the numbers alone where there is no picture."""
    for picture in pictures.get(figure, ()):
        if picture.task == task and (not recipe or picture.recipe == recipe):
            return [Shown(picture, blocks)]
    return blocks


def _models(metrics: Metrics, scheme: str, pictures: Pictures) -> list[Block]:
    blocks: list[Block] = [Text(f"Scheme: {metrics['schemes'][scheme]}. {prose.MODELS}")]
    for task in metrics["tasks"]:
        blocks += [Subheading(task), *_beside(pictures, "comparison", task, tables.main_table(metrics, task, scheme))]
        if sentence := agreement_in_words(metrics, task):
            blocks.append(Text(sentence))
    return blocks


def _agreement(metrics: Metrics, pictures: Pictures) -> list[Block]:
    blocks = agreement_blocks(metrics)
    if blocks and (drawn := pictures.get("disagreement")):
        return [*blocks[:2], Shown(drawn[0], tuple(blocks[2:]))]
    return blocks


def _baselines(metrics: Metrics) -> list[Block]:
    if not metrics["differences"]:
        return []
    blocks: list[Block] = [Text(prose.BASELINES)]
    for task in metrics["tasks"]:
        sentences = tuple(("", sentence) for sentence in differences.in_words(metrics, task))
        found = differences.differences_table(metrics, task, "found")
        blocks += [Subheading(task), Items(sentences), differences.differences_table(metrics, task, "annotated")]
        blocks.append(Folded(f"{task}: the same with the holder that segmentation found", (found,)))
    return blocks


def _holder(metrics: Metrics, scheme: str) -> list[Block]:
    table = tables.holder_table(metrics, scheme)
    found = metrics.get("holders_found")
    if not table.rows or not found:
        return []
    share = f"{found['equal']} of {found['n']} statements ({percent(found['equal'], found['n'])})"
    return [Text(prose.HOLDER.format(share)), table]


def _leak(metrics: Metrics, pictures: Pictures) -> list[Block]:
    both = {"purged", "unpurged"} <= set(metrics["schemes"])
    blocks: list[Block] = [Text(prose.LEAK if both else prose.NO_LEAK)]
    blocks.append(Items(tuple((f"{scheme}:", f"{text}.") for scheme, text in metrics["schemes"].items())))
    for task in metrics["tasks"]:
        blocks += [Subheading(task), *_beside(pictures, "leak", task, tables.schemes_table(metrics, task))]
    return blocks


def _labels(metrics: Metrics, scheme: str) -> list[Block]:
    blocks: list[Block] = []
    for task in metrics["tasks"]:
        full = tables.class_table(metrics, task, scheme)
        blocks += [Subheading(task), tables.f1_table(metrics, task, scheme)]
        blocks.append(Folded(f"{task}: precision, recall and F1 of every model", (full,)))
        blocks.append(Folded(f"{task}: which articles each label lives in", (tables.homes_table(metrics, task),)))
    return blocks


def _unlearnable(metrics: Metrics) -> list[Block]:
    table = unlearnable_table(metrics)
    if table is None:
        return [Text(prose.ALL_LEARNABLE)]
    return [Text(prose.UNLEARNABLE), table]


def _confusions(metrics: Metrics, pictures: Pictures) -> list[Block]:
    blocks: list[Block] = [Text(prose.CONFUSIONS)]
    for task in metrics["tasks"]:
        for score in rows.of_interest(metrics, task):
            blocks += _beside(pictures, "confusion", task, tables.confusion_table(score), recipe=score["recipe"])
    return blocks


def _counts(metrics: Metrics, pictures: Pictures) -> list[Block]:
    tasks = list(metrics["tasks"])
    blocks: list[Block] = []
    n = tables.basis(metrics)
    if len(tasks) > 1:
        crossed = rows.crossed(metrics, tasks[0], tasks[1])
        caption = f"{tasks[0]} by {tasks[1]}, annotated"
        blocks += [Subheading(f"{tasks[0]} by {tasks[1]}")]
        blocks += _beside(pictures, "crossed", tasks[0], tables.counts_table(caption, tasks[1], crossed, n))
    holders = tables.counts_table(f"{tasks[0]} by holder, annotated", "holder", rows.by_holder(metrics, tasks[0]), n)
    blocks += [Subheading(f"{tasks[0]} by holder"), *_beside(pictures, "holders", tasks[0], holders)]
    return blocks


def _words(metrics: Metrics, pictures: Pictures) -> list[Block]:
    known = metrics.get("words") or {}
    blocks: list[Block] = []
    for i, (recipe, tasks) in enumerate(known.items()):
        for task, words in tasks.items():
            lines = tuple((label, _weights(words[label])) for label in metrics["tasks"][task] if words.get(label))
            n = f"model trained on all n = {plural(metrics['n'], 'statement')}"
            table = Table(f"{task}: words of greatest weight in {recipe}", n, ("label", "word and weight"), lines)
            blocks += _beside(pictures, "words", task, table) if i == 0 else [Folded(f"{task}: {recipe}", (table,))]
    if blocks:
        blocks.insert(0, Text(prose.WORDS))
    return blocks


def _weights(pairs: Sequence[tuple[str, float]]) -> str:
    return "; ".join(f"{word} {number(weight, 2)}" for word, weight in pairs)


def _mistakes(run: Run, scheme: str) -> list[Block]:
    return [Text(prose.MISTAKES.format(scheme)), *(mistakes(run, task) for task in run.metrics["tasks"])]


def _provenance(run: Run) -> list[Block]:
    about = run.provenance
    pairs: list[tuple[str, object]] = [
        (key, about[key]) for key in ("experiment", "stancekit", "python", "machine", "processors") if key in about
    ]
    pairs += [(f"package {name}", version) for name, version in about.get("packages", {}).items()]
    config, codebook = about.get("config", {}), about.get("codebook", {})
    pairs += [("config", config.get("file")), ("config, sha256", config.get("sha256"))]
    pairs += [("codebook", f"{codebook.get('name')} {codebook.get('version')}"), ("codebook, digest", codebook.get("digest"))]
    pairs += [(f"data {name}", digest) for name, digest in about.get("data", {}).items()] + [("code, sha256", about.get("code"))]
    lines = tuple((name, str(value) if value is not None else Cell("–", "not recorded")) for name, value in pairs)
    blocks: list[Block] = [Table("What made this run", tables.basis(run.metrics), ("what", "value"), lines)]
    if content := config.get("content"):
        blocks.append(Folded("The config", (Code(to_json(content)),)))
    if timings := about.get("timings_seconds"):
        lines = tuple((step, f"{seconds:.1f}") for step, seconds in timings.items())
        blocks.append(Folded("Timings", (Table("Seconds, on this machine", tables.basis(run.metrics), ("step", "seconds"), lines),)))
    return blocks

"""The report's parts in their order: limits first, provenance last."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stancekit.io.files import to_json
from stancekit.report import view
from stancekit.report.blocks import Block, Cell, Code, Folded, Items, Report, Section, Shown, Subheading, Table, Text
from stancekit.report.figures import NO_FIGURES
from stancekit.report.load import Run
from stancekit.report.sections import ablation, differences, probabilities, prose, tables
from stancekit.report.sections.agreement import agreement_blocks, agreement_in_words
from stancekit.report.sections.choices import chosen_tables, price_table
from stancekit.report.sections.folds import fold_tables, unlearnable_tables
from stancekit.report.sections.limits import limits
from stancekit.report.sections.mistakes import mistakes
from stancekit.report.sections.published import published_blocks
from stancekit.report.sections.tables import official_name
from stancekit.report.view import Metrics
from stancekit.report.wording import listed, number, percent, plural

if TYPE_CHECKING:
    from stancekit.report.figures.style import Picture

Pictures = Mapping[str, "Sequence[Picture]"]


def build(run: Run, pictures: Pictures) -> Report:
    """Build the report, its sections in order. `pictures` : figure → its pictures."""
    metrics = run.metrics
    scheme = view.main_scheme(metrics)
    origin = f" from {plural(len(metrics['articles']), view.unit(metrics))}" if metrics["articles"] else ""
    subtitle = (
        f"Experiment {metrics['experiment']}: {plural(metrics['n'], 'statement')}{origin}, "
        f"{plural(len(metrics['tasks']), 'task')}, {plural(len(metrics['recipes']), 'model')}."
    )
    if not pictures:
        subtitle += f" Without figures: {NO_FIGURES}."
    unlearnable, seconds = unlearnable_tables(metrics), run.provenance.get("seconds")
    sections = [
        Section("limits", "What these data cannot show", [Items(limits(metrics))], warning=True),
        Section("data", "The data", _data(run)),
        Section(
            "short", "In short", [Items(tuple((_of(metrics, t, s), differences.in_short(metrics, t, s)) for t, s in view.pairs(metrics)))]
        ),
        Section("models", "Models compared", _models(metrics, pictures)),
        Section("published", "Beside published figures", _published(metrics)),
        Section("baselines", "Which baseline each model beats", _baselines(metrics)),
        Section("default", "Is the default the best?", _default(metrics)),
        Section("ablation", "How much is only knowing who speaks", _ablation(metrics, pictures)),
        Section("holder", "Annotated or found holder", _holder(metrics, scheme)),
        Section("probabilities", "Can the probabilities be believed?", _probabilities(metrics, pictures)),
        Section("leak", "The leak", _leak(metrics, pictures)),
        Section("agreement", "How far annotators agree", _agreement(metrics, pictures)),
        Section("labels", "Label by label", _labels(metrics)),
        Section("unlearnable", "Labels that could not be learnt", _under(prose.UNLEARNABLE, unlearnable) or [Text(prose.ALL_LEARNABLE)]),
        Section("folds", "Folds", list(fold_tables(metrics))),
        Section("chosen", "What was chosen inside the folds", _under(prose.CHOSEN, chosen_tables(metrics))),
        Section("price", "The price in time", _under(prose.PRICE, [price_table(metrics, seconds)] if seconds else [])),
        Section("confusion", "Confusions", _confusions(metrics, pictures)),
        Section("statements", "The annotated statements", _counts(metrics, pictures)),
        Section("words", "Words that pull TF-IDF to each label", _words(metrics, pictures)),
        Section("mistakes", "Statements that models get wrong", _mistakes(run)),
        Section("provenance", "Provenance", _provenance(run)),
    ]
    return Report(run.title, subtitle, [section for section in sections if section.blocks])


def _of(metrics: Metrics, task: str, scheme: str) -> str:
    return f"{task}:" if len(view.main_schemes(metrics)) == 1 else f"{task}, {scheme}:"


def _heading(metrics: Metrics, task: str, scheme: str) -> Subheading:
    return Subheading(_of(metrics, task, scheme)[:-1])


def _under(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Put a text above blocks; nothing where there are none."""
    return [Text(text), *blocks] if blocks else []


def _beside(pictures: Pictures, figure: str, task: str, *blocks: Block, recipe: str = "", scheme: str = "") -> Sequence[Block]:
    """Put a picture beside its numbers, or give the numbers alone where there is no picture."""
    for picture in pictures.get(figure, ()):
        if picture.task == task and (not recipe or picture.recipe == recipe) and (not scheme or picture.scheme == scheme):
            return [Shown(picture, blocks)]
    return blocks


def _data(run: Run) -> list[Block]:
    """What is known of data that are not the user's own articles."""
    config = run.provenance.get("config", {}).get("content", {})
    known = [(f"{key.capitalize()}:", str(config[key])) for key in ("source", "licence") if config.get(key)]
    items = (*known, *(("", f"{note[:1].upper()}{note[1:].rstrip('.')}.") for note in run.metrics.get("notes") or ()))
    return [Items(items)] if items else []


def _models(metrics: Metrics, pictures: Pictures) -> list[Block]:
    scheme = metrics["schemes"][view.main_scheme(metrics)].partition("; test set")[0]
    text = f"Scheme: {scheme}. {prose.MODELS}"
    blocks: list[Block] = [Text(f"{text} {prose.PROBABILITY_FIGURES}" if probabilities.knows(metrics) else text)]
    for task, scheme in view.pairs(metrics):
        table = tables.main_table(metrics, task, scheme)
        blocks += [_heading(metrics, task, scheme), *_beside(pictures, "comparison", task, table, scheme=scheme)]
        if sentence := agreement_in_words(metrics, task):
            blocks.append(Text(sentence))
    return blocks


def _published(metrics: Metrics) -> list[Block]:
    unit = view.unit(metrics)
    words = "statements, those of the same words together and all others taken as independent" if unit == "statement" else f"{unit}s"
    said = prose.PUBLISHED.format(words) + (f" {prose.OFFICIAL.format(official_name(metrics))}" if metrics.get("official") else "")
    return _under(said, published_blocks(metrics))


def _default(metrics: Metrics) -> list[Block]:
    items, blocks = [], []
    for task, scheme in view.pairs(metrics):
        if text := differences.default_in_words(metrics, task, scheme):
            items.append((_of(metrics, task, scheme), text))
            table = differences.differences_table(metrics, task, "annotated", scheme, "default_differences")
            blocks.append(Folded(f"{items[-1][0][:-1]}: the default minus every other model", (table,)))
    return _under(prose.DEFAULT, [Items(tuple(items)), *blocks] if blocks else [])


def _ablation(metrics: Metrics, pictures: Pictures) -> list[Block]:
    blocks: list[Block] = []
    for task, scheme in view.pairs(metrics):
        if sentences := ablation.ablation_in_words(metrics, task, scheme):
            table = ablation.ablation_table(metrics, task, scheme)
            blocks += [_heading(metrics, task, scheme), Items(tuple(("", sentence) for sentence in sentences))]
            blocks += _beside(pictures, "ablation", task, table, scheme=scheme)
    return _under(prose.ABLATION, [*blocks, Folded("What each recipe reads", (ablation.reads_table(metrics),))] if blocks else [])


def _probabilities(metrics: Metrics, pictures: Pictures) -> list[Block]:
    if not probabilities.knows(metrics):
        return []
    blocks: list[Block] = [Text(prose.PROBABILITIES)]
    for task, scheme in view.pairs(metrics):
        bins = probabilities.bins_tables(metrics, task, scheme)
        blocks += [_heading(metrics, task, scheme), *_beside(pictures, "reliability", task, *bins, scheme=scheme)]
        shares = [probabilities.coverage_table(metrics, task, scheme), *probabilities.kept_tables(metrics, task, scheme)]
        blocks += _beside(pictures, "coverage", task, *shares, scheme=scheme)
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
    for task, scheme in view.pairs(metrics):
        sentences = tuple(("", sentence) for sentence in differences.in_words(metrics, task, scheme))
        found = differences.differences_table(metrics, task, "found", scheme)
        annotated = differences.differences_table(metrics, task, "annotated", scheme)
        blocks += [_heading(metrics, task, scheme), Items(sentences), annotated]
        if found.rows:
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
    both = {view.clean_scheme(metrics), "unpurged"} <= set(metrics["schemes"])
    blocks: list[Block] = [Text(prose.LEAK if both else prose.NO_LEAK)]
    blocks.append(Items(tuple((f"{scheme}:", f"{text}.") for scheme, text in metrics["schemes"].items())))
    for task in metrics["tasks"] if set(metrics["schemes"]) > set(view.main_schemes(metrics)) else ():
        blocks += [Subheading(task), *_beside(pictures, "leak", task, tables.schemes_table(metrics, task))]
    return blocks


def _labels(metrics: Metrics) -> list[Block]:
    blocks: list[Block] = []
    for task, scheme in view.pairs(metrics):
        full = tables.class_table(metrics, task, scheme)
        blocks += [_heading(metrics, task, scheme), tables.f1_table(metrics, task, scheme)]
        blocks.append(Folded(f"{task}: precision, recall and F1 of every model", (full,)))
        if metrics["homes"][task]:
            blocks.append(Folded(f"{task}: which {view.unit(metrics)}s each label lives in", (tables.homes_table(metrics, task),)))
    return blocks


def _confusions(metrics: Metrics, pictures: Pictures) -> list[Block]:
    blocks: list[Block] = [Text(prose.CONFUSIONS)]
    for task, scheme in view.pairs(metrics):
        for score in view.of_interest(metrics, task, scheme):
            table = tables.confusion_table(score)
            blocks += _beside(pictures, "confusion", task, table, recipe=score["recipe"], scheme=scheme)
    return blocks


def _counts(metrics: Metrics, pictures: Pictures) -> list[Block]:
    tasks = list(metrics["tasks"])
    blocks: list[Block] = []
    n = tables.basis(metrics)
    if not view.whole(metrics):
        return []
    if len(tasks) > 1:
        crossed = view.crossed(metrics, tasks[0], tasks[1])
        caption = f"{tasks[0]} by {tasks[1]}, annotated"
        blocks += [Subheading(f"{tasks[0]} by {tasks[1]}")]
        blocks += _beside(pictures, "crossed", tasks[0], tables.counts_table(caption, tasks[1], crossed, n))
    if (by_holder := view.by_holder(metrics, tasks[0])).names:
        holders = tables.counts_table(f"{tasks[0]} by holder, annotated", "holder", by_holder, n)
        blocks += [Subheading(f"{tasks[0]} by holder"), *_beside(pictures, "holders", tasks[0], holders)]
    return blocks


def _words(metrics: Metrics, pictures: Pictures) -> list[Block]:
    known = metrics.get("words") or {}
    blocks: list[Block] = []
    for i, (recipe, tasks) in enumerate(known.items()):
        for task, words in tasks.items():
            lines = tuple((label, _weights(words[label])) for label in metrics["tasks"][task] if words.get(label))
            n = f"model trained on n = {plural(view.trained(metrics), 'statement')}"
            table = Table(f"{task}: words of greatest weight in {recipe}", n, ("label", "word and weight"), lines)
            blocks += _beside(pictures, "words", task, table) if i == 0 else [Folded(f"{task}: {recipe}", (table,))]
    return _under(prose.WORDS, blocks)


def _weights(pairs: Sequence[tuple[str, float]]) -> str:
    return "; ".join(f"{word} {number(weight, 2)}" for word, weight in pairs)


def _mistakes(run: Run) -> list[Block]:
    schemes = listed(view.main_schemes(run.metrics))
    return [Text(prose.MISTAKES.format(schemes)), *(mistakes(run, task, scheme) for task, scheme in view.pairs(run.metrics))]


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

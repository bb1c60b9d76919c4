"""The report's standing sentences: what a figure is, and what it is not."""

MODELS = (
    "Macro-F1 is the mean F1 over all labels, so that a rare one counts as much as a common one; beside it, the mean over the labels that "
    "the fold's training rows had. Log-loss is the mean negative log probability of the annotated label, "
    "the number of probabilities clipped from below beside it. Where a model ran with several seeds, its figures are means over them and "
    "the macro-F1 of each stands under n."
)
BASELINES = (
    "Paired differences in macro-F1 on the same statements, by the same jackknife. P-values are two-sided; Holm's are adjusted over the "
    "baselines, not over models or tasks. A model counts as above or below a baseline where Holm's p-value is under one minus the "
    "interval's level."
)
HOLDER = (
    "Models that read the holder learn from the annotated one. New coverage has only the holder that segmentation finds: it is the "
    "annotated one in {}. The column “found holder” is what to expect there."
)
LEAK = (
    "Articles repeat one another: press releases, quotations, letters. Where a statement's repeat stays in training, a model is tested on "
    "what it has seen. The difference between the two figures is the leak."
)
NO_LEAK = "This run does not have both the purged and the unpurged scheme, so it cannot show the leak."
ALL_LEARNABLE = "Every label that was tested in a fold also occurred in the fold's training rows."
UNLEARNABLE = "These labels were tested in a fold whose training rows have none of them: no model can get them right there."
CONFUSIONS = (
    "For each task the model with the highest macro-F1, and every fine-tuned transformer. The choice is for display: the highest of "
    "several figures flatters the model that has it."
)
WORDS = (
    "Weights of the model that was trained on everything. They say what this model leans on, not why a statement has its label; where few "
    "examples come from one article, its own words can lead."
)
MISTAKES = "Scheme {}, first seed, annotated holder. Baselines are listed, but a mistake of theirs does not count."

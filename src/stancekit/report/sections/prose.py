"""The report's standing sentences: what a figure is, and what it is not."""

MODELS = (
    "Macro-F1 is the mean F1 over all labels, so that a rare one counts as much as a common one; beside it, where they differ, the mean "
    "over the labels that the fold's training rows had. Log-loss is the mean negative log probability of the annotated label, "
    "the number of probabilities clipped from below beside it. Where a model ran with several seeds, its figures are means over them and "
    "the macro-F1 of each stands under n."
)
PROBABILITY_FIGURES = (
    "The Brier score is the mean squared distance of the probabilities from what was annotated, summed over labels (0 is best, 2 worst). "
    "ECE, the expected calibration error, is the mean gap between a label's probability and how often such labels are right, in ten bins; "
    "the figure “if true” is what as many statements would show by chance if every probability were right."
)
PROBABILITIES = (
    "A label's probability should say how often such labels are right. The first figure shows it for one model (the default where it is "
    "named, else the one with the highest macro-F1); the second what accuracy is left when the least certain labels are left out. A "
    "model that abstains chose its threshold inside the training rows of each fold; what it keeps is scored here on rows it has not seen."
)
ABLATION = (
    "Where the same people speak in every article, who speaks may tell a label without a word being read. The actor baseline knows "
    "nothing else: the commonest label of the holder in the training rows. Beside it, recipes that are alike in all but what they read: "
    "the words alone, or who speaks too. Differences are paired, with jackknife intervals, not adjusted for their number. "
    "The annotated holder is what a careful reader would say; new coverage has the one that segmentation finds."
)
DEFAULT = (
    "The default recipe is compared by macro-F1 with every other model that is no baseline; Holm's p-values are adjusted over those. "
    "Which of the others is the highest was seen on these same figures, which flatters it. Intervals do not cover the choice of the "
    "recipes themselves: where recipes, members or weights were chosen with these scores in sight, which a config's comments or its "
    "documentation should say, the default's figure is flattered as well."
)
PUBLISHED = (
    "Published figures are as their authors give them, without an interval. That of this run is a delete-one jackknife over {}; it says "
    "how far another test set of the kind could move the figure, not another seed or other training rows."
)
OFFICIAL = "The figures are of the data set's own metric, {}; the verdicts of difference in this report are on macro-F1, not on it."
CHOSEN = (
    "What a recipe chooses for itself is chosen anew inside the training rows of every fold, on inner folds with the same purge of "
    "repeats; a score is macro-F1 on those. Where folds choose differently, the data do not settle the choice; a value at the bound is "
    "at the end of what was searched, and a better one may lie beyond it. Parameters that a recipe is given, such as the weights of an "
    "average, are no choice: they stand in the config, at the end."
)
PRICE = (
    "Seconds on the machine that made this run. A text is encoded once a run: the recipe that reads it first bears the time, so figures of "
    "recipes that share an encoder are not of each alone."
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
    "Weights of the final model. They say what this model leans on, not why a statement has its label; where few "
    "examples come from one source, its own words can lead."
)
MISTAKES = "Scheme {}, first seed, annotated holder. Baselines are listed, but a mistake of theirs does not count."

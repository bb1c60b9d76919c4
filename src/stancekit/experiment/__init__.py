"""An experiment: a YAML config → a run directory with predictions, figures' numbers and trained models."""

from stancekit.experiment.config import model_of, params_of, schemes_of
from stancekit.experiment.load import Experiment, load_experiment
from stancekit.experiment.run import fixed_threads, run, train

__all__ = ["Experiment", "fixed_threads", "load_experiment", "model_of", "params_of", "run", "schemes_of", "train"]

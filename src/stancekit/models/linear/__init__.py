"""Linear classifiers over features."""

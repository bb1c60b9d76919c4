"""Subjects, verbs and reporting clauses of a sentence."""

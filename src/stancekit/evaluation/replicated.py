"""Coefficients of agreement on all items and without each group, from one count of the labels.

Each gives (1 + n_groups,) values: of all items, then without each group, `nan` where it is undefined. What an item adds to
a coefficient is the same whichever group is left out, so it is computed once; whole numbers are exact, so what goes out is
subtracted from them.

Refs: Cohen (1960), Educational and Psychological Measurement 20:37-46; Fleiss (1971), Psychological Bulletin 76:378-382,
generalised to missing labels as in Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2; Gwet (2008), British Journal
of Mathematical and Statistical Psychology 61:29-48; Krippendorff (2019), Content Analysis, 4th ed., ch. 12.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from stancekit.evaluation import agreement
from stancekit.evaluation.agreement import MISSING, Scale
from stancekit.evaluation.label_sets import Members, masi_distances, paired_masi, times_masi
from stancekit.evaluation.leave_out import LeaveOut
from stancekit.evaluation.metrics import Floats, Ints, ratio

FEW_SETS = 500
"""Distances of at most this many distinct sets of labels are one table."""


class Replicated:
    """One question's ratings, (n_items, n_annotators) label numbers below `n_labels`, and the items of each group."""

    def __init__(self, ratings: Ints, n_labels: int, leave: LeaveOut) -> None:
        self.n_labels = n_labels
        given = (ratings != MISSING).sum(axis=1)
        rated, paired = np.flatnonzero(given), np.flatnonzero(given > 1)
        self.paired = ratings[paired]
        self.counts = agreement.sparse_counts(self.paired, n_labels)
        self.given = given[paired]
        self._leave = leave.of_rows(paired)
        # An item labelled once counts towards the shares of the labels alone.
        self._rated_counts = agreement.sparse_counts(ratings[rated], n_labels)
        self._rated_given = given[rated]
        self._leave_rated = leave.of_rows(rated)

    @cached_property
    def n_paired(self) -> Ints:
        """How many items are pairable."""
        return self._leave.counts(np.ones(len(self.paired), dtype=np.int64))

    @cached_property
    def n_given(self) -> Ints:
        """How many labels the pairable items have."""
        return self._leave.counts(self.given)

    @cached_property
    def raw(self) -> Floats:
        """Share of the pairs of annotators who agree, averaged over the pairable items."""
        alike = agreement.alike(self.counts) / (self.given * (self.given - 1))
        return ratio(self._leave.sums(alike[None])[0], self.n_paired)

    def alpha(self) -> Floats:
        """Return nominal α."""
        apart = (self.given * (self.given - 1) - agreement.alike(self.counts)) / (self.given - 1)
        # Σ (T - d)² over the labels, where d is sparse: a group holds few of many labels.
        total, going = np.asarray(self.counts.sum(axis=0)), self._leave.out @ self.counts
        squares = total @ total - 2 * (going @ total) + np.asarray(going.multiply(going).sum(axis=1))
        return self._alpha(self._leave.sums(apart[None])[0], self.n_given**2 - np.concatenate([[total @ total], squares]))

    def scale_alpha(self, scale: Scale) -> Floats:
        """Return ordinal or interval α; ordinal ranks go by the labels of the items that stay."""
        if len(self.paired) and not self._leave.in_order(self.n_labels):
            return self._subtracted_scale_alpha(scale)
        counts = self.counts.toarray().astype(np.float64)
        sizes = (agreement.used(total) for total in self._leave_rated.tables(self._rated_counts))
        return np.array(
            [agreement.alpha_of(counts[mask][:, :size], scale) for mask, size in zip(self._leave.staying(), sizes, strict=True)]
        )

    def _subtracted_scale_alpha(self, scale: Scale) -> Floats:
        """Compute α from how often two labels meet in an item, each pair over the pairs that a label can make there."""
        from scipy.sparse import csr_array

        size = self.n_labels
        rows, first, second = map(np.concatenate, zip(*agreement.pairs_of_labels(self.paired), strict=True))
        weights = 2 / (self.given[rows] - 1)  # once for either order
        meet = csr_array((weights, (rows, first * size + second)), shape=(len(self.paired), size**2))
        found = []
        for together, total in zip(self._leave.tables(meet), self._leave.tables(self.counts), strict=True):
            apart = agreement.scale_distances(scale, total.astype(np.float64))
            found.append((together @ apart.ravel(), total @ apart @ total))
        observed, expected = np.array(found).T
        return self._alpha(observed, expected)

    def masi_alpha(self, members: Members) -> Floats:
        """Return α of sets by MASI; the labels' numbers are those of sets, (n_sets, n_labels) their members."""
        if len(members) > FEW_SETS:
            return self._sparse_masi_alpha(members)
        apart = masi_distances(members, members)
        terms = agreement.disagreement(self.counts.toarray().astype(np.float64), apart)
        totals = (total.astype(np.float64) for total in self._leave.tables(self.counts))
        return self._alpha(self._leave.sums(terms[None])[0], np.array([total @ apart @ total for total in totals]))

    def _sparse_masi_alpha(self, members: Members) -> Floats:
        """Compute α from the distances of sets that meet in an item or leave together."""
        terms = np.zeros(len(self.paired))
        for items, first, second in agreement.pairs_of_labels(self.paired):
            terms += np.bincount(items, 2 * paired_masi(members[first], members[second]), len(terms))  # once for either order
        total = np.asarray(self.counts.sum(axis=0)).astype(np.float64)
        reach, going = times_masi(members, total), self._leave.out @ self.counts
        expected = np.zeros(1 + len(self._leave.names))
        expected[0] = total @ reach
        for group, (start, end) in enumerate(pairwise(going.indptr), start=1):
            sets, out = going.indices[start:end], going.data[start:end].astype(np.float64)
            # What is subtracted would leave no exact 0 where one set alone stays.
            if np.count_nonzero(total) - np.count_nonzero(out == total[sets]) > 1:
                expected[group] = expected[0] - 2 * out @ reach[sets] + out @ times_masi(members[sets], out)
        return self._alpha(self._leave.sums((terms / (self.given - 1))[None])[0], expected)

    def fleiss_and_ac1(self, n_labels: int) -> tuple[Floats, Floats]:
        """Return Fleiss' κ, and Gwet's AC1 for a choice of `n_labels`: AC1 holds up where nearly all items have one label."""
        found = [
            (agreement.beyond_chance(raw, float(shares @ shares)), agreement.ac1_of(raw, shares, n_labels))
            for raw, shares in zip(self.raw.tolist(), self._shares(), strict=True)
        ]
        fleiss, ac1 = np.array(found).T
        return fleiss, ac1

    def _shares(self) -> Iterator[Floats]:
        """Yield the mean shares of the labels, up to the last that is given."""
        tables = self._leave_rated.tables(self._rated_counts)
        if self._leave_rated.in_order(self.n_labels):
            counts = self._rated_counts.toarray().astype(np.float64)
            for mask, total in zip(self._leave_rated.staying(), tables, strict=True):
                rows = np.flatnonzero(mask)
                yield agreement.mean_shares(np.ascontiguousarray(counts[rows, : agreement.used(total)]), self._rated_given[rows])
            return
        weighted = self._rated_counts.astype(np.float64).multiply(1 / self._rated_given[:, None]).tocsr()
        n_rated = self._leave_rated.counts(np.ones(len(self._rated_given), dtype=np.int64))
        for total, sums, n in zip(tables, self._leave_rated.tables(weighted), n_rated.tolist(), strict=True):
            size = agreement.used(total)
            yield np.where(total > 0, sums, 0.0)[:size] / max(n, 1)  # what is subtracted leaves no exact 0

    def cohen(self) -> Floats:
        """Return Cohen's κ of two annotators."""
        first, second = (agreement.sparse_counts(column[:, None], self.n_labels) for column in self.paired.T)
        equal = self._leave.counts((self.paired[:, 0] == self.paired[:, 1]).astype(np.int64))
        rows = zip(self.n_paired.tolist(), equal.tolist(), self._leave.tables(first), self._leave.tables(second), strict=True)
        return np.array([agreement.kappa_of(n, alike, one, two) for n, alike, one, two in rows])

    def label_alpha(self, labels: Ints) -> Floats:
        """Return (n_asked, 1 + n_groups) Krippendorff's α of each label against the rest.

        `labels` is (n_labels, n_asked): 1 where a rating of this number gives the label that is asked for.
        """
        given, has = self.given[:, None], self.counts @ labels
        observed = self._leave.sums(np.ascontiguousarray((2 * has * (given - has) / (given - 1)).T))
        totals = self._leave.counts(has).T
        return self._alpha(observed, 2 * totals * (self.n_given - totals))

    def label_cohen(self, labels: Ints) -> Floats:
        """Return (n_asked, 1 + n_groups) Cohen's κ of two annotators, each label against the rest; `labels` as for `label_alpha`."""
        one, two = (labels[column] for column in self.paired.T)
        first, second, both = (self._leave.counts(has).T for has in (one, two, one & two))
        n = np.broadcast_to(self.n_paired, first.shape)
        tables = np.stack([n - first, first, n - second, second, n - first - second + 2 * both, n], axis=-1)
        found = [[agreement.kappa_of(row[5], row[4], np.array(row[:2]), np.array(row[2:4])) for row in label] for label in tables.tolist()]
        return np.array(found).reshape(first.shape)

    def _alpha(self, observed: Floats, expected: Any) -> Floats:
        """Return α from observed disagreements; `expected` is the distances of all labels to all."""
        return np.asarray(1 - ratio((self.n_given - 1) * observed, np.asarray(expected, dtype=np.float64)))

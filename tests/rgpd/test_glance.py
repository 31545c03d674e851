"""What is seen of a batch at a glance: nothing is lost by reading a column by its different values."""

from __future__ import annotations

import polars as pl

from ckanext.ca3b.rgpd.glance import Wanted, glance_at
from ckanext.ca3b.rgpd.observe import ColumnEvidence


def test_one_number_in_a_column_of_few_values_is_a_candidate_at_its_row():
    cells = ["Organisation de la fête"] * 9_000 + ["assuré 2 69 05 49 588 157 80"] + [None] * 10
    seen = glance_at(pl.DataFrame({"Objet": cells}), [ColumnEvidence("Objet", headed=True)], Wanted())
    rows = {detector.category: cells["row"].to_list() for detector, cells in seen.candidates[0]}
    assert rows["nir"] == [9_000]
    assert seen.filled == [9_001]


def test_small_numbers_are_told_in_the_order_of_the_file_with_their_first_rows():
    batch = pl.DataFrame({"Effectif": ["12", None, "3", "1200", "12,0"]})
    seen = glance_at(batch, [ColumnEvidence("Effectif", headed=True)], Wanted(counted=[0]))
    assert seen.small[0].rows() == [(12, [0, 4], 2), (3, [2], 1)]


def test_a_batch_without_rows_shows_nothing():
    seen = glance_at(pl.DataFrame({"a": pl.Series([], dtype=pl.String)}), [ColumnEvidence("a", headed=True)], Wanted())
    assert (seen.filled, seen.longest, seen.candidates) == ([0], [0], {})

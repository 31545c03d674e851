"""Combinations: groups are counted on all rows, in any number of batches."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.rgpd.combine import singling
from ckanext.ca3b.rgpd.sources import Part


@given(
    st.lists(
        st.tuples(st.sampled_from("FH"), st.sampled_from(["20", "30", "40"]), st.sampled_from("xyz")),
        min_size=1,
        max_size=60,
    ),
    st.integers(1, 20),
)
def test_groups_are_those_counted_by_hand(rows, size):
    frame = pl.DataFrame(rows, schema={"sexe": pl.String, "age": pl.String, "secret": pl.String}, orient="row")
    part = Part(
        ("sexe", "age", "secret"), lambda: iter(frame.slice(start, size) for start in range(0, len(rows), size))
    )
    groups = Counter((sex, age) for sex, age, _ in rows)
    found = singling(part, ["sexe", "age"], 5, ["secret"])
    assert found.smallest == min(groups.values())
    assert found.alone == sum(1 for count in groups.values() if count == 1)
    assert found.under == sum(count for count in groups.values() if count < 5)
    assert found.diversity == min(len({secret for s, a, secret in rows if (s, a) == group}) for group in groups)

"""Everybody is like at least k - 1 others, at the least cost."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.ca3b.rgpd.remedies import RemedyError, Treatment, options, table_columns
from ckanext.ca3b.rgpd.remedies.hierarchy import TOP, Level, levels
from ckanext.ca3b.rgpd.remedies.lattice import Search
from ckanext.ca3b.rgpd.scan import scan
from tests.rgpd.files import write_csv

from .towns import homeless, treated

TOWN = st.sampled_from(["Viriat", "Péronnas", "Œuilly", "  ", None, "L’Abergement-Clémenciat"])
PEOPLE = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 105).map(str)),
        st.sampled_from(["F", "H"]),
        TOWN,
        st.dates().map(lambda day: day.strftime("%d/%m/%Y").zfill(10)),
        st.one_of(st.none(), st.sampled_from(["01000", "01310", "2A004", "97400"])),
    ),
    min_size=8,
    max_size=40,
)
HEADERS = ["age", "sexe", "commune", "date_naissance", "code_postal"]


@settings(max_examples=25, deadline=None)
@given(rows=PEOPLE, k=st.integers(2, 5), share=st.sampled_from([0.0, 0.05, 0.3]))
def test_each_combination_is_shared_by_k_rows_and_few_rows_are_removed(rows, k, share):
    frame = pl.DataFrame([[*row, str(at)] for at, row in enumerate(rows)], schema=[*HEADERS, "n"], orient="row")
    made = treated(frame, Treatment(HEADERS, "k_anonymise", {"k": k, "max_removed": share}))
    sizes = Counter(made.select(HEADERS).rows())
    assert min(sizes.values()) >= k
    assert made.height >= len(rows) * (1 - share)
    # The rows that stay are rows of the file, in its order.
    kept = [int(each) for each in made["n"]]
    assert kept == sorted(set(kept))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_other_choice_of_levels_loses_less(data):
    columns, sizes = [], data.draw(st.lists(st.integers(2, 5), min_size=1, max_size=3))
    for size in sizes:
        # Codes nested in each other: each level halves the values.
        made = []
        for level in range(4):
            codes = np.arange(size) >> level
            made.append(Level(str(level), pl.Series(codes).cast(pl.String), codes, float(1 - (codes.max() + 1) / size)))
        made.append(Level("top", pl.Series([TOP] * size), np.zeros(size, dtype=np.int64), 1.0))
        columns.append(made)
    cells = data.draw(st.lists(st.tuples(*[st.integers(0, size - 1) for size in sizes]), min_size=6, max_size=40))
    counted = Counter(cells)
    places = np.array(list(counted), dtype=np.int64)
    search = Search(places, np.array(list(counted.values()), dtype=np.int64), columns, 3)
    share = data.draw(st.sampled_from([0.0, 0.1, 0.4]))
    found = search.best(share)

    def loss(node):
        groups = Counter()
        for cell, count in counted.items():
            groups[tuple(columns[at][level].codes[cell[at]] for at, level in enumerate(node))] += count
        removed = sum(count for count in groups.values() if count < 3) / len(cells)
        coarse = sum(columns[at][level].lost for at, level in enumerate(node)) / len(node)
        return coarse * (1 - removed) + removed if removed <= share else None

    every = [loss(node) for node in product(range(5), repeat=len(sizes))]
    assert found.loss == pytest.approx(min(each for each in every if each is not None))
    assert found.exact


def test_each_level_is_nested_in_the_next_and_loses_more():
    values = pl.Series([*map(str, range(100)), None])
    for header in ("age", "revenu"):
        made = levels(header, values, np.ones(101, dtype=np.int64), 5, 2026)
        assert len(made) > 3
        for finer, coarser in pairwise(made):
            parents = {}
            for one, other in zip(finer.codes.tolist(), coarser.codes.tolist(), strict=True):
                assert parents.setdefault(one, other) == other
            assert finer.lost <= coarser.lost
        assert made[-1].lost == pytest.approx(1)


def test_what_is_already_shared_does_not_change():
    rows = [(sex, town) for sex in "FH" for town in ("Viriat", "Polliat") for _ in range(5)]
    frame = pl.DataFrame(rows, schema=["sexe", "commune"], orient="row")
    assert treated(frame, Treatment(["sexe", "commune"], "k_anonymise", {"k": 5})).equals(frame)


def test_ages_incomes_and_towns_of_a_real_size_stay_useful():
    headers, rows = homeless(2000)
    frame = pl.DataFrame(rows, schema=headers, orient="row")
    made = treated(frame, Treatment(["age", "sexe", "commune"], "k_anonymise", {"k": 5}))
    assert made["age"].n_unique() >= 4
    assert made["commune"].n_unique() == 8
    assert made["age"].str.contains(r"^[0-9]+-[0-9]+ ans$|^80 ans et plus$").all()


def test_fewer_rows_than_k_are_refused():
    with pytest.raises(RemedyError, match="moins de 5 lignes"):
        treated(pl.DataFrame({"age": ["1", "2"]}), Treatment("age", "k_anonymise", {"k": 5}))


def test_rare_rows_are_removed_and_only_them():
    frame = pl.DataFrame({"metier": ["agent"] * 9 + ["maire", None], "n": [str(n) for n in range(11)]})
    made = treated(frame, Treatment("metier", "suppress_rare_rows", {"k": 2}))
    assert made["n"].to_list() == [str(n) for n in range(9)]
    with pytest.raises(RemedyError, match="Aucune ligne"):
        treated(frame, Treatment("n", "suppress_rare_rows", {"k": 2}))


@settings(max_examples=25, deadline=None)
@given(rows=PEOPLE, data=st.data(), least=st.integers(2, 3), share=st.sampled_from([0.0, 0.3]))
def test_each_combination_leaves_several_values_of_the_sensitive_column(rows, data, least, share):
    secrets = data.draw(
        st.lists(st.sampled_from(["", "gluten", "arachide", None]), min_size=len(rows), max_size=len(rows))
    )
    frame = pl.DataFrame(
        [[*row, secret] for row, secret in zip(rows, secrets, strict=True)], schema=[*HEADERS, "allergie"], orient="row"
    )
    treatment = Treatment(HEADERS, "k_anonymise", {"k": 2, "max_removed": share, "sensitive": "allergie", "l": least})
    if len(set(secrets)) < least:
        with pytest.raises(RemedyError, match="valeurs différentes"):
            treated(frame, treatment)
        return
    made = treated(frame, treatment)
    found: dict[tuple, set] = {}
    for row in made.select([*HEADERS, "allergie"]).rows():
        found.setdefault(row[:-1], set()).add(row[-1])
    assert min(map(len, found.values())) >= least
    assert min(Counter(made.select(HEADERS).rows()).values()) >= 2
    assert made.height >= len(rows) * (1 - share)


def test_people_alike_who_all_have_the_same_illness_are_put_with_others():
    rows = [("20-29 ans", "asthme")] * 5 + [("30-39 ans", "diabète"), ("30-39 ans", "asthme")] * 5
    frame = pl.DataFrame(rows, schema=["tranche", "maladie"], orient="row")
    assert treated(frame, Treatment("tranche", "k_anonymise", {"k": 5})).equals(frame)
    diverse = treated(frame, Treatment("tranche", "k_anonymise", {"k": 5, "sensitive": "maladie"}))
    assert diverse["tranche"].n_unique() == 1
    assert diverse["maladie"].equals(frame["maladie"])


def test_a_sensitive_column_that_goes_asks_for_nothing_and_one_that_is_grouped_is_refused():
    rows = [("F", "asthme")] * 5 + [("H", "diabète")] * 5
    frame = pl.DataFrame(rows, schema=["sexe", "maladie"], orient="row")
    grouped = Treatment("sexe", "k_anonymise", {"k": 5, "sensitive": "maladie"})
    assert treated(frame, Treatment("maladie", "drop_column"), grouped).equals(frame.drop("maladie"))
    with pytest.raises(RemedyError, match="ne peut pas aussi être regroupée"):
        treated(frame, Treatment(["sexe", "maladie"], "k_anonymise", {"k": 5, "sensitive": "maladie"}))


def test_beside_a_sensitive_column_the_advice_is_that_it_cannot_be_guessed(tmp_path):
    headers, rows = homeless(300)
    frame = [[*row, "diabète" if at % 3 else "asthme"] for at, row in enumerate(rows)]
    path = write_csv(tmp_path / "demandes.csv", ([*headers, "pathologie"], frame))
    found = options(scan(path), table_columns(path))
    alike = [one for one in found if one.kind == "k_anonymise"]
    best = next(one for one in alike if one.advised)
    assert (best.params["sensitive"], best.params["l"]) == ("pathologie", 2)
    assert "pathologie" not in best.columns
    assert "« pathologie »" in best.label
    assert any("sensitive" not in one.params for one in alike)
    plain = write_csv(tmp_path / "sans.csv", (headers, rows))
    without = [one for one in options(scan(plain), table_columns(plain)) if one.kind == "k_anonymise"]
    assert without
    assert all("sensitive" not in one.params for one in without)

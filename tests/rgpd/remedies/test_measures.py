"""The three risks of WP216 and what was lost, on tables small enough to be counted by hand."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd.remedies import Measures, Treatment, preview
from tests.rgpd.files import write_csv

ROWS = (
    ["sexe", "commune", "pathologie"],
    [
        ["F", "Viriat", "asthme"],
        ["F", "Viriat", "diabète"],
        ["H", "Viriat", "asthme"],
        ["H", "Viriat", "asthme"],
        ["H", "Polliat", "diabète"],
        ["F", "Polliat", "rien"],
    ],
)


@pytest.fixture
def path(tmp_path):
    return write_csv(tmp_path / "suivi.csv", ROWS)


def test_measures_counted_by_hand(path):
    seen = preview(path, [Treatment("commune", "drop_column")])
    # Six people in four groups, two of them alone. Of their illness, three are guessed by the commonest one; five
    # knowing sex and town: (5 - 3) / (6 - 3).
    assert seen.measures_before == Measures(
        pytest.approx(2 / 6, abs=1e-6), pytest.approx(4 / 6, abs=1e-6), pytest.approx(2 / 3, abs=1e-6)
    )
    # Knowing the sex only: two groups of three; the commonest illness of men twice, of women once.
    assert seen.measures_after == Measures(0, pytest.approx(2 / 6, abs=1e-6), pytest.approx(0))


def test_a_pseudonym_hides_the_name_and_no_risk(tmp_path):
    rows = (["nom", "classe"], [[f"MARTIN{at}", "CP"] for at in range(12)])
    seen = preview(write_csv(tmp_path / "a.csv", rows), [Treatment("nom", "pseudonym")], key="k" * 16)
    assert seen.measures_after == seen.measures_before
    assert seen.measures_after.singling_out == 1


def test_nothing_known_is_no_risk(path):
    seen = preview(path, [Treatment(["sexe", "commune"], "drop_column")])
    assert seen.measures_after.singling_out == 0
    assert seen.measures_after.inference == 0


def test_loss_counted_by_hand(path):
    seen = preview(path, [Treatment("commune", "drop_column"), Treatment("sexe", "mask", {"mark": "x"})])
    assert {each.column: (each.changed, each.information) for each in seen.lost.columns} == {
        "commune": (6, 1.0),
        "sexe": (6, 1.0),
    }
    assert seen.lost.columns_removed == ("commune",)
    assert seen.lost.information == pytest.approx(2 / 3, abs=1e-6)
    kept = preview(path, [Treatment("pathologie", "suppress_rare_rows", {"k": 2})])
    assert kept.lost.rows_removed == 1
    assert 1 / 6 <= kept.lost.information < 0.5


def test_a_table_of_counts_is_measured_by_the_people_it_counts(tmp_path):
    rows = (["commune", "sexe"], [["Viriat", "F"]] * 12 + [["Polliat", "H"]] * 30 + [["Attignat", "F"]])
    seen = preview(write_csv(tmp_path / "a.csv", rows), [Treatment(["commune"], "aggregate", {"threshold": 11})])
    assert not seen.aligned
    assert ("Attignat", "s") in seen.after
    assert seen.measures_after.singling_out == 0
    # The cell of one is hidden, and the least of the two others with it: one cell is shown.
    assert seen.measures_after.linkability == pytest.approx(1 / 43, abs=1e-6)
    assert seen.lost.rows_removed == 13

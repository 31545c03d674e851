"""Statistical secrecy: few people, few enterprises, one enterprise that is nearly all, groups that are all alike."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd import scan
from ckanext.ca3b.rgpd.sources import delimited

from .files import write_csv
from .samples import TOWNS


def held(path):
    """(column, category, rows) of what holds the file."""
    return {(each.column, each.category, each.rows) for each in scan(path).findings if each.decision != "pass"}


def table(**columns):
    return list(columns), [list(row) for row in zip(*columns.values(), strict=True)]


@pytest.mark.parametrize(("smallest", "kept"), [("10", True), ("11", False), ("0", False), ("4,0", True)])
def test_social_counts_under_eleven_are_held_and_located(tmp_path, smallest, kept):
    counts = ["132", "57", "64", smallest, "81", "12", "19", "240"]
    path = write_csv(tmp_path / "rsa_2024.csv", table(commune=TOWNS, nb_allocataires_rsa=counts))
    assert held(path) == ({("nb_allocataires_rsa", "small_cells", (4,))} if kept else set())


def test_a_small_count_late_in_a_long_table_is_found(tmp_path):
    counts = [str(1000 + place) for place in range(5000)]
    counts[4321] = "3"
    rows = table(zone=[f"Z{place}" for place in range(5000)], nb_beneficiaires_apa=counts)
    assert held(write_csv(tmp_path / "apa.csv", rows)) == {("nb_beneficiaires_apa", "small_cells", (4322,))}


@pytest.mark.parametrize(("fewest", "kept"), [("2", True), ("3", False)])
def test_an_amount_behind_which_stand_two_enterprises_is_held(tmp_path, fewest, kept):
    counts = ["12", "7", "31", "5", fewest, "14", "9", "22"]
    sectors = ["Industrie", "Commerce", "Construction", "Transports", "Énergie", "Santé", "Culture", "Conseil"]
    rows = table(secteur=sectors, nb_entreprises=counts, chiffre_affaires=[str(9000 + n) for n in range(8)])
    assert held(write_csv(tmp_path / "filieres.csv", rows)) == (
        {("nb_entreprises", "small_cells", (5,))} if kept else set()
    )


def test_the_same_counts_without_an_amount_are_public(tmp_path):
    rows = table(secteur=["Industrie", "Commerce", "Énergie", "Santé"], nb_entreprises=["12", "7", "1", "2"])
    assert held(write_csv(tmp_path / "filieres.csv", rows)) == set()


@pytest.mark.parametrize(("share", "kept"), [("91,5", True), ("84", False)])
def test_one_enterprise_that_is_nearly_all_is_held(tmp_path, share, kept):
    rows = table(
        secteur=["Industrie", "Commerce", "Énergie", "Santé"],
        nb_entreprises=["12", "7", "14", "9"],
        masse_salariale=["900", "850", "700", "1200"],
        part_premiere_entreprise=["31", share, "22,5", "40"],
    )
    found = {(column, category) for column, category, _ in held(write_csv(tmp_path / "filieres.csv", rows))}
    assert found == ({("part_premiere_entreprise", "small_cells")} if kept else set())


def people(**more):
    """Forty rows in five groups of eight who share age and sex."""
    ages = [f"{20 + 10 * (place // 8)}-{29 + 10 * (place // 8)} ans" for place in range(40)]
    return table(
        dossier=[f"D{place}" for place in range(40)],
        age=ages,
        sexe=["F" if place // 8 % 2 else "H" for place in range(40)],
        **more,
    )


def measures(path):
    return next(each.measures for each in scan(path).findings if each.category == "quasi_identifiers")


def test_groups_large_enough_but_all_alike_betray_their_members(tmp_path):
    alike = people(
        pathologie=[["diabète", "asthme", "cancer", "arthrose", "migraine"][place // 8] for place in range(40)]
    )
    mixed = people(pathologie=[["diabète", "asthme", "cancer", "arthrose"][place % 4] for place in range(40)])
    found = measures(write_csv(tmp_path / "a.csv", alike))
    assert (found["k"], found["l"]) == (8, 1)
    found = measures(write_csv(tmp_path / "b.csv", mixed))
    assert (found["k"], found["l"]) == (8, 4)
    decisions = {
        name: {each.decision for each in scan(tmp_path / name).findings if each.category == "quasi_identifiers"}
        for name in ("a.csv", "b.csv")
    }
    assert decisions == {"a.csv": {"block"}, "b.csv": {"pass"}}


def test_combinations_are_counted_without_reading_the_file_again(tmp_path, monkeypatch):
    read = delimited.read_delimited
    times = []

    def counted(path, options):
        raw = read(path, options)
        source = raw.source
        object.__setattr__(raw, "source", lambda size: times.append(size) or source(size))
        return raw

    monkeypatch.setattr(delimited, "read_delimited", counted)
    assert measures(write_csv(tmp_path / "a.csv", people()))["k"] == 8
    assert len(times) == 1


def test_the_share_of_the_first_enterprise_is_looked_at_in_every_row(tmp_path):
    shares = [str(10 + place % 60) for place in range(5000)]
    shares[4322] = "97"
    rows = table(secteur=[f"S{place}" for place in range(5000)], part_premiere_entreprise=shares)
    assert held(write_csv(tmp_path / "filieres.csv", rows)) == {("part_premiere_entreprise", "small_cells", (4323,))}


@pytest.mark.parametrize("mark", ["s", "c", "nd", "ns", "secret", "n.d.", "< 5", "***", "N/A", "[1-10]"])
def test_a_table_already_suppressed_passes(mark, tmp_path):
    counts = ["132", mark, "64", mark, mark, mark, "19", "240"]
    path = write_csv(tmp_path / "rsa_2024.csv", table(commune=TOWNS, nb_allocataires_rsa=counts))
    assert held(path) == set()


@pytest.mark.parametrize("mark", ["s", "c", "nd", "ns", "secret", "n.d.", "< 5", "***", "N/A", "[1-10]"])
def test_suppressed_cells_hide_no_small_one(mark, tmp_path):
    counts = ["132", mark, "4", mark, mark, mark, "19", "240"]
    path = write_csv(tmp_path / "rsa_2024.csv", table(commune=TOWNS, nb_allocataires_rsa=counts))
    assert held(path) == {("nb_allocataires_rsa", "small_cells", (3,))}


def test_marks_of_several_kinds_are_no_reason_to_look_away(tmp_path):
    counts = ["132", "s", "nd", "ns", "4", "secret", "c", "< 11"]
    path = write_csv(tmp_path / "rsa_2024.csv", table(commune=TOWNS, nb_allocataires_rsa=counts))
    assert held(path) == {("nb_allocataires_rsa", "small_cells", (5,))}
    counts[4] = "(s)"
    path = write_csv(tmp_path / "rsa_2025.csv", table(commune=TOWNS, nb_allocataires_rsa=counts))
    assert held(path) == set()


@pytest.mark.parametrize(("sort", "kept"), [("Violences conjugales", True), ("Vélos gravés", False)])
def test_a_sensitive_matter_may_be_in_the_cells(sort, kept, tmp_path):
    rows = table(quartier=["Nord", "Sud"] * 4, type=[sort, "Vols"] * 4, nb_faits=["3", "40"] * 4)
    assert held(write_csv(tmp_path / "faits_2024.csv", rows)) == (
        {("nb_faits", "small_cells", (1, 3, 5, 7))} if kept else set()
    )


def test_counts_of_people_in_a_sensitive_situation_are_counts(tmp_path):
    rows = table(ecole=["Robin", "Peloux"] * 4, nb_eleves_en_situation_de_handicap=["3", "14"] * 4)
    assert held(write_csv(tmp_path / "ecoles.csv", rows)) == {
        ("nb_eleves_en_situation_de_handicap", "small_cells", (1, 3, 5, 7))
    }

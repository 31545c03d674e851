"""A number of a meter or of a point of delivery is a home's, unless a public building stands beside it."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd import scan

from .files import Rows, held_categories, write_csv

POINTS = [str(19_432_887_100_453 + 7_919 * place) for place in range(30)]
USES = [str(100 + 13 * place) for place in range(30)]


def rows(header: str, values: list[str], **others: list[str]) -> Rows:
    columns = {header: values, "conso_kwh": USES, **others}
    return list(columns), [list(row) for row in zip(*columns.values(), strict=True)]


@pytest.mark.parametrize("header", ["PRM", "pdl", "N° PCE", "num_compteur", "Point de livraison", "id_prm", "IDPDL"])
def test_a_lone_number_of_a_meter_is_held(header, tmp_path):
    path = write_csv(tmp_path / "export.csv", rows(header, POINTS))
    assert held_categories(scan(path)) == {"professional_id"}


def test_gas_meters_of_the_older_form_too(tmp_path):
    values = [f"GI{place:06d}" for place in range(153_022, 153_052)]
    assert scan(write_csv(tmp_path / "gaz.csv", rows("pce", values))).held


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("consommations.csv", {"Bâtiment": [f"Gymnase {n}" for n in range(30)]}),
        ("eclairage_public.csv", {"armoire": [f"AR{n}" for n in range(30)]}),
        ("conso_batiments_communaux.csv", {}),
        (
            "bornes.csv",
            {"nom_station": [f"Parking {n}" for n in range(30)], "puissance": USES, "horaires": ["24/7"] * 30},
        ),
    ],
)
def test_those_of_public_buildings_pass(name, others, tmp_path):
    assert not scan(write_csv(tmp_path / name, rows("PDL", POINTS, **others))).held


def test_a_header_without_numbers_says_nothing(tmp_path):
    assert not scan(write_csv(tmp_path / "reseau.csv", rows("pdl", ["pays de la loire"] * 30))).held

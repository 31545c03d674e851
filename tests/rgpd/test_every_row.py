"""No sample: one value in a great many rows is found, and located."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd import scan

ROWS, AT = 200_000, 163_457


@pytest.mark.parametrize(
    ("cell", "category"),
    [
        ("n° 2 69 05 49 588 157 80", "nir"),
        ("FR14 2004 1010 0505 0001 3M02 606", "iban"),
        ("écrire à jeanne.dupont@orange.fr", "email"),
        ("rappeler au 06 12 34 56 78", "phone"),
        ("vu avec Mme DUPONT", "name"),
    ],
)
def test_one_value_in_two_hundred_thousand_rows_is_found_and_located(cell, category, tmp_path):
    path = tmp_path / "interventions.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("numero;voie;remarque;duree\n")
        for row in range(1, ROWS + 1):
            stream.write(f"{row};Rue Jean Jaurès;{cell if row == AT else 'curage du réseau'};{row % 7}\n")
    found = [each for each in scan(path).findings if each.category == category and each.decision != "pass"]
    assert [(each.column, each.count, each.rows, each.lines) for each in found] == [("remarque", 1, (AT,), (AT + 1,))]

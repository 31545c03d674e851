"""The types decided on every value."""

from __future__ import annotations

import pytest

from ckanext.ca3b.tables import ReadOptions, TableError, read


def column(folder, values, header="valeur", **options):
    path = folder / "types.csv"
    path.write_text("nom;" + header + "\n" + "".join(f"mot;{value}\n" for value in values), encoding="utf-8")
    return read(path, options=ReadOptions(**options)).columns[1]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "-2", "", "0"], "integer"),
        (["1 204", "12\u202f345 678", "7"], "integer"),
        (["1 204,5", "3\u00a0000,25", "0,1"], "number"),
        (["1204.5", "3"], "number"),
        (["1.5", "1,5"], "text"),
        (["oui", "non", "Oui"], "boolean"),
        (["O", "N"], "boolean"),
        (["O", "O"], "text"),
        (["vrai", "vrai"], "boolean"),
        (["31/12/2023", "", "01/02/2024"], "date"),
        (["2023-12-31"], "date"),
        (["31-12-2023"], "date"),
        (["31.12.2023"], "date"),
        (["31/02/2023"], "text"),
        (["31/12/2023", "12/31/2023"], "text"),
        (["31/12/2023", "2024-01-01"], "text"),
        (["2023-12-31T08:30:00", "2024-01-01T00:00:00"], "datetime"),
        (["2023-12-31T08:30:00Z"], "datetime"),
        (["31/12/2023 08:30"], "datetime"),
        (["31/12/2023 8h30", "31/12/2023 10h00"], "datetime"),
        (["01053", "71000"], "text"),
        (["2A004", "71000"], "text"),
        (["+33612345678"], "text"),
        (["1234567890123456"], "text"),
        (["5.228345678901234", "46.20000000000000"], "number"),
        (["0.12345678901234567"], "text"),
        (["123456789012345", "12"], "text"),
        (["20231231083000", "20240101000000"], "text"),
        ([" 12 ", "3", "  "], "integer"),
        (["1 204", "12"], "integer"),
        (["12", "1,5"], "number"),
        (["1e5", "2"], "text"),
        (["73282932000074"], "text"),
        (["", ""], "text"),
    ],
)
def test_the_type_of_a_column(tmp_path, values, kind):
    assert column(tmp_path, values).type == kind


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (["01053", "71000"], "zéro"),
        (["+33612345678"], "téléphone"),
        (["1234567890123456"], "15 chiffres"),
        (["1e5", "2e7"], "1e5"),
        (["31/12/2023", "12/31/2023"], "même ordre"),
    ],
)
def test_text_says_why(tmp_path, values, reason):
    assert reason in column(tmp_path, values).reason


def test_day_comes_first_when_both_orders_fit(tmp_path):
    assert column(tmp_path, ["01/02/2023"]).date_format == "%d/%m/%Y"
    assert column(tmp_path, ["01/02/2023"], date_order="mdy").date_format == "%m/%d/%Y"
    assert column(tmp_path, ["12/31/2023"]).date_format == "%m/%d/%Y"


def test_one_value_among_many_decides(tmp_path):
    assert column(tmp_path, ["12"] * 120_000).type == "integer"
    assert column(tmp_path, ["12"] * 120_000 + ["012"]).type == "text"


def test_a_code_named_by_its_header_stays_text(tmp_path):
    assert column(tmp_path, ["71270", "71076"], header="code_insee").type == "text"


def test_a_type_can_be_imposed_when_every_value_fits(tmp_path):
    assert column(tmp_path, ["12"], types={"valeur": "text"}).type == "text"
    assert column(tmp_path, ["71270"], header="insee", types={"insee": "integer"}).type == "integer"
    with pytest.raises(TableError):
        column(tmp_path, ["mot"], types={"valeur": "integer"})

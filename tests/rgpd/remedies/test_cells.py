"""Cells treated one by one: nothing of what they said is left, and nothing else changes."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.ca3b.rgpd.remedies import RemedyError, Treatment
from ckanext.ca3b.rgpd.remedies.kinds.pseudonym import pseudonym

from .towns import KEY, treated

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=6, max_size=30).filter(str.strip)
SECRETS = st.lists(st.one_of(st.none(), WORDS), min_size=1, max_size=20)
OTHERS = ["Été — œuvre « 1 »", "=1+1", "", None, "ß"]
EVERYTHING = [
    Treatment("secret", "drop_column"),
    Treatment("secret", "mask"),
    Treatment("secret", "mask", {"mark": "masqué"}),
    Treatment("secret", "pseudonym"),
    Treatment("secret", "generalise_date"),
    Treatment("secret", "generalise_number"),
    Treatment("secret", "generalise_address"),
    Treatment("secret", "generalise_coordinates"),
]


@pytest.mark.parametrize("treatment", EVERYTHING, ids=lambda each: f"{each.kind}{dict(each.params) or ''}")
@settings(max_examples=25, deadline=None)
@given(secrets=SECRETS)
def test_no_value_survives_and_the_rest_is_untouched(treatment, secrets):
    others = [OTHERS[at % len(OTHERS)] for at in range(len(secrets))]
    made = treated(
        pl.DataFrame({"secret": secrets, "reste": others}, schema_overrides={"secret": pl.String}), treatment
    )
    written = [cell for name in made.columns if name != "reste" for cell in made[name] if cell]
    assert not [secret for secret in secrets if secret and any(secret in cell for cell in written)]
    assert made["reste"].to_list() == others


@given(value=WORDS, other=WORDS)
@settings(max_examples=60, deadline=None)
def test_a_pseudonym_is_of_one_person_and_of_one_key(value, other):
    again = treated(pl.DataFrame({"nom": [value, other, f" {value.upper().lower()} "]}), Treatment("nom", "pseudonym"))
    first, second, _ = again["nom"]
    assert first == pseudonym(value, KEY)
    assert (first == second) == (pseudonym(value, KEY) == pseudonym(other, KEY))
    assert pseudonym(value, b"une autre clef de test") != first
    assert pseudonym(value, KEY, "un autre jeu") != first


def test_a_person_written_otherwise_keeps_the_same_pseudonym():
    names = ["LE GOFF Yann", "le goff  yann", " Le Goff Yann", "Le Goff Ya\u006e\u006e"]
    made = treated(pl.DataFrame({"nom": names}), Treatment("nom", "pseudonym"))["nom"]
    assert made.n_unique() == 1
    assert made[0].startswith("p_")
    assert not any(char.isdigit() for char in made[0])


def test_name_and_first_name_make_one_pseudonym_and_empty_cells_none():
    frame = pl.DataFrame({"nom": ["Petit", "Petit", " ", None], "prenom": ["Ana", "Luc", "", None]})
    made = treated(frame, Treatment(["nom", "prenom"], "pseudonym", {"rename": "personne"}))
    assert made.columns == ["personne"]
    assert made["personne"].n_unique() == 3
    assert made["personne"].to_list()[2:] == [None, None]


@pytest.mark.parametrize("key", [None, b"", b"trop courte"])
def test_without_a_real_key_there_is_no_pseudonym(key):
    with pytest.raises(RemedyError, match="clé secrète"):
        treated(pl.DataFrame({"nom": ["Petit"]}), Treatment("nom", "pseudonym"), key=key)


@pytest.mark.parametrize(
    ("written", "month", "year", "decade", "band"),
    [
        ("12/03/1985", "1985-03", "1985", "1980-1989", "40-49 ans"),
        ("1985-03-12", "1985-03", "1985", "1980-1989", "40-49 ans"),
        ("1985-03-12 00:00:00", "1985-03", "1985", "1980-1989", "40-49 ans"),
        ("12.3.85", "1985-03", "1985", "1980-1989", "40-49 ans"),
        ("1er mars 1985", "1985-03", "1985", "1980-1989", "40-49 ans"),
        ("12 août 2019", "2019-08", "2019", "2010-2019", "0-9 ans"),
        ("19850312", "1985-03", "1985", "1980-1989", "40-49 ans"),
        ("1985", None, "1985", "1980-1989", "40-49 ans"),
        ("03/12/1920", "1920-12", "1920", "1920-1929", "80 ans et plus"),
        ("inconnue", None, None, None, None),
        (None, None, None, None, None),
    ],
)
def test_dates_of_every_writing_get_coarser(written, month, year, decade, band):
    frame = pl.DataFrame({"date": [written]}, schema={"date": pl.String})
    wanted = {"month": month, "year": year, "decade": decade, "age_band": band}
    for level, told in wanted.items():
        assert treated(frame, Treatment("date", "generalise_date", {"to": level})).item() == told


def test_numbers_of_every_writing_get_a_band():
    frame = pl.DataFrame({"n": ["1 234,56 €", "1.234,56", "-3", "0", "", "42 ans", "beaucoup"]})
    by_width = treated(frame, Treatment("n", "generalise_number", {"width": 500}))["n"].to_list()
    assert by_width[:4] == ["de 1000 à moins de 1500"] * 2 + ["de -500 à moins de 0", "de 0 à moins de 500"]
    assert by_width[4:] == [None, "de 0 à moins de 500", None]
    bounds = treated(frame, Treatment("n", "generalise_number", {"bounds": [0, 100, 1000]}))["n"].to_list()
    assert bounds == ["1000 et plus"] * 2 + ["moins de 0", "de 0 à moins de 100", None, "de 0 à moins de 100", None]
    ages = treated(frame, Treatment("n", "generalise_number", {"style": "age"}))["n"].to_list()
    assert ages[5] == "40-49 ans"


@given(st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_each_number_is_in_its_band(values):
    made = treated(pl.DataFrame({"n": [str(value) for value in values]}), Treatment("n", "generalise_number"))["n"]
    for value, band in zip(values, made, strict=True):
        low, high = band.removeprefix("de ").split(" à moins de ")
        assert float(low) <= value < float(high)


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("12 rue de la République 01000 BOURG EN BRESSE", "Bourg-en-Bresse"),
        ("3 allée des Lilas, 01000 Saint-Denis-lès-Bourg", "Saint-Denis-lès-Bourg"),
        ("5 rue de Paris\n01440 VIRIAT Cedex", "Viriat"),
        ("Lieu-dit Les Granges", None),
        ("12 rue X 01000", None),
        ("99999 Nulle-Part", None),
        (None, None),
    ],
)
def test_an_address_becomes_its_commune_or_nothing(address, town):
    frame = pl.DataFrame({"adresse": [address]}, schema={"adresse": pl.String})
    assert treated(frame, Treatment("adresse", "generalise_address")).item() == town


def test_a_code_beside_an_address_tells_its_commune_or_its_departement():
    frame = pl.DataFrame({"adresse": ["1 rue A", "2 rue B", "3 rue C"], "insee": ["01053", "1451", None]})
    params = {"code_column": "insee"}
    assert treated(frame, Treatment("adresse", "generalise_address", params))["adresse"].to_list() == [
        "Bourg-en-Bresse",
        "Viriat",
        None,
    ]
    params["to"] = "departement"
    assert treated(frame, Treatment("adresse", "generalise_address", params))["adresse"].to_list() == ["01", "01", None]


SAME_PLACE = [
    {"x": "46.205167, 5.225501"},
    {"x": "[5.225501,46.205167]"},
    {"x": "POINT (5.225501 46.205167)"},
    {"x": '{"type":"Point","coordinates":[5.225501,46.205167]}'},
    {"lat": "46,205167", "lon": "5,225501"},
    {"lon": "5.225501", "lat": "46.205167"},
    {"x": "871573.22", "y": "6569675.81"},
]


@pytest.mark.parametrize("point", SAME_PLACE, ids=lambda each: next(iter(each.values())))
def test_every_way_of_writing_a_position_gives_the_same_square(point):
    frame = pl.DataFrame([point] * 5)
    made = treated(frame, Treatment(list(point), "generalise_coordinates", {"cell": 1000}))
    assert made.columns == ["carreau_1000_m"]
    assert made["carreau_1000_m"].unique().to_list() == ["CRS3035RES1000mN2577000E3952000"]


def test_one_value_alone_is_not_told_by_its_band():
    frame = pl.DataFrame({"n": ["123456"] * 3})
    assert "123456" not in treated(frame, Treatment("n", "generalise_number"))["n"][0]


def test_a_square_with_few_rows_is_left_empty_and_a_commune_needs_its_outline():
    frame = pl.DataFrame(
        {"lat": ["46.205"] * 6 + ["46.35", "nord", None], "lon": ["5.225"] * 6 + ["5.40", "est", None]}
    )
    made = treated(frame, Treatment(["lat", "lon"], "generalise_coordinates", {"cell": 200, "k": 5}))
    assert made.to_series().null_count() == 3
    towns = treated(frame, Treatment(["lat", "lon"], "generalise_coordinates", {"to": "commune", "siren": "200071751"}))
    assert towns["commune"].to_list() == ["Bourg-en-Bresse"] * 6 + [None] * 3
    with pytest.raises(RemedyError, match="contours"):
        treated(frame, Treatment(["lat", "lon"], "generalise_coordinates", {"to": "commune"}))


def test_only_the_cells_of_people_are_masked():
    frame = pl.DataFrame({"nom": ["Judo club", "M. Karim BENALI", None, "PETIT Sylvie"]})
    made = treated(frame, Treatment("nom", "mask", {"only": ["name"], "mark": "Personne physique"}))
    assert made["nom"].to_list() == ["Judo club", "Personne physique", None, "Personne physique"]


def test_only_what_tells_people_is_masked_in_a_text():
    text = "rappeler M. Paul Martin au 06 12 34 56 78, lampadaire cassé"
    frame = pl.DataFrame({"observations": [text, "fuite", None]})
    made = treated(frame, Treatment("observations", "mask", {"inside": ["name", "phone"]}))["observations"].to_list()
    assert "Martin" not in made[0]
    assert "34 56" not in made[0]
    assert "lampadaire cassé" in made[0]
    assert made[1:] == ["fuite", None]

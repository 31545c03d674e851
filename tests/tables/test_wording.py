"""The rules of a column told to a clerk: right words, and values that can be copied as they stand."""

from __future__ import annotations

import pytest

from ckanext.ca3b.tables import schemas, wording
from ckanext.ca3b.tables.schemas import Field


def field(type_: str = "string", example: str = "x", **rest) -> Field:
    names = {"format", "true_values", "false_values", "pattern_words"}
    return Field(
        name="colonne",
        type=type_,
        title="Colonne",
        description="Une colonne.",
        example=example,
        constraints={key: value for key, value in rest.items() if key not in names},
        **{key: value for key, value in rest.items() if key in names},
    )


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (field(), "Un texte."),
        (field(minLength=3, maxLength=18), "Un texte, de 3 à 18 caractères."),
        (field(maxLength=256), "Un texte, 256 caractères au plus."),
        (field(format="uri"), "Une adresse internet complète, qui commence par https:// ou http://."),
        (field(pattern=r"^\d{14}$"), "Un numéro SIRET : 14 chiffres, sans espace."),
        (field(pattern="^[a-c]+$", example="abba"), "Un texte de la même forme que « abba »."),
        (field(pattern="^[a-c]+$", pattern_words="Des lettres de a à c"), "Des lettres de a à c."),
        (field("integer"), "Un nombre entier."),
        (field("integer", minimum=0), "Un nombre entier, zéro ou plus."),
        (field("number", minimum=-90, maximum=90), "Un nombre, avec un point avant les décimales, de -90 à 90."),
        (field("number", minimum=0.01), "Un nombre, avec un point avant les décimales, 0.01 ou plus."),
        (field("number", maximum=1), "Un nombre, avec un point avant les décimales, 1 ou moins."),
        (field("boolean"), "Oui ou non, écrit « true » ou « false »."),
        (
            field("boolean", true_values=("oui", "1"), false_values=("non", "0")),
            "Oui ou non, écrit « oui » ou « non ».",
        ),
        (field("date"), "Une date AAAA-MM-JJ."),
        (field("date", format="%d/%m/%Y"), "Une date JJ/MM/AAAA."),
        (field("date", format="%Y"), "Une année sur 4 chiffres."),
        (field("datetime"), "Une date et une heure : AAAA-MM-JJTHH:MM:SS."),
        (field("year", minimum=1900), "Une année sur 4 chiffres, 1900 ou plus."),
        (field(enum=["PI", "BI", "PA"]), "Une valeur parmi : « PI », « BI » ou « PA »."),
        (field("integer", enum=[1, -1]), "Une valeur parmi : « 1 » ou « -1 »."),
    ],
)
def test_a_rule_is_told_in_one_sentence(column, told):
    assert column.expected.replace(wording.NBSP, " ") == told


def test_a_list_in_a_cell_is_told_with_its_mark_and_its_values():
    pattern = r"(?:(?:^|\|)(verre|papier \(trié\)))+$"
    assert field(pattern=pattern).expected.replace(wording.NBSP, " ") == (
        "Une ou plusieurs valeurs séparées par une barre verticale (|), sans espace autour, "
        "parmi : « verre » ou « papier (trié) »."
    )


def test_a_long_list_is_cut_and_counted():
    told = field(enum=[f"v{number}" for number in range(40)]).expected
    assert told.endswith("v11\u00a0»… (40 valeurs).")
    assert "v12" not in told


def test_values_keep_the_apostrophe_the_file_must_have():
    told = schemas.load("decp-marches").field("procedure").expected
    assert "Appel d'offres ouvert" in told


def test_texts_get_the_typography_of_french():
    assert wording.typographic("Ce n'est pas : « l'un » ?") == "Ce n’est pas\u00a0: «\u00a0l'un\u00a0»\u00a0?"
    assert "’" in schemas.load("scdl-deliberations").field("PREF_ID").description

"""A person's address, telephone or name in the description of a dataset is pointed out."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd.hints import hints, words


@pytest.mark.parametrize(
    ("field", "text", "category"),
    [
        ("contact-0-email", "jeanne.dupont@viriat.fr", "email"),
        ("notes", "Pour toute question, appelez Mme Dupont au 06 12 34 56 78.", "phone"),
        ("notes", "Tableau tenu par Mme DUPONT Jeanne.", "name"),
    ],
)
def test_what_is_of_a_person_is_pointed_out(field, text, category):
    found = hints({field: text})
    assert category in {one.category for one in found}
    assert {one.field for one in found} == {field}
    assert not [one for one in found if "upont" in one.message]


@pytest.mark.parametrize("text", ["mairie@viriat.fr", "Les déchèteries de la commune.", "", "École Jules Ferry"])
def test_what_is_of_a_service_is_not(text):
    assert not hints({"notes": text})


def test_the_words_of_a_file_name_are_told_apart():
    assert words("liste_DUPONT-Jean_2024.csv") == "liste DUPONT Jean"
    found = hints({}, {"resources-0-url": "Mme_DUPONT_Jeanne.csv"})
    assert [(one.field, one.category) for one in found] == [("resources-0-url", "name")]
    assert not hints({}, {"resources-0-url": "dechetteries_2024.csv"})

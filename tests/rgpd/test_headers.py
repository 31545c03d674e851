"""Headers, however they are written, say the same words."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd.words import plain, unglue


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("NOMUSAGER", " nom usager "),
        ("telmobile", " tel mobile "),
        ("DATENAISS", " date naiss "),
        ("dtnais", " dt nais "),
        ("IDPDL", " id pdl "),
        ("codepostalusager", " code postal usager "),
        ("T_ADRESSECLIENT", " t adresse client "),
    ],
)
def test_words_without_anything_between_them_are_told_apart(header, words):
    assert plain(header) == words


@pytest.mark.parametrize(
    "word",
    ["personnel", "commentaire", "nomination", "datation", "population", "parcelle", "responsable", "codage", "message",
     "identifiant", "portail", "nomenclature", "compostage", "agence", "villa", "parente", "adressage", "prenommee",
     "portage", "adresses", "comptage"],
)  # fmt: skip
def test_a_word_that_begins_like_two_stays_one(word):
    assert unglue(word) == (word,)


def test_a_long_word_takes_no_long_time():
    assert unglue("nomid" * 5000) == ("nomid" * 5000,)


@pytest.mark.parametrize(
    ("header", "words"),
    [("PROPRIETAI", " proprietaire "), ("t_benef_nm", " t beneficiaire nom "), ("Obs.", " observation "),
     ("observateur", " observateur "), ("loc", " loc "), ("code_comm", " code comm ")],
)  # fmt: skip
def test_short_words_are_read_as_what_they_stand_for(header, words):
    assert plain(header) == words

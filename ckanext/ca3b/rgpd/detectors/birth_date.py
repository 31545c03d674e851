"""Dates of birth: their header, or « né(e) le » in a text."""

from __future__ import annotations

import polars as pl

from .base import Detector, by_expression

_BORN = r"(?i)(?:^|\P{L})n[ée]{1,2}(?:\(e\)|\.e|·e)?s?[ ]+(?:le|en)[ ]+(?:[0-9]{1,2}[ ./-]|1er|19[0-9]{2}|20[0-9]{2})"

DETECTOR = Detector(
    category="birth_date",
    label="Date de naissance",
    ground="CRPA L312-1-2 ; RGPD art. 4",
    headers=(
        "date naissance",
        "naissance",
        "naiss",
        "nais",
        "jdatnss",
        "ddn",
        "ne le",
        "nee le",
        "ne e le",
        "datenaissance",
        "date nais",
        "dnaiss",
        "date naiss",
        "datenais",
        "birthdate",
        "birth date",
        "birth year",
        "birthyear",
        "year birth",
        "dob",
        "birthday",
        "dt naissance",
        "anniversaire",
        "annee naissance",
        "an naissance",
    ),
    not_headers=(
        "nombre",
        "nb",
        "taux",
        "lieu",
        "commune",
        "ville",
        "pays",
        "departement",
        "nom",
        "total",
        "rang",
        "code",
        "prenom",
        "acte",
    ),
    candidate=_BORN,
    pattern=_BORN,
    classify=by_expression(lambda _: pl.lit("said")),
    min_length=8,
    value_test={
        "date": (
            r"^[0-9]{1,2}[/.\- ][0-9]{1,2}[/.\- ](?:[0-9]{4}|[0-9]{2})(?:[ T].*)?$"
            r"|^[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[ T].*)?$|^(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]"
            r"|1[0-2])(?:19|20)[0-9]{2}$|^(?:19|20)[0-9]{6}$"
            r"|^(?i:[0-9]{1,2}(?:er)? [a-zéû]{3,9}\.? [0-9]{4})$"
        ),
        "year": r"^(?:18|19|20)[0-9]{2}$",
        # Days since 1900, as a spreadsheet writes a date that lost its format.
        "serial": r"^(?:[1-4][0-9]{4}|[3-9][0-9]{3})(?:[.,]0+)?$",
    },
    examples=(
        ("ddn", "12/03/1980", "date"),
        ("date_naissance", "1980-03-12", "date"),
        ("né(e) le", "3 mars 1980", "date"),
        ("annee_naissance", "1980", "year"),
        ("dtnais", "29292", "serial"),
        ("remarque", "Mme X, née le 12/03/1980 à Lyon", "said"),
    ),
    counter_examples=(("date", "12/03/1980"), ("nb_naissances", "1980"), ("texte", "le projet est né l’an dernier")),
)

"""Free text: patterns first, then the language model of the extra, within a bound that is said when reached."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd import language, scan
from ckanext.ca3b.rgpd.decide import sentences

from .files import held_categories, write_csv

PLAIN = ["curage du fossé le long de la voie", "reprise du trottoir devant la mairie", "taille des haies du parc"]
installed = pytest.mark.skipif(not language.installed(), reason="the extra rgpd-ner is not installed")


def works(path, *notes):
    """A table of road works with these notes among others."""
    notes = [*PLAIN, *notes]
    rows = [[str(place), f"RD {place}", note] for place, note in enumerate(notes, 1)]
    return write_csv(path / "travaux.csv", (["numero", "route", "observations"], rows))


@installed
@pytest.mark.parametrize(
    "note", ["vu avec lucie chevallier et son fils hier", "le voisin théo josserand ne répond plus"]
)
def test_a_name_without_capitals_is_read_in_a_sentence(note, tmp_path):
    report = scan(works(tmp_path, note))
    assert held_categories(report) == {"name"}
    assert [(each.rows, each.lines) for each in report.findings if each.decision != "pass"] == [((4,), (5,))]
    assert report == scan(works(tmp_path, note))


@installed
@pytest.mark.parametrize(
    "note", ["nid de poule devant l’école jules ferry", "déviation par la rue jean moulin à Viriat"]
)
def test_the_name_of_a_place_is_no_person(note, tmp_path):
    assert not scan(works(tmp_path, note)).held


@installed
def test_what_is_beyond_the_bound_is_said_and_holds_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(language, "MOST", 50)
    report = scan(works(tmp_path, "vu pour la rue pierre loti ce matin", "passage par la place marie curie hier"))
    assert report.held
    (said,) = report.not_examined
    assert said.startswith("colonne « observations » : trop de texte libre pour l’analyse de langue, 1 cellule(s)")


def test_without_the_extra_it_is_said_and_patterns_still_hold(tmp_path, monkeypatch):
    monkeypatch.setattr(sentences.language, "installed", lambda: False)
    report = scan(works(tmp_path, "vu pour la rue pierre loti ce matin"))
    assert not report.held
    assert report.notes == (language.MISSING,)
    assert scan(works(tmp_path)).notes == ()
    assert held_categories(scan(works(tmp_path, "rappeler Mme CHEVALLIER avant midi"))) >= {"name"}

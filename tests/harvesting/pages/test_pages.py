"""Who sees which page of harvesting, and what a form does, without any script."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.harvesting import engine as runs_engine
from ckanext.ca3b.harvesting.store import conflicts, sources
from tests.harvesting import engine
from tests.harvesting.catalogue import Entry, Portal

TABLE = (
    "ID;TITRE;DESCRIPTION;THEME;PRODUCTEUR_NOM;DATE_PUBL;LICENCE;URL\n"
    "a;Marchés;Les marchés.;Économie;Commune de Viriat;2024-01-02;Licence Ouverte;https://viriat.example/marches.csv\n"
).encode()


def serve(site, catalogue, path="/catalog.ttl"):
    site.types[path] = "text/turtle"
    site.files[path] = catalogue.turtle()
    return site.url(path)


@pytest.mark.parametrize("path", ["", "/ajouter", "/lot", "/conflits", "/sources/x", "/executions/x"])
def test_a_visitor_is_asked_to_sign_in(app, towns, path):
    answer = app.get(f"/moissonnage{path}", follow_redirects=False)
    assert answer.status_code == 302
    assert "/user/login" in answer.headers["Location"]


def test_an_administrator_sees_their_own_sources_and_decides_nothing(see, towns, administrator):
    engine.source("https://a.example/catalog", towns["viriat"], "Source de Viriat", name="de-viriat")
    engine.source("https://b.example/catalog", towns["attignat"], "Source d’Attignat", name="d-attignat")
    board = see("/moissonnage", administrator)
    assert [one.a.get_text() for one in board.select("tbody th")] == ["Source de Viriat"]
    page = see("/moissonnage/sources/de-viriat", administrator)
    assert not page.find("button", string="Moissonner maintenant")
    assert "/moissonnage/rapport/" not in str(page)
    see("/moissonnage/sources/d-attignat", administrator, status=403)
    see("/moissonnage/lot", administrator, status=403)
    see("/moissonnage/conflits", administrator, status=403)


def test_a_spreadsheet_becomes_a_draft_that_is_shown_before_it_is_approved(see, send, towns, operator):
    file = FileStorage(io.BytesIO(TABLE), "catalogue.csv")
    path = send("/moissonnage/ajouter", operator, upload=file, owner_org=towns["viriat"])
    (draft,) = sources.listed()
    assert path == f"/moissonnage/sources/{draft.name}/apercu"
    assert (draft.state, draft.schedule) == ("draft", "manual")
    preview = see(path, operator)
    assert "Marchés" in preview.get_text()
    assert preview.find("button", string="Oui, moissonner cette source")
    assert engine.found(q="Marchés")["count"] == 0

    path = send(f"/moissonnage/sources/{draft.name}/approuver", operator, title="Tableau de Viriat", decision="yes")
    run = path.rsplit("/", 1)[-1]
    progress = see(path, operator)
    assert progress.find("noscript").find("meta", {"http-equiv": "refresh"})
    engine.carried(run)
    assert "1 jeu de données ajouté" in see(path, operator).get_text()
    assert engine.found(q="Marchés")["count"] == 1


def test_an_administrator_gives_a_spreadsheet_that_waits_for_the_operator(see, send, towns, administrator):
    path = send(
        "/moissonnage/ajouter", administrator, upload=FileStorage(io.BytesIO(TABLE), "c.csv"), owner_org=towns["viriat"]
    )
    preview = see(path, administrator)
    assert "Marchés" in preview.get_text()
    assert not preview.find("button", string="Oui, moissonner cette source")
    assert not see("/moissonnage/ajouter", administrator).find("input", {"name": "address"})


def test_an_address_that_is_no_catalogue_is_told_beside_its_field(app, site, towns, operator):
    headers = {"Authorization": operator["token"]}
    answer = app.post("/moissonnage/ajouter", headers=headers, data={"address": site.url("/rien")}, status=400)
    text = answer.get_data(as_text=True)
    assert 'id="harvest-address-error"' in text
    assert 'href="#harvest-address"' in text
    assert site.url("/rien") in text
    assert not sources.listed()


def test_the_report_of_a_commune_opens_by_its_key_and_says_nothing_of_the_inside(app, see, site, towns):
    portal = Portal.of(site.address, 2)
    portal.entries[1].license = "https://viriat.example/licence-maison"
    address = serve(site, portal)
    secret = address.replace("://", "://compte:motdepasse@")
    id_ = engine.source(address, towns["viriat"], "Catalogue de Viriat", approved_by="exploitant-secret")
    assert engine.run(id_).state == "done"
    sources.change(id_, address=secret)
    answer = app.get(f"/moissonnage/rapport/{id_}")
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.get_data(as_text=True)
    assert "licence-maison" in text
    assert "motdepasse" not in text
    assert "exploitant-secret" not in text
    table = app.get(f"/moissonnage/rapport/{id_}.csv").get_data(as_text=True)
    assert table.startswith("\ufeffjeu_de_donnees;")
    assert "licence-maison" in table
    see("/moissonnage/rapport/autre-clef", status=404)


def test_datasets_of_a_web_page_wait_to_be_reviewed_together(see, send, site, towns, operator):
    site.types["/"] = "text/html"
    site.files["/"] = b"""<html><head><title>Donn\xc3\xa9es</title></head><body><h1>Donn\xc3\xa9es ouvertes</h1>
        <p><a href="/budget.csv">Budget communal</a> <a href="/arbres.csv">Arbres de la commune</a></p></body></html>"""
    id_ = engine.source(site.url("/"), towns["viriat"], kind="webpage")
    run = engine.run(id_)
    assert run.counts["review"] == 2
    page = see(f"/moissonnage/executions/{run.id}?verdict=review", operator)
    boxes = [one["value"] for one in page.select("input[name=identifier]")]
    assert len(boxes) == 2
    assert engine.found(q="communal")["count"] == 0
    send(f"/moissonnage/executions/{run.id}/relire", operator, identifier=boxes, decision="accept")
    assert len(engine.datasets(id_)) == 2
    assert not see(f"/moissonnage/executions/{run.id}?verdict=review", operator).select("input[name=identifier]")


def test_the_operator_says_which_of_two_sources_is_authoritative(see, send, site, other_site, towns, operator):
    uri = "https://data.example/jeux/1"
    first = serve(site, Portal(site.address, [Entry("un", "Jeu partagé", uri=uri, identifier="a")]))
    second = serve(other_site, Portal(other_site.address, [Entry("un", "Jeu repris", uri=uri, identifier="b")]))
    one, two = engine.source(first, towns["viriat"], "Viriat"), engine.source(second, towns["attignat"], "Attignat")
    engine.run(one)
    engine.run(two)
    page = see("/moissonnage/conflits", operator)
    (conflict,) = conflicts.listed("open")
    assert {radio["value"] for radio in page.select("input[name=authority_source_id]")} == {one, two}
    send(f"/moissonnage/conflits/{conflict.id}", operator, authority_source_id=two)
    after = see("/moissonnage/conflits", operator)
    assert not after.select("input[name=authority_source_id]")
    assert "« Attignat » fait autorité" in after.get_text().replace("\xa0", " ")


def test_a_report_is_filtered_by_outcome_and_words(see, site, towns, operator):
    portal = Portal.of(site.address, 3)
    portal.entries[1].title = "Budget"
    run = engine.run(engine.source(serve(site, portal), towns["viriat"]))
    path = f"/moissonnage/executions/{run.id}"
    titles = [one.get_text() for one in see(f"{path}?q=budget", operator).select(".ca3b-harvest-records h3")]
    assert titles == ["Budget"]
    assert not see(f"{path}?verdict=refused", operator).select(".ca3b-harvest-records h3")
    assert len(see(f"{path}?verdict=autre", operator).select(".ca3b-harvest-records h3")) == 3
    see(f"{path}?page=9", operator, status=404)


def test_a_source_is_forgotten_only_when_the_box_is_ticked(send, towns, operator):
    engine.source("https://a.example/catalog", towns["viriat"], name="a-oublier")
    send("/moissonnage/sources/a-oublier/supprimer", operator)
    assert sources.find("a-oublier")
    assert send("/moissonnage/sources/a-oublier/supprimer", operator, sure="yes") == "/moissonnage"
    assert not sources.find("a-oublier")


def test_a_run_that_waits_is_cancelled_from_its_page(app, see, send, towns, operator):
    id_ = engine.source("https://a.example/catalog", towns["viriat"])
    run = runs_engine.start(id_, "hand", enqueue=False)
    path = f"/moissonnage/executions/{run.id}"
    page = see(path, operator)
    assert page.find("button", string="Arrêter ce moissonnage")
    asked = page.find("div", {"data-module": "ca3b-progress"})["data-module-url"]
    headers = {"Authorization": operator["token"]}
    assert app.get(asked, headers=headers).json == {"state": "running", "step": "En attente"}
    send(f"{path}/annuler", operator)
    assert engine.ended(run.id).state == "cancelled"
    assert app.get(asked, headers=headers).json["state"] == "cancelled"


def test_the_page_of_a_source_says_what_it_needs_as_the_board_does(see, site, towns, operator, administrator):
    portal = Portal.of(site.address, 10)
    id_ = engine.source(serve(site, portal), towns["viriat"], name="de-viriat")
    page = see("/moissonnage/sources/de-viriat", operator)
    assert [one.get_text(strip=True) for one in needs(page)] == ["Cette source n’a jamais été moissonnée."]
    assert not needs(page)[0].find("a"), "it would lead to the same page"
    engine.run(id_)
    assert not see("/moissonnage/sources/de-viriat", operator).select("#todo")

    site.files["/catalog.ttl"] = portal.turtle(portal.entries[:2])
    held = engine.run(id_)
    sources.change(id_, state="active", next_run=held.created - dt.timedelta(days=2))
    for who in (operator, administrator):
        said = needs(see("/moissonnage/sources/de-viriat", who))
        board = needs(see("/moissonnage", who))
        assert [one.p.get_text() for one in said] == [one.p.get_text() for one in board]
        assert [bool(one.find("a")) for one in said] == [True, False], "the run that waits, then what is late"
        link = said[0].a
        assert link["href"].endswith(f"/moissonnage/executions/{held.id}")
        assert link["aria-describedby"] == said[0].p["id"]


def needs(page):
    """Return what a page says is to be done, in its section."""
    return page.find("section", {"aria-labelledby": "todo"}).select("li")

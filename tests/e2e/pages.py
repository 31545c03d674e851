"""The main pages of the portal, and who looks at them: the list that the accessibility and language tests walk."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from ckanapi import NotFound

from ckanext.ca3b.tables import schemas

from .conftest import Portal
from .harvested import Harvested


@dataclass(frozen=True)
class MainPage:
    """One page: a name for its pictures, its address, who looks at it (``None``: anybody)."""

    name: str
    path: str
    who: str | None = None


def main_pages(portal: Portal, catalogue: Harvested) -> list[MainPage]:
    """Every page a citizen, a clerk or the operator meets first, with real content."""
    api = portal.api()
    dataset = api.action.package_show(id=f"communes-{portal.territory.epci.slug}")
    resource = dataset["resources"][0]
    table = next(one for one in dataset["resources"] if one["format"] == "CSV")
    organisation = dataset["organization"]["name"]
    commune = portal.territory.by_name[0].slug
    return [
        MainPage("accueil", "/"),
        MainPage("resultats", "/dataset/"),
        MainPage("resultats-recherche", "/dataset/?q=population"),
        MainPage("resultats-vides", "/dataset/?q=vlo+xyzzyx"),
        MainPage("jeu-de-donnees", f"/dataset/{dataset['name']}"),
        MainPage("fichier", f"/dataset/{dataset['name']}/resource/{resource['id']}"),
        MainPage("tableau", f"/dataset/{dataset['name']}/resource/{table['id']}"),
        MainPage("tableau-filtre", f"/dataset/{dataset['name']}/resource/{table['id']}?q=bourg&page=2"),
        MainPage("programme", f"/fichiers/{table['id']}/api"),
        MainPage("schemas", "/schemas"),
        MainPage("schema", "/schemas/scdl-subventions"),
        MainPage("communes", "/communes"),
        MainPage("cartes", "/cartes"),
        MainPage("cartes-recherche", "/cartes/recherche"),
        MainPage("cartes-chaleur", "/cartes/chaleur"),
        MainPage("cartes-nouvelle", "/cartes/nouvelle", "agent"),
        MainPage("organisations", "/organization/"),
        MainPage("organisation", f"/organization/{organisation}"),
        MainPage("commune", f"/organization/{commune}"),
        MainPage("themes", "/group/"),
        MainPage("a-propos", "/about"),
        MainPage("connexion", "/user/login"),
        MainPage("introuvable", "/dataset/cette-page-n-existe-pas"),
        MainPage("publier-depart", "/publier", "agent"),
        MainPage("publier-brouillon", f"/publier/{_draft(portal)}", "agent"),
        MainPage("publier-remplacer", f"/publier/{dataset['name']}/fichier/{resource['id']}", "exploitant"),
        MainPage("sante", "/catalogue/sante", "exploitant"),
        MainPage("sante-organisme", f"/organization/{organisation}/sante", "exploitant"),
        MainPage("obligations", "/obligations", "exploitant"),
        MainPage("obligations-commune", f"/obligations/{commune}", "exploitant"),
        MainPage("declarer", f"/catalogue/declarer/{organisation}", "exploitant"),
        MainPage("declarer-choix", "/catalogue/declarer", "exploitant"),
        MainPage("rapport-a-corriger", f"/bureau/fichiers/{_wrong(portal)}", "agent"),
        MainPage("rapport", f"/bureau/fichiers/{table['id']}", "exploitant"),
        MainPage("publier", "/dataset/new", "agent"),
        MainPage("modifier", f"/dataset/edit/{dataset['name']}", "exploitant"),
        MainPage("bureau", "/bureau", "agent"),
        MainPage("tableau-de-bord", "/dashboard/datasets", "agent"),
        MainPage("historique", f"/dataset/activity/{dataset['name']}", "exploitant"),
        MainPage("membres", f"/organization/members/{organisation}", "exploitant"),
        MainPage("modifier-organisation", f"/organization/edit/{organisation}", "exploitant"),
        *harvest_pages(catalogue),
    ]


def harvest_pages(catalogue: Harvested) -> list[MainPage]:
    """The pages of the harvest: the report that a town hall is sent, and those of the operator."""
    return [
        MainPage("moissonnage-commune", f"/moissonnage/rapport/{catalogue.report_key}"),
        MainPage("moissonnage", "/moissonnage", "exploitant"),
        MainPage("moissonnage-ajouter", "/moissonnage/ajouter", "exploitant"),
        MainPage("moissonnage-lot", "/moissonnage/lot", "exploitant"),
        MainPage("moissonnage-conflits", "/moissonnage/conflits", "exploitant"),
        MainPage("moissonnage-source", f"/moissonnage/sources/{catalogue.source}", "exploitant"),
        MainPage("moissonnage-reglages", f"/moissonnage/sources/{catalogue.source}/reglages", "exploitant"),
        MainPage("moissonnage-apercu", f"/moissonnage/sources/{catalogue.draft}/apercu", "exploitant"),
        MainPage("moissonnage-execution", f"/moissonnage/executions/{catalogue.run}", "exploitant"),
        MainPage("moissonnage-jeu", f"/moissonnage/jeux/{catalogue.dataset}", "exploitant"),
    ]


def _draft(portal: Portal) -> str:
    """A publication that the clerk has left unfinished, with its file; gives its id."""
    return _with_file(portal, "brouillon-a-terminer", "Parkings", "Parking;Places\r\nGare;120\r\nMairie;45\r\n")["id"]


def _wrong(portal: Portal) -> str:
    """A file that its schema refuses, in a draft of the clerk; gives the id of the file."""
    schema = schemas.load("scdl-deliberations")
    row = {**schema.samples["valid"][0], "COLL_SIRET": "20007175100017", "COLL_NOM": ""}
    lines = [schema.field_names, [row.get(name) or "" for name in schema.field_names]]
    content = "".join(";".join(line) + "\r\n" for line in lines)
    return _with_file(portal, "deliberations-a-corriger", "Conseil à corriger", content)["resources"][0]["id"]


def _with_file(portal: Portal, name: str, title: str, content: str) -> dict[str, Any]:
    """A draft of the clerk's commune with one CSV file, made once."""
    api = portal.api("exploitant")
    try:
        return api.action.package_show(id=name)
    except NotFound:
        (owner,) = portal.people["agent"]["organisations"]
        draft = api.action.package_create(name=name, title=title, notes="À relire.", owner_org=owner, state="draft")
    file = io.BytesIO(content.encode("cp1252"))
    file.name = f"{name}.csv"
    api.action.resource_create(package_id=draft["id"], name=title, upload=file)
    return api.action.package_show(id=name)

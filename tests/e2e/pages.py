"""The main pages of the portal, and who looks at them: the list that the accessibility and language tests walk."""

from __future__ import annotations

import io
from dataclasses import dataclass

from ckanapi import NotFound

from .conftest import Portal


@dataclass(frozen=True)
class MainPage:
    """One page: a name for its pictures, its address, who looks at it (``None``: anybody)."""

    name: str
    path: str
    who: str | None = None


def main_pages(portal: Portal) -> list[MainPage]:
    """Every page a citizen, a clerk or the operator meets first, with real content."""
    api = portal.api()
    dataset = api.action.package_show(id=f"communes-{portal.territory.epci.slug}")
    resource = dataset["resources"][0]
    organisation = dataset["organization"]["name"]
    commune = portal.territory.by_name[0].slug
    return [
        MainPage("accueil", "/"),
        MainPage("resultats", "/dataset/"),
        MainPage("resultats-recherche", "/dataset/?q=population"),
        MainPage("resultats-vides", "/dataset/?q=vlo+xyzzyx"),
        MainPage("jeu-de-donnees", f"/dataset/{dataset['name']}"),
        MainPage("fichier", f"/dataset/{dataset['name']}/resource/{resource['id']}"),
        MainPage("communes", "/communes"),
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
        MainPage("publier", "/dataset/new", "agent"),
        MainPage("modifier", f"/dataset/edit/{dataset['name']}", "exploitant"),
        MainPage("bureau", "/bureau", "agent"),
        MainPage("tableau-de-bord", "/dashboard/datasets", "agent"),
        MainPage("historique", f"/dataset/activity/{dataset['name']}", "exploitant"),
        MainPage("membres", f"/organization/members/{organisation}", "exploitant"),
        MainPage("modifier-organisation", f"/organization/edit/{organisation}", "exploitant"),
    ]


def _draft(portal: Portal) -> str:
    """A publication that the clerk has left unfinished, with its file; gives its id."""
    name, api = "brouillon-a-terminer", portal.api("exploitant")
    try:
        return api.action.package_show(id=name)["id"]
    except NotFound:
        (owner,) = portal.people["agent"]["organisations"]
        draft = api.action.package_create(
            name=name, title="Parkings", notes="À relire.", owner_org=owner, state="draft"
        )  # fmt: skip
    file = io.BytesIO("Parking;Places\r\nGare;120\r\nMairie;45\r\n".encode("cp1252"))
    file.name = "parkings.csv"
    api.action.resource_create(package_id=draft["id"], name="Parkings", upload=file)
    return draft["id"]

"""The main pages of the portal, and who looks at them: the list that the accessibility and language tests walk."""

from __future__ import annotations

from dataclasses import dataclass

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
        MainPage("publier", "/dataset/new", "agent"),
        MainPage("modifier", f"/dataset/edit/{dataset['name']}", "exploitant"),
        MainPage("bureau", "/bureau", "agent"),
        MainPage("tableau-de-bord", "/dashboard/datasets", "agent"),
        MainPage("historique", f"/dataset/activity/{dataset['name']}", "exploitant"),
        MainPage("membres", f"/organization/members/{organisation}", "exploitant"),
        MainPage("modifier-organisation", f"/organization/edit/{organisation}", "exploitant"),
    ]

"""``make demo``: the whole portal with real communes and real data, and where to look."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from ckanapi import NotFound, RemoteCKAN

from ckanext.ca3b import vocabularies
from ckanext.ca3b.tables import schemas
from ckanext.ca3b.territory.core import Epci, Territory, TerritoryError

from . import communes, harvesting, samples, site
from .__main__ import up
from .datasets import datasets
from .settings import ROOT, Instance, Site, StackError, fail, instance

# Seconds that the maps of the demonstration may take before its composed map is given up.
DRAWING = 90


def accounts(one: Instance, epci: Epci) -> list[dict[str, Any]]:
    """The three people of the demonstration: the clerk's commune is the one of median size, so usually a small one."""
    by_size = sorted(epci.members, key=lambda commune: commune.municipal_population or 0)
    commune = by_size[len(by_size) // 2]
    people = [
        {"name": "exploitant", "fullname": "Camille Moreau", "role": "exploitante du portail", "sysadmin": True},
        {"name": "agent", "fullname": "Dominique Perrin", "role": f"agent de la commune de {commune.name}",
         "organisations": {commune.slug: "editor"}},
        {"name": "dpo", "fullname": "Claude Girard", "role": "délégué à la protection des données (DPO)",
         "organisations": {epci.slug: "member"}},
    ]  # fmt: skip
    return [
        person | {"email": f"{person['name']}@example.org", "password": one.secret(f"password-{person['name']}")}
        for person in people
    ]


def load_reference(one: Instance, each: Site) -> None:
    """Create the themes and the organisations, through the commands an operator would type."""
    done = subprocess.run(
        [sys.executable, "-m", "stack.prepare", str(one.ini(each)), "ca3b themes load", "ca3b territory load"],
        cwd=ROOT, env=site.own_environment(), check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        log = one.folder / "logs" / "reference.log"
        log.write_text(done.stdout + done.stderr, "utf-8")
        fail(f"Les communes n'ont pas pu être créées : lisez {log}.")


def tokens(one: Instance, each: Site, people: list[dict[str, Any]]) -> dict[str, str]:
    """Create the accounts and return an API token for each."""
    done = subprocess.run(
        [sys.executable, "-m", "stack.accounts", str(one.ini(each))],
        cwd=ROOT, env=site.own_environment(), input=json.dumps(people), check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        log = one.folder / "logs" / "accounts.log"
        log.write_text(done.stdout + done.stderr, "utf-8")
        fail(f"Les comptes n'ont pas pu être créés : lisez {log}.")
    return json.loads(done.stdout.splitlines()[-1])


def publish(portal: RemoteCKAN, dataset: dict[str, Any], folder: Path) -> bool:
    """Publish one dataset through the API; what is already there is left alone. Return whether it was new."""
    try:
        existing = portal.action.package_show(id=dataset["name"])
    except NotFound:
        existing = portal.action.package_create(**_package(dataset))
        new = True
    else:
        new = False
    known = {resource["name"] for resource in existing.get("resources", [])}
    for file in dataset["files"]:
        if file["name"] in known:
            continue
        path = folder / file["path"]
        content = file["content"]
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with path.open("rb") as stream:
            portal.action.resource_create(
                package_id=existing["id"], name=file["name"], format=file["format"], upload=stream
            )
    return new


def compose(portal: RemoteCKAN, epci: Epci) -> None:
    """Make a map of two files of the demonstration, once the worker has drawn theirs; without outlines there is none.

    A map that is not drawn in time is no failure: an agent composes one in a minute.
    """
    try:
        found = portal.action.package_show(id=f"centres-{epci.slug}")
    except NotFound:
        return
    by_format = {one["format"].upper(): one["id"] for one in found["resources"]}
    layers = [
        {"resource_id": by_format["SHP"], "title": "Communes par population", "opacity": "0.8"},
        {"resource_id": by_format["CSV"], "title": "Centres des communes"},
    ]
    until = time.monotonic() + DRAWING
    while not all(portal.action.ca3b_map_show(resource_id=one["resource_id"])["state"] == "done" for one in layers):
        if time.monotonic() > until:
            return
        time.sleep(1)
    portal.action.ca3b_composed_map_create(
        title="Les habitants des communes", owner_org=found["organization"]["id"], state="published", layers=layers,
        notes="Où vivent les habitants de l'agglomération : la couleur dit la population de chaque commune, et les "
        "points en marquent le centre.\n\nPopulation municipale, au dernier recensement publié par l'Insee.",
    )  # fmt: skip


def _package(dataset: dict[str, Any]) -> dict[str, Any]:

    package = {key: value for key, value in dataset.items() if key not in {"files", "theme_code", "frequency_code"}}
    return package | {
        "tags": [{"name": tag} for tag in dataset["tags"]],
        "theme": [vocabularies.themes().uri(dataset["theme_code"])],
        "frequency": vocabularies.frequencies().uri(dataset["frequency_code"]),
    }


def say_where_to_look(one: Instance, each: Site, people: list[dict[str, Any]], epci: Epci) -> None:
    """Print the address, the accounts and what to try."""
    address = site.site_url(one, each)
    width = max(len(person["name"]) for person in people)
    print(f"\nLe portail « {epci.usual_name} » tourne : {address}\n")
    print("Pour se connecter :")
    for person in people:
        print(f"  {person['name']:<{width}}  mot de passe : {person['password']}   ({person['role']})")
    print("\nÀ essayer :")
    print(f"  • en citoyen : chercher « population », choisir une commune sur la carte {address}/communes")
    print(f"  • en citoyen : ouvrir un tableau, le filtrer, le télécharger {address}/dataset/populations-{epci.slug}")
    print(f"  • en agent : se connecter ({address}/user/login), puis « Publier » et déposer un fichier, par exemple :")
    for path, what in samples.write(one.folder / "exemples"):
        print(f"      {path} ({what})")
    print(f"  • en agent : les modèles des {len(schemas.all_schemas())} schémas {address}/schemas")
    print(f"  • en DPO : les fichiers qui attendent une décision et le registre {address}/rgpd")
    print(f"  • en citoyen : voir une carte et changer sa couleur {address}/dataset/centres-{epci.slug}")
    print(f"  • en citoyen : une carte composée, et la recherche sur la carte {address}/cartes")
    print(f"  • dans QGIS : ajouter la connexion « WFS / OGC API – Features » {address}/ogc")
    print(f"  • en citoyen : ce que la loi demande de publier à chaque commune {address}/obligations")
    print(f"  • en exploitant : la santé du catalogue {address}/catalogue/sante")
    print(f"  • en exploitant : déclarer le portail à data.gouv.fr {address}/catalogue/declarer")
    print(
        f"  • en exploitant : les catalogues des communes, un moissonné, un retenu, un brouillon {address}/moissonnage"
    )
    print(f"    (ce qu'ils contiennent : {', '.join(_catalogues(one, epci))})")
    print(f"  • pour data.gouv.fr et data.europa.eu : le catalogue en DCAT-AP {address}/catalog.ttl")
    print(f"  • en machine : {address}/llms.txt et {address}/api/3/action/package_search")
    print("\n« make status » pour l'état, « make logs » pour les journaux, « make stop » pour arrêter.")


def _catalogues(one: Instance, epci: Epci) -> list[str]:
    return [f"{harvesting.address(one)}/{each.path}" for each in communes.catalogues(epci)]


def main() -> int:
    """Bring the demonstration up, twice as well as once."""
    try:
        one = instance("demo")
        each = one.sites[0]
        territory = Territory.open(one.epci)
        up(one)
        people = accounts(one, territory.epci)
        loaded = one.folder / f"loaded-{one.epci}"
        if not loaded.exists():
            print("• Création des communes et des thèmes…", flush=True)
            load_reference(one, each)
            api = tokens(one, each, people)
            print("• Publication des données de démonstration…", flush=True)
            files = one.folder / "demo-files"
            files.mkdir(exist_ok=True)
            portal = RemoteCKAN(site.site_url(one, each), apikey=api["exploitant"])
            for dataset in datasets(territory.epci, territory):
                publish(portal, dataset, files)
            compose(portal, territory.epci)
            print("• Moissonnage des catalogues de trois communes…", flush=True)
            harvesting.prepare(portal, one, territory)
            loaded.touch()
        say_where_to_look(one, each, people, territory.epci)
    except (StackError, TerritoryError) as problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 2
    else:
        return 0


if __name__ == "__main__":
    sys.exit(main())

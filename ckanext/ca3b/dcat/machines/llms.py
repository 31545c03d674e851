"""``/llms.txt``: what is here and how to take it, told to programs that read as people do (llmstxt.org).

Always in French, as what it leads to is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk

from ckanext.ca3b import config, vocabularies
from ckanext.ca3b.dcat import texts
from ckanext.ca3b.dcat.scope import WHOLE, Scope

from . import links

if TYPE_CHECKING:
    from collections.abc import Iterator


def document() -> str:
    """Return the document, in Markdown."""
    return "\n".join(one.rstrip() for one in _lines()) + "\n"


def _lines() -> Iterator[str]:
    root = tk.url_for("ca3b.home", _external=True, locale="default").rstrip("/")
    yield f"# {texts.line(tk.config['ckan.site_title'])}"
    yield ""
    about = texts.line(tk.config.get("ckan.site_description"))
    yield f"> {about or 'Portail de données ouvertes de collectivités françaises.'}"
    yield ""
    yield "Tout ce qui est ici est public et gratuit. Aucun compte, aucune clé n’est demandé pour lire. Chaque jeu de "
    yield "données dit sa licence, le plus souvent la Licence Ouverte 2.0 : citez la source et la date de mise à jour."
    yield "Les textes et les noms de colonnes sont en français, en UTF-8 ; les dates s’écrivent AAAA-MM-JJ."
    yield ""
    yield from _catalogue()
    yield ""
    yield "## Un jeu de données, un fichier"
    yield ""
    yield f"- Page : `{root}/dataset/<nom>` ; description : `{root}/dataset/<identifiant>.jsonld` (ou .ttl, .rdf, .nt)"
    yield f"- Fichier, à une adresse qui ne change pas quand il est remplacé : `{root}/fichiers/<identifiant>`"
    yield f"- Tableau en d’autres formats : `{root}/fichiers/<identifiant>.csv` (ou .xlsx, .json, .parquet)"
    yield f"- Lignes d’un tableau : `{root}/api/3/action/datastore_search?resource_id=<identifiant>&limit=100`, "
    yield f"  décrites par OpenAPI : `{root}/fichiers/<identifiant>/api.json`"
    yield f"- [Objets des cartes, OGC API – Features]({root}/ogc) ; description : {root}/ogc/api"
    yield f"- Recherche : `{root}/api/3/action/package_search?q=<mots>` (API de CKAN)"
    yield f"- [Schémas des tableaux]({root}/schemas)"
    yield ""
    yield "## Bien s’en servir"
    yield ""
    yield "- Pour tout reprendre, lisez le catalogue, pas les pages : une passe suffit."
    yield "- Gardez l’ETag ou la date de chaque réponse et redemandez avec `If-None-Match` ou `If-Modified-Since` : "
    yield "  une réponse 304 ne coûte rien à personne. `modified_since=AAAA-MM-JJ` ne donne que ce qui a changé."
    yield "- Suivez le lien « next » (en-tête `Link`, `hydra:next`) sans le fabriquer ; il n’oublie et ne double rien."
    yield "- Ce qui a quitté le catalogue répond 410 et figure dans le fil des changements (`at:deleted-entry`) : "
    yield "  retirez-le aussi chez vous."
    yield "- Une requête à la fois suffit. Après un 429 ou un 503, attendez ce que dit `Retry-After`, sinon une minute."
    yield "- Donnez dans `User-Agent` une adresse où vous écrire."
    if contact := config.contact_email():
        yield ""
        yield "## Écrire"
        yield ""
        yield f"- {contact}"


def _catalogue() -> Iterator[str]:
    yield "## Le catalogue (DCAT-AP 3)"
    yield ""
    for one in links.catalogue(WHOLE):
        yield f"- [Tout le catalogue, {one.label}]({one.url})"
    hvd = links.catalogue(Scope("hvd"))[0]
    yield f"- [Données de forte valeur (HVD), {hvd.label}]({hvd.url})"
    organization = links.catalogue(Scope("organization", "NOM"))[0].url.replace("NOM", "<nom>")
    yield f"- Un producteur : `{organization}`"
    themes = ", ".join(one.slug for one in vocabularies.themes())
    theme = links.catalogue(Scope("theme", "NOM"))[0].url.replace("NOM", "<thème>")
    yield f"- Un thème : `{theme}`, où le thème est {themes}"
    if table := links.table(WHOLE):
        yield f"- [Le catalogue en tableau, schéma « catalogue » du SCDL]({table.url})"
    for one in links.changes(WHOLE):
        yield f"- [Ce qui change : {one.label}]({one.url})"

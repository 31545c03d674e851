"""A catalogue that has come in, so that the pages of harvesting have something to show."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from .conftest import Portal

#: A run is a job of the worker: what it takes on a busy machine, in seconds.
_PATIENCE = 180
_RUNNING = {"waiting", "reading", "planning", "applying"}
# The last line has what its town hall can mend: no title, an unknown licence, dates that are none.
_CATALOGUE = """\
COLL_NOM;COLL_SIRET;ID;TITRE;DESCRIPTION;THEME;DATE_PUBL;FREQ_MAJ;MOTS_CLES;LICENCE;NOMBRE_RESSOURCES;FORMAT_RESSOURCES;URL
Viriat;21010451000010;releves-bancs;Bancs relevés;Les bancs publics;Environnement;2024-04-15;Annuelle;bancs;Licence Ouverte-LO;1;csv;https://www.viriat.example/bancs
Viriat;21010451000010;releves-haies;Haies relevées;Les haies;Environnement;2024-04-15;Quand on peut;haies;Licence Ouverte-LO;1;csv;https://www.viriat.example/haies
Viriat;21010451000010;;;Ligne sans titre;Environnement;le printemps;Quand on peut;;Maison;;;
"""


@dataclass(frozen=True)
class Harvested:
    """Names in the addresses of its pages: its source, a draft beside it, its run, its report, one of its datasets."""

    source: str
    draft: str
    run: str
    report_key: str
    dataset: str


@contextlib.contextmanager
def harvested(portal: Portal) -> Iterator[Harvested]:
    """Harvest the spreadsheet of a commune; leave neither source nor dataset of it to the other tests."""
    api = portal.api("exploitant")
    before, made = _datasets(api), []
    try:
        for title in ("Catalogue de Viriat", "Catalogue à approuver"):
            given = {"document": _CATALOGUE, "document_name": "catalogue-viriat.csv", "commune": "Viriat"}
            made.append(api.action.ca3b_harvest_source_create(title=title, **given))
        source, draft = made
        api.action.ca3b_harvest_source_approve(id=source["id"])
        run = _over(api, api.action.ca3b_harvest_run_start(id=source["id"])["id"])
        dataset = min(_datasets(api) - before)
        yield Harvested(source["name"], draft["name"], run, source["report_key"], dataset)
    finally:
        for one in made:
            api.action.ca3b_harvest_source_delete(id=one["id"])
        for id_ in _datasets(api) - before:
            api.action.dataset_purge(id=id_)


def _over(api, run: str) -> str:
    """Wait for the end of a run."""
    end = time.monotonic() + _PATIENCE
    while (state := api.action.ca3b_harvest_run_show(id=run)["state"]) in _RUNNING:
        if time.monotonic() > end:
            pytest.fail(f"The run was still {state} after {_PATIENCE} s")
        time.sleep(0.5)
    assert state == "done"
    return run


def _datasets(api) -> set[str]:
    return {one["id"] for one in api.action.package_search(rows=1000, include_private=True)["results"]}

"""An operator's own synonyms work in a real Solr as soon as the core is loaded again, without indexing anew."""

from __future__ import annotations

from pathlib import Path

import pysolr
import pytest
import requests
from ckan.lib.search.common import make_connection

from ckanext.ca3b.search import write_conf
from ckanext.ca3b.search.query import QUERY_FIELDS, prepare

CORE = "operator_synonyms"
TITLES = ("Horaires des aires de baignade", "Recettes de bugnes", "Capteurs de bruit urbain", "Écoles")


class Core:
    """A core of its own beside the one of the tests, on the same Solr."""

    def __init__(self, server: str, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.solr = pysolr.Solr(f"{server}/{CORE}", timeout=10, always_commit=True)

    def admin(self, action: str, **parameters: str) -> None:
        answer = requests.get(f"{self.server}/admin/cores", params={"action": action, **parameters}, timeout=60)
        answer.raise_for_status()

    def edit_synonyms(self, text: str) -> None:
        """Do what the guide tells an operator: edit, build the configuration, reload."""
        edited = self.folder / "mine.txt"
        edited.write_text(text, "utf-8")
        write_conf(self.folder / "conf", synonyms=edited)
        self.admin("RELOAD", core=CORE)

    def find(self, words: str) -> set[str]:
        answer = self.solr.search(**{"df": "text", "qf": QUERY_FIELDS, **prepare(words)}, fl="title")
        return {document["title"] for document in answer}


@pytest.fixture(scope="module")
def core():
    """Create the core with the packaged files and index a few titles, once."""
    url = make_connection().url.rstrip("/")
    server, _, beside = url.rpartition("/")
    status = requests.get(f"{server}/admin/cores", params={"action": "STATUS", "core": beside}, timeout=10).json()
    one = Core(server, Path(status["status"][beside]["instanceDir"]).parent / CORE)
    write_conf(one.folder / "conf")
    one.admin("CREATE", name=CORE, instanceDir=str(one.folder))
    one.solr.add([
        {"index_id": str(number), "id": str(number), "site_id": "s", "title": title, "_version_": "0"}
        for number, title in enumerate(TITLES)
    ])  # fmt: skip
    yield one
    one.admin("UNLOAD", core=CORE, deleteInstanceDir="true")


def test_words_of_the_operator_find_what_they_say(core):
    assert core.find("plage") == set()
    core.edit_synonyms("plage, aire de baignade\nnuisance sonore => bruit\n")
    assert core.find("plages") == {"Horaires des aires de baignade"}
    assert core.find("la plage") == {"Horaires des aires de baignade"}
    assert core.find("nuisances sonores") == {"Capteurs de bruit urbain"}


def test_one_way_is_one_way(core):
    core.edit_synonyms("beignet => bugne\nbugne, oreillette\n")
    assert core.find("beignets") == {"Recettes de bugnes"}
    assert core.find("oreillettes") == {"Recettes de bugnes"}
    core.edit_synonyms("bugne => beignet\n")
    assert core.find("beignet") == set()


def test_an_emptied_file_leaves_the_search_in_french(core):
    core.edit_synonyms("# rien\n")
    assert core.find("ecole") == {"Écoles"}
    assert core.find("oreillette") == set()


def test_accents_and_capitals_of_the_file_do_not_matter(core):
    core.edit_synonyms("ÉTABLISSEMENTS SCOLAIRES, École\n")
    assert core.find("etablissement scolaire") == {"Écoles"}
    assert core.find("établissements scolaires") == {"Écoles"}

"""A catalogue in French, indexed by CKAN in a Solr of its own configuration, once for all the tests of the search."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.lib.search import rebuild

from .catalogue import CATALOGUE, ORGANISATIONS, Dataset


def _organisation(name: str, title: str) -> model.Group:
    return model.Group(name=name, title=title, type="organization", is_organization=True, approval_status="approved")


def add(dataset: Dataset, owner: model.Group, *, private: bool = False) -> None:
    """Store a dataset below CKAN's actions: what a form demands is no matter of the search."""
    package = model.Package(
        name=dataset.name, title=dataset.title, notes=dataset.notes, type="dataset", owner_org=owner.id, private=private
    )
    model.Session.add(package)
    for name in dataset.tags:
        package.add_tag_by_name(name)


@pytest.fixture(scope="module")
def catalogue(reset_db, reset_index):
    """Index the catalogue, with one more dataset that only its organisation may see; plugins stay loaded meanwhile."""
    reset_db()
    reset_index()
    p.load_all()
    owners = {name: _organisation(name, title) for name, title in ORGANISATIONS.items()}
    model.Session.add_all(owners.values())
    model.Session.flush()
    for dataset in CATALOGUE:
        add(dataset, owners[dataset.organisation])
    hidden = Dataset("interne", "Vidéoverbalisation", "Brouillon interne.", "viriat")
    add(hidden, owners["viriat"], private=True)
    model.repo.commit_and_remove()
    rebuild(quiet=True)
    yield
    reset_db()
    reset_index()
    p.unload_all()


@pytest.fixture
def search(catalogue):
    """Search as a visitor; returns CKAN's answer."""

    def run(query: str, **parameters):
        return tk.get_action("package_search")({"user": ""}, {"q": query, "rows": 100, **parameters})

    return run


@pytest.fixture
def found(search):
    """Search as a visitor; returns the short names found, the best first."""
    return lambda query, **parameters: [dataset["name"] for dataset in search(query, **parameters)["results"]]

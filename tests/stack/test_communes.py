"""The catalogues of the demonstration are read as any other, say what is true, and have the faults they were given."""

from __future__ import annotations

import threading
from functools import partial
from http.server import ThreadingHTTPServer

import pytest

from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Budget, Client, Source
from ckanext.ca3b.territory.core import Territory
from stack import communes

TERRITORY = Territory.open("200071751")


@pytest.fixture(name="served")
def _served(tmp_path):
    """Serve the catalogues as the demonstration does; gives the folder and the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(communes._Site, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        communes.write(tmp_path, base, TERRITORY.epci, TERRITORY)
        yield tmp_path, base
        server.shutdown()
        thread.join()


def _read(address: str):
    return read(Client(Budget(private=True, delay=0, seconds=30)), Source.at(address), TERRITORY)


@pytest.mark.parametrize(
    ("number", "kind", "faults"),
    [
        (0, "scdl", {"unreadable-date", "missing-license"}),
        (1, "rdf", {"unknown-license"}),
        (2, "webpage", {"missing-description", "missing-license", "found-on-a-page"}),
    ],
)
def test_each_is_read_whole_with_the_faults_it_was_given(served, number, kind, faults):
    _, base = served
    one = communes.catalogues(TERRITORY.epci)[number]
    found = _read(f"{base}/{one.path}")
    assert (found.kind, found.complete, len(found.datasets)) == (kind, True, 4)
    assert {problem.code for problem in found.problems} == faults
    files = [resource.url for each in found.datasets for resource in each.resources]
    assert len(files) == 4
    if kind != "webpage":
        assert {each.communes for each in found.datasets} == {(one.commune.insee_code,)}


def test_the_files_say_what_the_territory_says(served):
    folder, _ = served
    one = communes.catalogues(TERRITORY.epci)[0].commune
    lines = (folder / one.slug / "population.csv").read_text("utf-8").splitlines()
    assert lines[1] == f"{one.insee_code};{one.name};{one.municipal_population};{one.total_population}"


def test_a_new_site_that_forgot_the_others_has_one_dataset(served):
    folder, base = served
    communes.shrink(folder, base, TERRITORY.epci, TERRITORY)
    found = _read(f"{base}/{communes.catalogues(TERRITORY.epci)[1].path}")
    assert (len(found.datasets), found.complete) == (1, True)


@pytest.mark.parametrize("siren", ["200046977", "200071827"])
def test_another_agglomeration_has_as_much(siren, tmp_path):
    territory = Territory.open(siren)
    communes.write(tmp_path, "http://127.0.0.1:1", territory.epci, territory)
    for one in communes.catalogues(territory.epci):
        assert (tmp_path / one.path).stat().st_size > 500

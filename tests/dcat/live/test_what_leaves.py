"""A dataset made private, held or deleted has left every address when the clerk's click is answered."""

from __future__ import annotations

import pytest
import requests

from stack import samples

from .harvesting import ENDINGS, get
from .publishing import add, publish, remove, table, upload

SLUG, SECRET = "quitte-le-catalogue", "Zygomatique"
THEME = "http://publications.europa.eu/resource/authority/data-theme/REGI"
HVD = "http://data.europa.eu/bna/c_9427236f"


@pytest.fixture
def public(portal):
    made = publish(
        portal, SLUG, SECRET, theme=[THEME], hvd_category=[HVD], notes=f"{SECRET}.", license_id="lov2",
        tag_string=SECRET,
    )  # fmt: skip
    file = add(portal, made, "deliberations.csv", table())
    yield made | {"resources": [file]}
    remove(portal, SLUG)


#: Each once, without the other name of RDF/XML.
WRITTEN = tuple(ending for ending in ENDINGS if ending != "xml")
LISTS = (
    "/feeds/catalogue.atom", "/feeds/catalogue.rss", "/organization/viriat/catalogue.atom", "/catalogue.csv",
    "/organization/viriat/catalogue.rss", "/organization/viriat/catalogue.csv", "/sitemap.xml", "/llms.txt",
)  # fmt: skip
CATALOGUES = ("/catalog", "/organization/viriat/catalog", "/theme/territoire-urbanisme/catalog", "/hvd/catalog")


def addresses(dataset) -> list[str]:
    """Everything that gives datasets to machines, and the addresses of this one."""
    return [
        *(f"{path}.{ending}" for path in CATALOGUES for ending in WRITTEN),
        *(f"{path}.ttl?rows=all" for path in CATALOGUES),
        *LISTS,
        *(f"/dataset/{dataset[key]}.{ending}" for key in ("id", "name") for ending in WRITTEN),
    ]


def tells(answer, dataset) -> bool:
    """Whether an answer says anything of the dataset: its title, its address, or its file."""
    return answer.status_code == 200 and any(
        word in answer.text for word in (SECRET, dataset["name"], dataset["resources"][0]["id"])
    )


def deleted(portal, dataset):
    portal.api("exploitant").action.package_delete(id=dataset["id"])


def private(portal, dataset):
    portal.api("exploitant").action.package_patch(id=dataset["id"], private=True)


def held(portal, dataset):
    """A list of children comes in the place of its only file."""
    rows = [";".join(row) for row in samples.CANTEEN]
    portal.api("exploitant").action.resource_patch(
        id=dataset["resources"][0]["id"], upload=upload("\n".join(rows).encode(), "deliberations.csv")
    )


@pytest.mark.parametrize("leave", [private, held, deleted], ids=lambda each: each.__name__)
def test_it_is_nowhere_at_once(portal, public, leave):
    with requests.Session() as visitor:
        before = {path: visitor.get(portal.url + path, timeout=60) for path in addresses(public)}
        told = {path for path, answer in before.items() if tells(answer, public)}
        assert {
            *(f"{path}.{ending}" for path in CATALOGUES for ending in WRITTEN), "/catalogue.csv", "/sitemap.xml",
            *(f"/dataset/{public['id']}.{ending}" for ending in WRITTEN), "/feeds/catalogue.atom",
        } <= told  # fmt: skip
        leave(portal, public)
        for path, answer in before.items():
            known = {"If-None-Match": answer.headers["ETag"]} if "ETag" in answer.headers and path in told else {}
            after = visitor.get(portal.url + path, headers=known, timeout=60)
            assert after.status_code != 304 or not known, path
            assert not tells(after, public), path


def test_its_own_address_says_that_it_is_gone(portal, public):
    assert get(f"{portal.url}/dataset/{public['id']}.ttl").status_code == 200
    deleted(portal, public)
    for ending in WRITTEN:
        assert get(f"{portal.url}/dataset/{public['id']}.{ending}").status_code == 410

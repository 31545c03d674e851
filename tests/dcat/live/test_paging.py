"""A catalogue that changes while it is read: nothing is given twice, nothing that stays is missed."""

from __future__ import annotations

from .harvesting import datasets, following, get, going_out, graph
from .publishing import publish, remove


def test_the_order_holds_while_datasets_come_change_and_go(portal, dataset):
    api = portal.api("exploitant").action
    given = [dataset(f"page-{rank}", f"Page {rank}") for rank in range(8)]
    ours = [one["id"] for one in given]
    staying = set(going_out(portal))
    address: str | None = f"{portal.url}/catalog.ttl?rows=2"
    seen: list[str] = []
    step, withdrawn = 0, False
    while address:
        page = graph(get(address))
        found = datasets(page)
        assert len(found) <= 2
        seen += found
        address = following(page)
        ahead = [id_ for id_ in ours if id_ not in seen]
        behind = [id_ for id_ in ours if id_ in seen]
        if step == 1:
            api.package_patch(id=ahead[-1], notes="Modifié pendant la lecture.")
            publish(portal, "page-nouvelle", "Page nouvelle")
        elif not withdrawn and len(behind) >= 2:
            withdrawn = True
            api.package_patch(id=behind[0], notes="Modifié après sa lecture.")
            api.package_delete(id=behind[1])
            api.package_delete(id=ahead[0])
            api.package_patch(id=ahead[1], private=True)
            staying -= {ahead[0], ahead[1]}
        step += 1
    remove(portal, "page-nouvelle")
    assert len(seen) == len(set(seen))
    assert staying <= set(seen)
    assert len(staying & set(ours)) == 6


def test_what_changed_since_a_moment(portal, dataset):
    made = dataset("recent", "Récent")
    moment = made["metadata_modified"]
    found = datasets(graph(get(f"{portal.url}/catalog.ttl?modified_since={moment}&rows=1000")))
    assert made["id"] in found
    assert set(found) <= set(going_out(portal))
    later = datasets(graph(get(f"{portal.url}/catalog.ttl?modified_since=2999-01-01")))
    assert later == []

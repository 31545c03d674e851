"""A catalogue that changes while it is read: nothing is given twice, nothing that stays is missed."""

from __future__ import annotations

import random

import pytest

from .conftest import described


@pytest.mark.parametrize("seed", range(3))
def test_order_and_completeness_while_datasets_are_changed(read, publish, change, delete, seed):
    chance = random.Random(seed)
    living = [publish(f"Jeu {rank}") for rank in range(6)]
    hidden = [publish(f"Caché {rank}", private=True) for rank in range(2)]
    at_start = {one["id"] for one in living}
    never = set()
    staying = set(at_start)
    seen: list[str] = []
    url: str | None = f"/catalog.nt?rows={chance.randint(2, 3)}"
    while url:
        page = read(url)
        found = described(page)
        assert not found & never
        seen += found
        following = next((str(o) for _, p, o in page if str(p).endswith("#next")), None)
        url = following and following.replace("http://test.ckan.net", "")
        for _ in range(chance.randint(0, 2)):
            one = chance.choice(living)
            kind = chance.choice(("change", "delete", "private", "create", "open"))
            if kind == "change":
                change(one, title=f"Autre {chance.random()}")
            elif kind == "create":
                publish(f"Nouveau {chance.random()}")
            elif kind == "open" and hidden:
                change(hidden.pop(), private=False)
            elif len(living) > 1:
                delete(one) if kind == "delete" else change(one, private=True)
                living.remove(one)
                staying.discard(one["id"])
                if one["id"] not in seen:
                    never.add(one["id"])
    assert len(seen) == len(set(seen))
    assert staying <= set(seen)

"""Addresses of datasets: from their titles, then with the commune, then with a number."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.harvest.planning import dataset_name


def test_the_title_makes_the_address_and_the_commune_tells_two_alike_apart():
    taken: set[str] = set()
    names = []
    for place in ("Viriat", "Péronnas", "Viriat", "Viriat"):
        names.append(dataset_name("Budget primitif 2025", place, taken))
        taken.add(names[-1])
    assert names == [
        "budget-primitif-2025",
        "budget-primitif-2025-peronnas",
        "budget-primitif-2025-viriat",
        "budget-primitif-2025-viriat-2",
    ]


def test_a_commune_that_the_title_names_is_not_named_twice():
    assert dataset_name("Budget de Viriat", "Viriat", {"budget-viriat"}) == "budget-viriat-2"


def test_a_page_of_the_portal_is_no_name():
    assert dataset_name("New", "Viriat", ()) == "new-viriat"
    assert dataset_name("New", "", ()) == "new-2"


def test_long_titles_and_places_leave_room_for_a_number():
    long = "Délibérations " * 20
    taken: set[str] = set()
    for _ in range(12):
        name = dataset_name(long, "communauté " * 20, taken)
        assert len(name) <= 100
        taken.add(name)
    assert len(taken) == 12


def test_ten_thousand_alike_are_named_in_few_questions():
    questions = 0
    taken = {"budget", "budget-viriat", *(f"budget-viriat-{number}" for number in range(2, 10_000))}

    def is_taken(name: str) -> bool:
        nonlocal questions
        questions += 1
        return name in taken

    assert dataset_name("Budget", "Viriat", is_taken) == "budget-viriat-10000"
    assert questions < 40


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=20)), max_size=12))
def test_every_name_is_one_that_ckan_takes_and_no_two_are_alike(titles):
    taken: set[str] = set()
    for title, place in titles:
        name = dataset_name(title, place, taken)
        assert re.fullmatch(r"[a-z0-9_-]{2,100}", name)
        assert name not in taken | {"new", "edit", "search"}
        taken.add(name)

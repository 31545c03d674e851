"""What the pages say of an extent and of a commune, for people and for the script of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from . import heat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.territory.core import Territory

    from .finding import Found

#: Communes named before « and 12 others ».
_NAMED = 4


def place(territory: Territory, found: Found) -> str:
    """Say where a dataset is."""
    if found.everywhere:
        return tk._("The whole agglomeration")
    if found.geometry:
        return tk._("An area of its own, drawn on the map")
    if not found.codes:
        return tk._("No place is said")
    names = [territory.communes[code].name for code in found.codes]
    if len(names) <= _NAMED + 1:
        return ", ".join(names)
    others = len(names) - _NAMED
    return tk.ungettext("{names} and {number} other", "{names} and {number} others", others).format(
        names=", ".join(names[:_NAMED]), number=others
    )


def extents(found: Iterable[Found]) -> list[dict[str, Any]]:
    """Return the extents for the script: ``{rank, title, codes, everywhere, geometry}``."""
    return [
        {
            "rank": rank,
            "title": one.dataset.get("title") or one.dataset["name"],
            "codes": list(one.codes),
            "everywhere": one.everywhere,
            "geometry": one.geometry,
        }
        for rank, one in enumerate(found, 1)
    ]


def messages() -> dict[str, str]:
    """Return the words of the script of the search; sentences that count have two forms."""
    return {
        **tk.h.ca3b_map_messages(),
        "chosen_one": tk._("{number} commune chosen"),
        "chosen_many": tk._("{number} communes chosen"),
        "added": tk._("{name} is chosen."),
        "removed": tk._("{name} is not chosen any more."),
        "here": tk._("In the list, about {name}:"),
        "nothing_here": tk._("Nothing in the list is about {name} alone."),
        "then_search": tk._("Press “Search” to see the datasets."),
        "view_taken": tk._("The rectangle is what the map shows."),
        "cleared": tk._("The rectangle is removed."),
        "shown": tk._("The map shows “{name}”."),
    }


def column(name: str) -> str:
    """Return the header of a column of the table of the heat."""
    return {
        heat.NAME: tk._("Commune"),
        heat.INHABITANTS: tk._("Inhabitants"),
        heat.DATASETS: tk._("Datasets"),
        heat.RATE: tk._("For 1,000 inhabitants"),
    }[name]


def heat_properties(line: heat.HeatLine) -> dict[str, Any]:
    """Return what the popup of a commune says, as ``assets/communes/communes-map.js`` reads it."""
    number = tk.h.ca3b_number
    facts = [
        tk.ungettext("{number} dataset", "{number} datasets", line.datasets).format(number=number(line.datasets)),
        tk.ungettext("{number} inhabitant", "{number} inhabitants", line.population).format(
            number=number(line.population)
        ),
    ]
    if line.rate is not None:
        facts.append(tk._("{number} for 1,000 inhabitants").format(number=number(line.rate / heat.HUNDREDTHS)))
    return {
        "code": line.code,
        "name": line.name,
        "url": tk.url_for("ca3b_map_search.search", vocab_communes=line.code),
        "class": line.count_class,
        "datasets": line.datasets,
        "facts": facts,
    }

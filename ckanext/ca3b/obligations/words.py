"""The words of the pages: states, how a dataset was recognised, what a dashboard says in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk

if TYPE_CHECKING:
    from .core import Column, Line, State

#: Icon and colour class of each state; a word always goes with them.
LOOKS: dict[State, tuple[str, str]] = {
    "late": ("fa-clock", "late"),
    "missing": ("fa-magnifying-glass fa-search", "missing"),
    "unknown": ("fa-circle-question fa-question-circle", "waiting"),
    "published": ("fa-check-circle", "on-time"),
    "not_required": ("fa-minus", "quiet"),
}


def state(value: State) -> str:
    """Return the word for a state."""
    return {
        "published": tk._("Published"),
        "late": tk._("Late"),
        "missing": tk._("Not found here"),
        "unknown": tk._("To be specified"),
        "not_required": tk._("Not required"),
    }[value]


def ground(value: str) -> str:
    """Return how a dataset was recognised."""
    return {
        "schema": tk._("recognised by its table schema"),
        "hvd": tk._("recognised by its high-value category"),
        "format": tk._("recognised by its format"),
        "words": tk._("recognised by its title or keywords: to be checked"),
        "any": "",
    }[value]


def summary(line: Line) -> str:
    """Say in sentences where an organisation stands."""
    number = tk.h.ca3b_number
    said = [
        tk.ungettext(
            "{asked} obligation surely applies, {done} is published and up to date.",
            "{asked} obligations surely apply, {done} published and up to date.",
            line.asked,
        ).format(asked=number(line.asked), done=number(line.done))
    ]
    late, missing, unknown = (line.counts[key] for key in ("late", "missing", "unknown"))
    if late:
        words = tk.ungettext("{number} publication is late.", "{number} publications are late.", late)
        said.append(words.format(number=number(late)))
    if missing:
        words = tk.ungettext(
            "{number} was not found on this portal.", "{number} were not found on this portal.", missing
        )
        said.append(words.format(number=number(missing)))
    if unknown:
        words = tk.ungettext(
            "For {number} other, a fact that the portal does not know decides.",
            "For {number} others, a fact that the portal does not know decides.",
            unknown,
        )
        said.append(words.format(number=number(unknown)))
    return " ".join(said)


def column_summary(column: Column) -> str:
    """Say in a sentence how many bodies publish what a duty asks, among those whom it concerns or may concern."""
    number = tk.h.ca3b_number
    concerned = sum(column.counts.values()) - column.counts["not_required"]
    return tk.ungettext(
        "{there} of {concerned} concerned or perhaps concerned publishes it here.",
        "{there} of {concerned} concerned or perhaps concerned publish it here.",
        column.there,
    ).format(there=number(column.there), concerned=number(concerned))

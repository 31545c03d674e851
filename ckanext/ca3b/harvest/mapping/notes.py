"""What is told of one dataset while it is written in our fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.harvest.model import Problem

from . import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.harvest.model import Severity

_LONGEST = 80


class Notes:
    """The problems of one dataset. What its reader told already is not told again.

    ``aside`` are the names of what has no field.
    """

    def __init__(self, identifier: str, title: str, told: Iterable[Problem] = ()) -> None:
        self.identifier = identifier
        self.title = title
        self.problems: list[Problem] = []
        self.aside: dict[str, None] = {}
        told = tuple(told)
        self._told = {one.code for one in told}
        self._named = {one.where.split(",", 1)[0] for one in told}

    def tell(self, code: str, where: str = "", value: object = "", severity: Severity = "warning") -> None:
        """Keep a problem; ``where`` is the field, ``value`` what could not be written there."""
        if code in self._told:
            return
        shown = str(value)
        shown = shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
        message = wording.say(code, title=self.title, value=shown, where=where)
        problem = Problem(self.identifier, message, code, where, severity)
        if problem not in self.problems:
            self.problems.append(problem)

    def keep_aside(self, *names: str) -> None:
        """Say that these properties have no field, unless it was said what is wrong with them."""
        self.aside.update(dict.fromkeys(name for name in names if name not in self._named))

    def all(self) -> tuple[Problem, ...]:
        """Return every problem, the list of what has no field last."""
        if self.aside:
            message = wording.say("kept-aside", title=self.title, value=wording.aside(list(self.aside)))
            return (*self.problems, Problem(self.identifier, message, "kept-aside", "", "info"))
        return tuple(self.problems)

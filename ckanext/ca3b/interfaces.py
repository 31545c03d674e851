"""What a plugin may bring to the rooms of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckan.plugins import Interface, PluginImplementations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ckanext.ca3b.catalogue import Fact


class IExaminer(Interface):
    """Judges a copy of a file that the portal does not keep, before anything of it is shown."""

    def may_be_shown(self, path: Path, name: str) -> bool:  # noqa: ARG002 - for those who implement it
        """Tell whether what is in this file, called ``name`` by its owner, may be seen by anybody."""
        return False


class ICatalogueFacts(Interface):
    """Tells the outgoing catalogue what a room knows of files: see :mod:`ckanext.ca3b.catalogue`, which asks.

    ``resources`` have at least ``id, url_type, hash``; each method asks the database a fixed number of times,
    whatever the number of files.
    """

    def catalogue_stamps(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:  # noqa: ARG002
        """Return by id a short text that changes whenever what the room says of the file changes."""
        return {}

    def catalogue_facts(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, list[Fact]]:  # noqa: ARG002
        """Return by id what the room knows of files, all of them open to the public."""
        return {}

    def closed_files(self, resources: Sequence[Mapping[str, Any]]) -> set[str]:  # noqa: ARG002
        """Return the ids of those that are not open to the public. What is not known is closed."""
        return set()

    def catalogue_answers(self, resources: Sequence[Mapping[str, Any]]) -> dict[str, int]:  # noqa: ARG002
        """Return by id the HTTP status that the address of a linked file gave when the room last asked it.

        200 when it gave the file, 0 when nothing usable answered; nothing of one that was not asked.
        """
        return {}


def may_be_shown(path: Path, name: str) -> bool:
    """Tell whether every examiner of the portal lets a copy be shown; one that fails shuts it."""
    return all(one.may_be_shown(path, name) for one in PluginImplementations(IExaminer))

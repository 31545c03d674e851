"""What a plugin may bring to the rooms of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckan.plugins import Interface, PluginImplementations

from ckanext.ca3b.fetching import once

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


class ILinkedFiles(Interface):
    """Follows the files behind links in time: a catalogue that comes in brings thousands of them at once.

    The plugin that brings them in paces them (:meth:`paces_link`) and tells the rooms, one link at a time, when they
    may look at it (:meth:`follow_link`), first the room that examines, in the order of the plugins.
    """

    def paces_link(self, resource_id: str) -> bool:  # noqa: ARG002 - for those who implement it
        """Tell whether this plugin says when the file behind a link is looked at: the rooms wait to be told."""
        return False

    def follow_link(self, resource_id: str, *, shown: bool) -> bool:  # noqa: ARG002
        """Do, now and in this process, what the room does with the file behind a link that came or changed.

        ``shown`` tells whether a map and a table of it are wanted; those that are not go away. Returns False when
        the site that keeps the file did not answer.
        """
        return True


def is_paced(resource_id: str) -> bool:
    """Tell whether some plugin says when the file behind a link is looked at."""
    return any(one.paces_link(resource_id) for one in PluginImplementations(ILinkedFiles))


def follow_link(resource_id: str, *, shown: bool) -> bool:
    """Have each room look at the file behind a link, which is fetched once for all; tell whether its site answered."""
    with once():
        # Each room, whatever the others answered.
        told = [one.follow_link(resource_id, shown=shown) for one in PluginImplementations(ILinkedFiles)]
    return all(told)


def may_be_shown(path: Path, name: str) -> bool:
    """Tell whether every examiner of the portal lets a copy be shown; one that fails shuts it."""
    return all(one.may_be_shown(path, name) for one in PluginImplementations(IExaminer))

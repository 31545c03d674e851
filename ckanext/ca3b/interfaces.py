"""What a plugin may bring to the rooms of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckan.plugins import Interface, PluginImplementations

if TYPE_CHECKING:
    from pathlib import Path


class IExaminer(Interface):
    """Judges a copy of a file that the portal does not keep, before anything of it is shown."""

    def may_be_shown(self, path: Path, name: str) -> bool:  # noqa: ARG002 - for those who implement it
        """Tell whether what is in this file, called ``name`` by its owner, may be seen by anybody."""
        return False


def may_be_shown(path: Path, name: str) -> bool:
    """Tell whether every examiner of the portal lets a copy be shown; one that fails shuts it."""
    return all(one.may_be_shown(path, name) for one in PluginImplementations(IExaminer))

"""What remedies start from: the bytes of a file, its scan as the core knows it, and the secret of the pseudonyms."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen

from ckanext.ca3b import contexts, files
from ckanext.ca3b.privacy import config
from ckanext.ca3b.rgpd import Finding, Report
from ckanext.ca3b.rgpd.remedies import RemedyError, Treatment
from ckanext.ca3b.rgpd.sources import open_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ckan.types import Context

PSEUDONYM = "pseudonym"
#: A shorter secret could be guessed by trying.
_SHORTEST_KEY = 16


@frozen
class Held:
    """A file with personal data: its resource, what the gate says of it, its SHA-256 and its name."""

    resource: dict[str, Any]
    gate: dict[str, Any]

    @property
    def sha256(self) -> str:
        """The bytes in question."""
        return str(self.gate["sha256"])

    @property
    def name(self) -> str:
        """The name that its owner gave it."""
        return files.file_name(self.resource)

    @property
    def report(self) -> Report:
        """The scan of these bytes, as the core gives it.

        :raises ValidationError: they were not scanned to the end.
        """
        scan = self.gate.get("scan") or {}
        if scan.get("state") != "done":
            raise refused(tk._("This file was not examined to its end yet: come back in a moment."))
        found = tuple(_finding(one) for one in scan["findings"])
        missing = tuple(scan.get("not_examined") or ())
        return Report(self.name, scan["decision"], found, scan["policy"], scan.get("rows") or 0, missing)


def held(context: Context, resource_id: str, sha256: str | None = None) -> Held:
    """Return a file that was sent to the portal; the caller's right was checked before.

    :param sha256: the bytes that the caller looked at; others are refused.
    :raises ValidationError: a link, a file that is gone, or one that was replaced meanwhile.
    """
    own = contexts.trusted(context)
    resource = tk.get_action("resource_show")(own, {"id": resource_id})
    if resource.get("url_type") != "upload":
        raise refused(tk._("This file is kept by another site: correct it there."))
    gate = tk.get_action("ca3b_gate_show")(own, {"resource_id": resource_id})
    if not gate["sha256"]:
        raise refused(tk._("The portal does not have this file any more."))
    if sha256 and sha256 != gate["sha256"]:
        raise refused(tk._("The file was replaced meanwhile: look at it again."))
    return Held(resource, gate)


@contextlib.contextmanager
def bytes_of(one: Held) -> Iterator[Path]:
    """Give the path of the bytes that were scanned, to be read and never written.

    :raises ValidationError: they are gone, or others took their place.
    """
    try:
        with files.local_copy(one.resource) as path:
            if files.digest_of(path).sha256 != one.sha256:
                raise refused(tk._("The file was replaced meanwhile: look at it again."))
            yield path
    except files.MissingFileError as error:
        raise refused(tk._("The portal does not have this file any more.")) from error


def columns(path: Path, name: str) -> list[str]:
    """Return the columns of all the tables of a file, each once.

    :raises ckanext.ca3b.tables.TableError: it cannot be read.
    """
    content = open_file(path, name)
    return list(dict.fromkeys(column for part in content.parts for column in part.names))


@frozen
class Asked:
    """What a caller asks for: treatments, each once, of one part of the file, and the secret they need."""

    treatments: tuple[Treatment, ...]
    where: str | None
    key: bytes | None

    def how(self, one: Held) -> dict[str, Any]:
        """Return what the core wants to know beside the treatments.

        Pseudonyms of one dataset are not those of another: its id is in them.
        """
        return {"name": one.name, "key": self.key, "where": self.where, "scope": one.resource["package_id"]}


def asked(data_dict: dict[str, Any]) -> Asked:
    """Return what a caller asks for in ``remedies`` (``[{column or columns, kind, params}]``) and ``where``.

    :raises ValidationError: nothing, or something that cannot be understood.
    """
    remedies = data_dict.get("remedies")
    if not isinstance(remedies, list) or not all(isinstance(one, dict) for one in remedies):
        raise refused(tk._("Say what to do with at least one column."))
    found: list[Treatment] = []
    for one in remedies:
        try:
            treatment = Treatment.of(one)
        except RemedyError as error:
            raise refused(error.message) from error
        if treatment not in found:
            found.append(treatment)
    if not found:
        raise refused(tk._("Say what to do with at least one column."))
    where = str(data_dict.get("where") or "") or None
    return Asked(tuple(found), where, key(found))


def key(wanted: Iterable[Treatment]) -> bytes | None:
    """Return the secret of the pseudonyms when one is asked for, None otherwise.

    :raises ValidationError: it was not written, or anybody would guess it.
    """
    if not any(one.kind == PSEUDONYM for one in wanted):
        return None
    secret = config.pseudonym_key().encode()
    if len(secret) < _SHORTEST_KEY:
        message = tk._("The portal has no secret to make pseudonyms with: ask its operator to write {setting}.")
        raise refused(message.format(setting=config.PSEUDONYM_KEY))
    return secret


def refused(message: str) -> tk.ValidationError:
    """Return the error that says why nothing was done."""
    return tk.ValidationError({"file": [message]})


def _finding(said: dict[str, Any]) -> Finding:
    return Finding(
        column=said["column"],
        category=said["category"],
        decision=said["decision"],
        count=said["count"],
        rows_ratio=said["rows_ratio"],
        reason=said["reason"],
        certainty=said["certainty"],
        rows=tuple(said.get("rows") or ()),
        lines=tuple(said.get("lines") or ()),
        where=said.get("where"),
        measures=said.get("measures") or {},
    )

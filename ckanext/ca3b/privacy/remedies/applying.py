"""Putting the treated file in the place of the original: written in the register first, nothing lost on the way."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model import meta
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from ckanext.ca3b import contexts
from ckanext.ca3b.privacy import register
from ckanext.ca3b.rgpd import remedies
from ckanext.ca3b.tables import TableError

from . import originals, reading

if TYPE_CHECKING:
    from ckan.types import Context

    from ckanext.ca3b.rgpd.remedies import Result

log = logging.getLogger(__name__)

#: In the context of an update: the SHA-256 of the bytes that it means to replace, and no others.
EXPECTED = "ca3b_expected_sha256"


def apply(context: Context, held: reading.Held, asked: reading.Asked) -> dict[str, Any]:
    """Treat a file and replace it; see :func:`ckanext.ca3b.privacy.remedies.actions.ca3b_remedy_apply`.

    :raises ValidationError: the treatment cannot be done, or the file was replaced meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix="ca3b-") as folder:
        target = Path(folder) / "treated.csv"
        with reading.bytes_of(held) as path:
            try:
                result = remedies.apply(path, asked.treatments, target, **asked.how(held))
            except TableError as error:
                raise reading.refused(error.message) from error
            original_id, delete_after = _written(context, held, asked, result, path)
        try:
            _replace(context, held, target)
        except Exception:
            _undone(context, held, original_id)
            raise
    own = contexts.trusted(context)
    gate = tk.get_action("ca3b_gate_show")(own, {"resource_id": held.resource["id"]})
    return {
        "resource_id": held.resource["id"],
        "sha256": gate["sha256"],
        **{name: value for name, value in attrs.asdict(result).items() if name != "file"},
        "delete_after": delete_after,
        "gate": gate,
    }


def _written(context: Context, held: reading.Held, asked: reading.Asked, result: Result, path: Path) -> tuple[str, str]:
    """Keep the original and say in the register what is about to be done, both or none."""
    facts = {"resource_id": held.resource["id"], "sha256": held.sha256}
    try:
        with Session(meta.engine, expire_on_commit=False) as session, session.begin():
            kept = originals.keep(session, path, **facts, filename=held.name, reason="treatment")
            # Names of columns, kinds and settings: no value of a cell is in any of them.
            done = [
                {"columns": list(one.columns), "kind": one.kind, "params": dict(one.params)} for one in asked.treatments
            ]
            details = {
                "treatments": done,
                "done": list(result.log),
                "part": asked.where,
                "rows": result.rows,
                "original": kept.id,
                "delete_after": kept.delete_after.isoformat(),
            }
            package_id = held.resource["package_id"]
            register.append(
                session, "treatment", actor=_actor(context), package_id=package_id, details=details, **facts
            )
    except OSError as error:
        log.exception("The original of the file %s could not be kept", held.resource["id"])
        raise reading.refused(tk._("The original could not be put away: nothing was changed.")) from error
    return kept.id, kept.delete_after.isoformat()


def _replace(context: Context, held: reading.Held, treated: Path) -> None:
    name = Path(held.name).stem.removesuffix(".csv") + ".csv"
    own = {**contexts.trusted(context), EXPECTED: held.sha256}
    with treated.open("rb") as stream:
        upload = FileStorage(stream, filename=name, content_type="text/csv")
        fields = {"id": held.resource["id"], "upload": upload, "url": name, "url_type": "upload", "format": "CSV"}
        tk.get_action("resource_patch")(cast("Context", own), {**fields, "mimetype": "text/csv"})


def _undone(context: Context, held: reading.Held, original_id: str) -> None:
    """Say in the register that the treatment was not applied: the file in place is still the original."""
    model.Session.rollback()
    with Session(meta.engine) as session, session.begin():
        register.append(
            session,
            "treatment_failed",
            actor=_actor(context),
            resource_id=held.resource["id"],
            package_id=held.resource["package_id"],
            sha256=held.sha256,
            details={"original": original_id},
        )
    originals.forget(original_id, _actor(context))


def _actor(context: Context) -> str:
    return str(context.get("user") or "")

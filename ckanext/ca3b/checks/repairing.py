"""Replacing a file by its repaired copy: the old bytes stay until the new ones are proved to be as good."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import ckan.plugins.toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.ca3b import contexts, files
from ckanext.ca3b.tables import TableError, read, schemas

from . import analysis, resources, store
from .model import DONE

if TYPE_CHECKING:
    from ckan.types import Context

    from .model import Report

#: In the context of an update: the SHA-256 of the bytes that it means to replace, and no others.
EXPECTED = "ca3b_expected_sha256"
#: In the context of an update: the schema that the report of the new bytes is asked for.
SCHEMA = "ca3b_schema"


def repair(context: Context, resource: dict[str, Any], report: Report) -> Report:
    """Write the repaired copy, check it, put it in the place of the file, and return its report.

    :raises ValidationError: nothing to repair, a result that would not be better, or bytes replaced meanwhile.
    """
    if report.state != DONE or not report.schema_name or not report.repairs:
        raise _refused(tk._("This file has nothing that can be corrected without loss."))
    schema = schemas.load(report.schema_name)
    with tempfile.TemporaryDirectory(prefix="ca3b-") as folder:
        repaired = Path(folder) / "repaired.csv"
        _write(resource, report, schema, repaired)
        _replace(context, resource, report, repaired)
    fresh = resources.show(resource["id"])
    found = store.current(fresh["id"], fresh["hash"])
    if found is None:
        raise tk.ObjectNotFound(tk._("This file has no report yet"))
    return found


def _write(resource: dict[str, Any], report: Report, schema: schemas.TableSchema, target: Path) -> None:
    """Write the repaired copy at ``target`` and refuse it unless it reads back with every row and no new error."""
    from ckanext.ca3b.tables import checking  # noqa: PLC0415 - needed only here
    from ckanext.ca3b.tables.repair import repair as write_repaired  # noqa: PLC0415

    try:
        with files.local_copy(resource) as path:
            if files.digest_of(path).sha256 != report.sha256:
                raise _refused(tk._("The file was replaced meanwhile: look at its new report."))
            options = analysis.read_options(report.options)
            table = read(path, name=report.filename, options=options)
            write_repaired(table, schema, target, options=options)
            rows = table.rows
        again = read(target, name=target.name)
        verdict = checking.check(again, schema)
    except files.MissingFileError as error:
        raise _refused(tk._("The portal does not have this file any more.")) from error
    except TableError as error:
        raise _refused(error.message) from error
    before = report.error_count if report.error_count is not None else verdict.error_count
    # A column found again under its right name is checked at last: its errors are not new.
    named = any(change["kind"] == "header" for change in report.repairs or [])
    if again.rows != rows or (verdict.error_count > before and not named):
        raise _refused(tk._("The corrected file would not be better than yours: nothing was changed."))


def _replace(context: Context, resource: dict[str, Any], report: Report, repaired: Path) -> None:
    name = Path(report.filename).stem.removesuffix(".csv") + ".csv"
    own = cast("dict[str, Any]", contexts.trusted(context))
    own |= {EXPECTED: report.sha256, SCHEMA: report.schema_asked}
    with repaired.open("rb") as stream:
        upload = FileStorage(stream, filename=name, content_type="text/csv")
        fields = {"id": resource["id"], "upload": upload, "url": name, "url_type": "upload", "format": "CSV"}
        fields["mimetype"] = "text/csv"
        tk.get_action("resource_patch")(cast("Context", own), fields)


def _refused(message: str) -> tk.ValidationError:
    return tk.ValidationError({"file": [message]})

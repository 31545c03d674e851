"""The pages and downloads of the reports, for those who may replace the file."""

from __future__ import annotations

import tempfile
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import types
from flask import Blueprint, Response, jsonify, send_file

from ckanext.ca3b import files
from ckanext.ca3b.tables import TableError, schemas

from . import downloads, options, words

if TYPE_CHECKING:
    from collections.abc import Callable

checks = Blueprint("ca3b_checks", __name__)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@checks.route("/bureau/fichiers/<resource_id>", endpoint="page")
def page(resource_id: str) -> Any:
    """Show the report of a file: how we read it, what must be fixed, what may be improved, what happens next."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("ca3b_checks.page", resource_id=resource_id))
    resource, report = _resource_and_report(resource_id)
    return _page(resource, report)


@checks.route("/bureau/fichiers/<resource_id>", endpoint="again", methods=["POST"])
def again(resource_id: str) -> Any:
    """Read the file again as the clerk says, or check it against another schema."""
    asked: dict[str, Any] = {"resource_id": resource_id}
    resource, report = _resource_and_report(resource_id)
    form = tk.request.form
    known = (report or {}).get("options") or {}
    asked["schema"] = form.get("schema") or ((report or {}).get("schema_asked") or "auto")
    try:
        asked["options"] = options.from_form(form) if "reading" in form else known
        tk.get_action("ca3b_report_create")(_context(), asked)
    except tk.ValidationError as error:
        return _page(resource, report, error.error_dict), HTTPStatus.BAD_REQUEST
    return _back(resource_id)


@checks.route("/bureau/fichiers/<resource_id>/corriger", endpoint="repair", methods=["POST"])
def repair(resource_id: str) -> Any:
    """Apply the lossless repairs."""
    resource, report = _resource_and_report(resource_id)
    try:
        tk.get_action("ca3b_file_repair")(_context(), {"resource_id": resource_id})
    except tk.ValidationError as error:
        return _page(resource, report, error.error_dict), HTTPStatus.BAD_REQUEST
    except tk.ObjectNotFound:
        return _back(resource_id)
    tk.h.flash_success(tk._("Your file was corrected and checked again."))
    return _back(resource_id)


@checks.route("/bureau/fichiers/<resource_id>/etat", endpoint="state")
def state(resource_id: str) -> Response:
    """Say how far the report is, for the progress bar: ``{state, progress, step}``."""
    _, report = _resource_and_report(resource_id)
    facts = report or {"state": "none", "progress": 0, "step": ""}
    answer = jsonify({key: facts[key] for key in ("state", "progress", "step")})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@checks.route("/fichiers/<resource_id>/erreurs.csv", endpoint="errors_csv")
def errors_csv(resource_id: str) -> Any:
    """Give all the errors of a file, however many, as a CSV."""
    return _made(resource_id, "erreurs", "csv", "text/csv; charset=utf-8", downloads.errors_csv)


@checks.route("/fichiers/<resource_id>/annote.xlsx", endpoint="annotated")
def annotated(resource_id: str) -> Any:
    """Give the file as a workbook where each wrong cell is coloured and commented."""
    return _made(resource_id, "annote", "xlsx", _XLSX, downloads.annotated)


def _made(resource_id: str, suffix: str, extension: str, mimetype: str, write: Callable[..., None]) -> Any:
    resource, report = _resource_and_report(resource_id)
    if not report or not report["verdict"]:
        return tk.abort(404, tk._("This file was not checked against a schema."))
    # Unlinked at once: it is gone when the answer is.
    target: IO[bytes] = tempfile.TemporaryFile(prefix="ca3b-")  # noqa: SIM115 - closed by the answer
    try:
        write(resource, report, target)
    except (files.MissingFileError, downloads.ReplacedError, TableError, schemas.SchemaError):
        target.close()
        return tk.abort(409, tk._("The file was replaced meanwhile: look at its new report."))
    target.seek(0)
    stem = report["filename"].rsplit(".", 1)[0]
    answer = send_file(target, mimetype=mimetype, as_attachment=True, download_name=f"{stem}-{suffix}.{extension}")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _resource_and_report(resource_id: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return a file and its report (None when there is none yet); 403 and 404 end the request."""
    try:
        tk.check_access("ca3b_report_show", _context(), {"resource_id": resource_id})
        resource = tk.get_action("resource_show")(_context(), {"id": resource_id})
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only the people who may replace this file see its report."))
    except tk.ObjectNotFound:
        tk.abort(404, tk._("This file does not exist any more"))
    try:
        return resource, tk.get_action("ca3b_report_show")(_context(), {"resource_id": resource_id})
    except tk.ObjectNotFound:
        return resource, None


def _page(resource: dict[str, Any], report: dict[str, Any] | None, errors: dict[str, Any] | None = None) -> str:
    dataset = tk.get_action("package_show")(_context(), {"id": resource["package_id"]})
    return tk.render(
        "ca3b/checks/page.html",
        {
            "resource": resource,
            "dataset": dataset,
            "pkg_dict": dataset,
            "report": report,
            "state": words.state(report, dataset),
            "document": bool(report) and words.is_document(report),
            "schema": _schema(report),
            "schemas": schemas.all_schemas(),
            "problems": [message for messages in (errors or {}).values() for message in messages],
        },
    )


def _schema(report: dict[str, Any] | None) -> schemas.TableSchema | None:
    try:
        return schemas.load(report["schema"]) if report and report["schema"] else None
    except schemas.SchemaError:
        return None


def _back(resource_id: str) -> Any:
    came_from = tk.request.form.get("came_from") or ""
    if came_from and tk.h.url_is_local(came_from):
        return tk.redirect_to(came_from)
    return tk.redirect_to("ca3b_checks.page", resource_id=resource_id)


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)

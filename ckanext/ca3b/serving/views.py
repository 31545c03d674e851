"""The pages of a table: itself, its exports, its API. Each asks CKAN whether the visitor may read the file."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response

from ckanext.ca3b.tables import TableError

from . import api_page, exports, openapi, query, table_view
from .store.shape import NoTableError, SlowError

tables = Blueprint("ca3b_tables", __name__)


def _resource(resource_id: str) -> dict[str, Any]:
    """Return a resource whose rows the visitor may read; else the answer says why not."""
    context: Any = {"user": tk.current_user.name, "auth_user_obj": tk.current_user}
    try:
        resource = tk.get_action("resource_show")(context, {"id": resource_id})
        tk.check_access("datastore_search", context, {"resource_id": resource["id"], "id": resource["id"]})
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("This file does not exist any more"))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("This file is not public"))
    return resource


def table(resource_id: str) -> Any:
    """Give the table alone to the script of the page; lead anybody else to the page of the file."""
    resource = _resource(resource_id)
    asked = query.parse(tk.request.args)
    if not tk.request.headers.get("HX-Request"):
        return tk.redirect_to(table_view.address(resource, asked))
    found = table_view.variables(resource, asked)
    answer = Response(tk.render("ca3b/serving/table.html", found))
    if found["table"]:
        answer.headers["HX-Push-Url"] = table_view.address(resource, found["asked"])
    answer.headers["Vary"] = "HX-Request, Cookie"
    return answer


def export(resource_id: str, form: str) -> Any:
    """Send the rows of a table, or of a question, as a file."""
    resource = _resource(resource_id)
    try:
        body = exports.export(resource["id"], query.parse(tk.request.args), form)
    except NoTableError:
        return tk.abort(404, tk._("This file has no table"))
    except SlowError:
        return tk.abort(503, tk._("This download takes too long. Download the file itself instead."))
    except TableError as error:
        return tk.abort(400, error.message)
    answer = Response(body, content_type=exports.MIMETYPES[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{_file_name(resource)}.{form}")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def api(resource_id: str) -> Any:
    """Show how to read the table from a program."""
    resource = _resource(resource_id)
    try:
        found = api_page.variables(resource)
    except NoTableError:
        return tk.abort(404, tk._("This file has no table"))
    return tk.render("ca3b/serving/api.html", found)


def described(resource_id: str) -> Any:
    """Give the description of the API to programs."""
    resource = _resource(resource_id)
    try:
        found = openapi.document(resource)
    except NoTableError:
        return tk.abort(404, tk._("This file has no table"))
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return Response(body, content_type="application/vnd.oai.openapi+json;version=3.0")


def _file_name(resource: dict[str, Any]) -> str:
    """Name a download after the file it comes from."""
    name = unquote((resource.get("url") or "").rsplit("/", 1)[-1]).rsplit(".", 1)[0] or resource.get("name") or ""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "_", name).strip(" .") or resource["id"]


tables.add_url_rule("/fichiers/<resource_id>/tableau", "table", table)
tables.add_url_rule("/fichiers/<resource_id>/api", "api", api)
tables.add_url_rule("/fichiers/<resource_id>/api.json", "openapi", described)
tables.add_url_rule("/fichiers/<resource_id>.<any(csv,xlsx,json,parquet):form>", "export", export)
tables.add_url_rule("/fichiers/<resource_id>/export.<any(csv,xlsx,json,parquet):form>", "export", export)

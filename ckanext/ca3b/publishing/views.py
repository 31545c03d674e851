"""The addresses of the assistant: a file first, then one page that follows it until it is public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, jsonify

from . import drafts, forms, openapi, pages, preflight, reports

if TYPE_CHECKING:
    from collections.abc import Mapping

assistant = Blueprint("ca3b_publisher", __name__)

REFUSED = 400


@assistant.before_request
def signed_in_only() -> Any:
    """Ask to sign in, then come back; the description of the API is for anybody."""
    if tk.current_user.is_anonymous and tk.request.endpoint != "ca3b_publisher.describe_api":
        return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))
    return None


def start() -> Any:
    """Ask for a file, or take the one that is sent and lead to its page."""
    producers = pages.producers()
    if not producers:
        tk.h.flash_error(tk._("Your account may not publish yet: ask the people in charge of the portal."))
        return tk.redirect_to("ca3b.desk")
    if tk.request.method == "GET":
        return pages.start(producers)
    owner, upload = forms.producer(producers), forms.upload()
    error = forms.missing(owner, upload)
    if error or not owner or not upload:
        return _refused(error, lambda: pages.start(producers, error))
    try:
        dataset = drafts.create(owner, upload)
        _read(dataset, forms.schema())
    except tk.ValidationError as invalid:
        message = forms.sentence(invalid)
        return _refused(message, lambda: pages.start(producers, message))
    return _go("ca3b_publisher.draft", id=dataset["id"])


def draft(id: str) -> Any:  # noqa: A002
    """Show a draft where it was left; keep what is written in it, or publish it."""
    dataset = _editable(id)
    if not drafts.is_draft(dataset):
        return tk.redirect_to("dataset.read", id=dataset["name"])
    report = _report(dataset)
    if tk.request.method == "GET":
        return pages.draft(dataset, report)
    given = forms.essentials()
    if tk.request.form.get("save") != "publish":
        return _keep(dataset, report, given)
    if not pages.may_publish(dataset, report):
        tk.h.flash_error(tk._("This file cannot be published yet: see what is said of it below."))
        return tk.redirect_to("ca3b_publisher.draft", id=dataset["id"])
    try:
        published = drafts.publish(dataset, report, given)
    except tk.ValidationError as invalid:
        return pages.draft(dataset, report, given, invalid.error_dict), REFUSED
    tk.h.flash_success(pages.published_words(published))
    return tk.redirect_to("dataset.read", id=published["name"])


def file(id: str) -> Any:  # noqa: A002
    """Take the file of a draft: its first one, or another in its place."""
    dataset = _editable(id)
    upload = forms.upload()
    error = forms.missing(dataset["owner_org"], upload)
    if error or upload is None:
        return _refused(error, lambda: pages.draft(dataset, _report(dataset), problem=error))
    known = drafts.first_file(dataset)
    try:
        drafts.put_file(dataset, known["id"] if known else None, upload)
        _read(_editable(id))
    except tk.ValidationError as invalid:
        message = forms.sentence(invalid)
        return _refused(message, lambda: pages.draft(dataset, _report(dataset), problem=message))
    return _go("ca3b_publisher.draft", id=dataset["id"])


def replace(id: str, resource_id: str) -> Any:  # noqa: A002
    """Replace a public file, and show the report of the new one; a table that cannot be read replaces nothing."""
    dataset = _editable(id)
    resource = next((one for one in dataset["resources"] if one["id"] == resource_id), None)
    if resource is None:
        tk.abort(404, tk._("This file does not exist."))
    if tk.request.method == "GET":
        return pages.replace(dataset, resource, _report(dataset, resource))
    upload = forms.upload()
    message = forms.missing(dataset["owner_org"], upload)
    if not message and upload:
        message = preflight.unreadable(upload)
    if not message and upload:
        try:
            drafts.put_file(dataset, resource_id, upload)
            reports.make(resource_id)
        except tk.ValidationError as invalid:
            message = forms.sentence(invalid)
    if message:
        return _refused(message, lambda: pages.replace(dataset, resource, _report(dataset, resource), message))
    tk.h.flash_success(tk._("The new file is in place. Its address has not changed."))
    return _go("ca3b_publisher.replace", id=dataset["id"], resource_id=resource_id)


def describe_api() -> Any:
    """Describe the call that publishes, in OpenAPI 3.1."""
    return jsonify(openapi.description(tk.config["ckan.site_title"], tk.url_for("home.index", _external=True)))


def _editable(id_: str) -> dict[str, Any]:
    try:
        tk.check_access("package_update", {}, {"id": id_})
        return tk.get_action("package_show")({}, {"id": id_})
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("This draft does not exist, or no longer exists."))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("This publication belongs to another producer."))


def _report(dataset: Mapping[str, Any], resource: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
    resource = resource or drafts.first_file(dataset)
    return reports.current(resource["id"]) if resource else None


def _read(dataset: Mapping[str, Any], schema: str = reports.AUTO) -> None:
    resource = drafts.first_file(dataset)
    if resource:
        reports.make(resource["id"], schema=schema)


def _keep(dataset: Mapping[str, Any], report: Mapping[str, Any] | None, given: Mapping[str, Any]) -> Any:
    try:
        drafts.save(dataset, report, given)
    except tk.ValidationError as invalid:
        if forms.wants_json():
            return jsonify({"error": forms.sentence(invalid)}), REFUSED
        return pages.draft(dataset, report, given, invalid.error_dict), REFUSED
    if forms.wants_json():
        return jsonify({"said": tk._("Draft saved.")})
    tk.h.flash_success(tk._("Your draft is saved: you will find it on your desk."))
    return tk.redirect_to("ca3b.desk")


def _go(endpoint: str, **values: Any) -> Any:
    if forms.wants_json():
        return jsonify({"location": tk.url_for(endpoint, **values)})
    return tk.redirect_to(endpoint, **values)


def _refused(message: str, page: Any) -> Any:
    if forms.wants_json():
        return jsonify({"error": message}), REFUSED
    return page(), REFUSED


_BOTH = ["GET", "POST"]
assistant.add_url_rule("/publier", "start", start, methods=_BOTH)
assistant.add_url_rule("/publier/<id>", "draft", draft, methods=_BOTH)
assistant.add_url_rule("/publier/<id>/fichier", "file", file, methods=["POST"])
assistant.add_url_rule("/publier/<id>/fichier/<resource_id>", "replace", replace, methods=_BOTH)
assistant.add_url_rule("/api/openapi.json", "describe_api", describe_api)

"""Creating a dataset in two steps: the essentials, then the files.

ckanext-scheming asks for all its pages before the first file. Ours are already filled from the
commune, so the new dataset goes straight to its files; the other pages wait on « Modifier ».
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.views.dataset import CreateView
from ckan.views.resource import CreateView as ResourceCreateView
from flask import Blueprint

from ckanext.scheming.views import SchemingCreatePageView

from .actions import PARTIAL

publishing = Blueprint("ca3b_publishing", __name__)

REDIRECTED = 302


class PublishView(CreateView):
    """The page « L'essentiel »: creates the draft, or corrects it when one comes back from the files."""

    def post(self, package_type: str) -> Any:
        """Save and go to the files."""
        draft = tk.request.form.get("pkg_name")
        if not draft:
            return super().post(package_type)
        # CKAN's form posts a phase of its own, before the number of the page.
        page = tk.request.form.getlist("_ckan_phase")[-1]
        answer = SchemingCreatePageView().post(package_type, draft, page)
        if getattr(answer, "status_code", None) != REDIRECTED:
            return answer
        dataset = tk.get_action("package_show")({}, {"id": draft})
        if dataset.get("resources"):
            return tk.redirect_to(f"{package_type}.read", id=dataset["name"])
        return tk.redirect_to(f"{package_type}_resource.new", id=dataset["name"])


class FileView(ResourceCreateView):
    """The page « Les fichiers »: its last button publishes what is there when nothing more is given."""

    def post(self, package_type: str, id: str) -> Any:  # noqa: A002
        """Save the file, or move on when the form is empty and there is nothing to wait for."""
        pressed = tk.request.form.get("save")
        if not _is_blank():
            return super().post(package_type, id)
        if pressed == "go-dataset":
            return tk.redirect_to(f"{package_type}.edit", id=id)
        if pressed == "go-metadata" and _has_files(id):
            tk.get_action("package_patch")({}, {"id": id, "state": "active"})
            return tk.redirect_to(f"{package_type}.read", id=id)
        return super().post(package_type, id)


def _is_blank() -> bool:
    apart = {"save", "id", PARTIAL, tk.config["WTF_CSRF_FIELD_NAME"]}
    given = {key: value for key, value in tk.request.form.items() if key not in apart}
    return not any(value.strip() for value in given.values()) and not any(tk.request.files.values())


def _has_files(dataset: str) -> bool:
    try:
        return bool(tk.get_action("package_show")({}, {"id": dataset})["resources"])
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return False  # CKAN's own page says it


# The addresses of CKAN's own pages: ours are registered before them, and so are the ones that answer.
publishing.add_url_rule(
    "/dataset/new", "new", view_func=PublishView.as_view("new"), defaults={"package_type": "dataset"}
)
publishing.add_url_rule(
    "/dataset/<id>/resource/new",
    "new_file",
    view_func=FileView.as_view("new_file"),
    defaults={"package_type": "dataset"},
)

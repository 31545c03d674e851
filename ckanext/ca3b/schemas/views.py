"""Creating a dataset in two steps: the essentials, then the files.

ckanext-scheming asks for all its pages before the first file. Ours are already filled from the
commune, so the new dataset goes straight to its files; the other pages wait on « Modifier ».
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.views.dataset import CreateView
from flask import Blueprint

from ckanext.scheming.views import SchemingCreatePageView

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


# The address of CKAN's own page: ours is registered before it, and so is the one that answers.
publishing.add_url_rule(
    "/dataset/new", "new", view_func=PublishView.as_view("new"), defaults={"package_type": "dataset"}
)

"""The report a commune can be sent: a page by its secret address, without account, in the words of a town hall."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvesting import reports

from .frame import context, csv_file, pages

COLUMNS = ("jeu_de_donnees", "identifiant", "ou", "constat", "a_corriger")


@pages.route("/rapport/<key>", endpoint="letter")
def show(key: str) -> Any:
    """Show what the last run found in the catalogue of a commune."""
    return tk.render("ca3b/harvesting/letter.html", {**_letter(key), "key": key})


@pages.route("/rapport/<key>.csv", endpoint="letter_csv")
def table(key: str) -> Any:
    """Give what is to be mended as CSV."""
    rows = [
        (one["title"], one["identifier"], one["where"], one["sentence"], told)
        for one in _letter(key)["mend"]
        for told in [reports.whole(each) for each in one["advice"]] or [""]
    ]
    return csv_file("a-corriger.csv", COLUMNS, rows)


def _letter(key: str) -> dict[str, Any]:
    try:
        return tk.get_action("ca3b_harvest_letter")(context(), {"key": key})
    except tk.ObjectNotFound:
        return tk.abort(
            404, tk._("No report has this address. It may have changed: ask the people in charge of the portal.")
        )

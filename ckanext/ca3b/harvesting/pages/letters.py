"""The report a commune can be sent: a page by its secret address, without account, in the words of a town hall."""

from __future__ import annotations

import csv
import io
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Response

from ckanext.ca3b.harvesting import reports
from ckanext.ca3b.tables.writing import neutralised

from .frame import pages

COLUMNS = ("jeu_de_donnees", "identifiant", "ou", "constat", "a_corriger")


@pages.route("/rapport/<key>", endpoint="letter")
def show(key: str) -> Any:
    """Show what the last run found in the catalogue of a commune."""
    return tk.render("ca3b/harvesting/letter.html", {**_letter(key), "key": key})


@pages.route("/rapport/<key>.csv", endpoint="letter_csv")
def table(key: str) -> Any:
    """Give what is to be mended as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for one in _letter(key)["mend"]:
        told = [" ".join(filter(None, [each["message"], each["how"]])) for each in one["advice"]] or [""]
        said = [neutralised(value) for value in (one["title"], one["identifier"], one["where"], one["sentence"])]
        writer.writerows([*said, neutralised(each)] for each in told)
    headers = {"Content-Disposition": 'attachment; filename="a-corriger.csv"'}
    # The mark tells spreadsheets that the file is in UTF-8.
    return Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _letter(key: str) -> dict[str, Any]:
    found = reports.letter(key)
    if found is None:
        return tk.abort(
            404, tk._("No report has this address. It may have changed: ask the people in charge of the portal.")
        )
    return found

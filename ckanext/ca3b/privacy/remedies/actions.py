"""The actions of the remedies: what can be done about a file, what it would give, and doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import ckan.plugins.toolkit as tk

from ckanext.ca3b.rgpd import remedies
from ckanext.ca3b.tables import TableError

from . import applying, grouping, originals, reading

if TYPE_CHECKING:
    from ckan.types import Context

    from ckanext.ca3b.rgpd.remedies import Option

#: Rows of the clerk's own file that a preview shows.
ROWS = 10


@tk.side_effect_free
def ca3b_remedy_propose(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what can be done about the personal data of a file: one choice for columns that go together.

    :param resource_id: id of the file
    :returns: ``[{where, found, columns, categories, options}]``; see
        :func:`ckanext.ca3b.privacy.remedies.grouping.groups`. The kind ``by_hand`` is to be done by the clerk.
    """
    held = _held(context, "ca3b_remedy_propose", data_dict)
    report = held.report
    with reading.bytes_of(held) as path:
        try:
            columns = reading.columns(path, held.name)
        except TableError as error:
            raise reading.refused(error.message) from error
    found = [one for one in remedies.options(report, columns) if _is_possible(one)]
    return grouping.groups(found, columns)


@tk.side_effect_free
def ca3b_remedy_preview(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return what remedies would give on the first rows, what would be lost, and how well people would be hidden.

    Nothing is written.

    :param resource_id: id of the file
    :param sha256: (optional) the bytes that the caller looked at
    :param remedies: ``[{column or columns, kind, params}]``
    :param where: (optional) the sheet, list or member to treat and keep, when the file has several
    :returns: ``{columns, columns_after, numbers, before, after, aligned, rows, lost, measures_before, measures_after,
        log}``; measures are ``{singling_out, linkability, inference}``, from 0 to 1
    """
    held = _held(context, "ca3b_remedy_preview", data_dict)
    asked = reading.asked(data_dict)
    with reading.bytes_of(held) as path:
        try:
            found = remedies.preview(path, asked.treatments, rows=ROWS, **asked.how(held))
        except TableError as error:
            raise reading.refused(error.message) from error
    return attrs.asdict(found)


def ca3b_remedy_apply(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Treat a file: the treated one takes its place under the same id, and is scanned before it is public.

    The original is kept in private and deleted after ``ckanext.ca3b.rgpd.original_days``. The register says which
    treatment, by whom.

    :param resource_id: id of the file
    :param sha256: (optional) the bytes that the caller looked at
    :param remedies: ``[{column or columns, kind, params}]``
    :param where: (optional) the sheet, list or member to treat and keep, when the file has several
    :returns: ``{resource_id, sha256, rows, columns, lost, measures_before, measures_after, log, delete_after, gate}``
    """
    held = _held(context, "ca3b_remedy_apply", data_dict)
    return applying.apply(context, held, reading.asked(data_dict))


def ca3b_original_purge(context: Context, data_dict: dict[str, Any]) -> dict[str, int]:
    """Delete the originals whose time has come. For sysadmins, and the command ``ckan ca3b rgpd purge``.

    :returns: ``{deleted}``
    """
    tk.check_access("ca3b_original_purge", context, data_dict)
    return {"deleted": originals.purge(str(context.get("user") or ""))}


def _held(context: Context, action: str, data_dict: dict[str, Any]) -> reading.Held:
    resource_id = str(tk.get_or_bust(data_dict, "resource_id"))
    tk.check_access(action, context, {"resource_id": resource_id})
    return reading.held(context, resource_id, data_dict.get("sha256"))


def _is_possible(option: Option) -> bool:
    """Tell whether this portal can do what is proposed: pseudonyms ask for a secret."""
    treatment = option.treatment
    if treatment is None:
        return True
    try:
        reading.key((treatment,))
    except tk.ValidationError:
        return False
    return True

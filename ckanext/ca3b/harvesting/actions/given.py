"""What is given to the actions, checked: what is wrong is said by field, with what to write instead."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b.harvest.readers import KINDS, reader
from ckanext.ca3b.harvest.sources import Source, SourceError
from ckanext.ca3b.harvesting import config
from ckanext.ca3b.harvesting.model import SCHEDULES
from ckanext.ca3b.harvesting.settings import PRIVATE, PUBLIC
from ckanext.ca3b.harvesting.store import runs, sources
from ckanext.ca3b.territory import queries
from ckanext.ca3b.territory.current import current_or_none

if TYPE_CHECKING:
    from ckanext.ca3b.harvesting.model import RunRow, SourceRow

_TRUE, _FALSE = ("true", "1", "yes", "on", "oui"), ("false", "0", "no", "off", "non", "")


class Wrong(Exception):  # noqa: N818 - a sentence about one field
    """What is wrong with a value."""


def existing(data_dict: Mapping[str, Any]) -> SourceRow:
    """Return the source of ``id`` or ``name``. Raises ObjectNotFound."""
    found = sources.find(str(data_dict.get("id") or data_dict.get("name") or ""))
    if found is None:
        raise tk.ObjectNotFound(tk._("No source has this name."))
    return found


def existing_run(data_dict: Mapping[str, Any]) -> tuple[RunRow, SourceRow]:
    """Return the run of ``id`` and its source. Raises ObjectNotFound."""
    run = runs.get(str(data_dict.get("id") or ""))
    source = sources.find(run.source_id) if run else None
    if run is None or source is None:
        raise tk.ObjectNotFound(tk._("This run does not exist any more."))
    return run, source


def busy() -> tk.ValidationError:
    """Return the refusal of what cannot be done to a source while it is harvested."""
    return tk.ValidationError({"id": [tk._("A run of this source goes on. Wait for its end.")]})


def address(value: Any) -> str:
    """Return an address of the web."""
    try:
        return Source.at(str(value)).address
    except SourceError as error:
        raise Wrong(str(error)) from error


def kind(value: Any) -> str:
    """Return a kind of catalogue, by its name or by what people call it; none: it is recognised."""
    said = str(value or "").strip()
    if not said:
        return ""
    for one in KINDS:
        if said.casefold() in {one, reader(one).LABEL.casefold()}:
            return one
    raise Wrong(tk._("“{value}” is no kind of catalogue. Leave it empty: it is recognised.").format(value=said))


def organization(value: Any) -> str:
    """Return the id of an organisation, by its id, its name or its title."""
    said = str(value or "").strip()
    found = model.Group.get(said) if said else None
    if found is None and said:
        found = model.Session.query(model.Group).filter_by(title=said, is_organization=True, state="active").first()
    if found is None or not found.is_organization or found.state != model.State.ACTIVE:
        raise Wrong(tk._("“{value}” is no organisation of this portal.").format(value=said))
    return found.id


def commune(value: Any) -> str:
    """Return the INSEE code of a commune of the territory, by its code or its name; ``""`` for none."""
    said, known = str(value or "").strip(), current_or_none()
    if not said:
        return ""
    found = known.find(said) if known else None
    if found is None:
        raise Wrong(
            tk._("“{value}” is no commune of the agglomeration. Give its name or its INSEE code.").format(value=said)
        )
    return found.insee_code


def organization_of(code: str) -> str:
    """Return the id of the organisation of a commune, ``""`` when there is none."""
    found = (one.id for one in queries.organizations("commune") if one.insee_code == code)
    return next(found, "") if code else ""


def commune_of(organization_id: str) -> str:
    """Return the INSEE code of the commune that an organisation is, ``""`` when it is none."""
    found = (one.insee_code for one in queries.organizations("commune") if one.id == organization_id)
    return next(found, "")


def schedule(value: Any) -> str:
    """Return how often a source is harvested."""
    said = str(value or "").strip()
    if said not in SCHEDULES:
        raise Wrong(tk._("“{value}” is none of: daily, weekly, monthly, manual.").format(value=said))
    return said


def options(value: Any) -> dict[str, str]:
    """Return the options of a reader: texts by name."""
    found = _object(value)
    return {str(key): str(item) for key, item in found.items()}


def settings(value: Any) -> dict[str, Any]:
    """Return the settings of a source; those that are empty are the portal's."""
    found = {key: item for key, item in _object(value).items() if item not in (None, "")}
    unknown = found.keys() - _SETTINGS.keys()
    if unknown:
        raise Wrong(tk._("“{name}” is no setting of a source.").format(name=sorted(unknown)[0]))
    return {name: _SETTINGS[name](item) for name, item in found.items()}


def document(data_dict: Mapping[str, Any]) -> tuple[bytes, str] | None:
    """Return the bytes and the name of the spreadsheet given as ``upload`` (a file of a form) or ``document``."""
    file, content = data_dict.get("upload"), data_dict.get("document")
    most = min(config.budget().answer_size, 100_000_000)
    name = str(data_dict.get("document_name") or getattr(file, "filename", "") or "catalogue.csv")
    if file is not None and hasattr(file, "read"):
        content = file.read(most + 1)
    if not content:
        return None
    found = content.encode() if isinstance(content, str) else bytes(content)
    if len(found) > most:
        raise Wrong(tk._("This file is too big to be a catalogue."))
    return found, name[-200:]


def number(value: Any, default: int, least: int, most: int) -> int:
    """Return a number within bounds."""
    try:
        return min(max(least, int(value)), most)
    except (TypeError, ValueError):
        return default


def _object(value: Any) -> Mapping[str, Any]:
    try:
        found = json.loads(value) if isinstance(value, str) and value.strip() else value or {}
    except ValueError:
        found = None
    if not isinstance(found, Mapping):
        raise Wrong(tk._("This must be an object: names and their values."))
    return found


def _ratio(value: Any) -> float:
    try:
        found = float(str(value).replace(",", "."))
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise Wrong(tk._("The part of the datasets that may vanish at once is between 0 and 100 per cent."))
    return found


def _days(value: Any) -> int:
    try:
        found = int(value)
    except (TypeError, ValueError):
        found = -1
    if not 0 <= found <= 3650:
        raise Wrong(tk._("The days before archiving are a whole number, from 0 to 3650."))
    return found


def _rank(value: Any) -> int:
    try:
        found = int(value)
    except (TypeError, ValueError):
        found = -1
    if not 0 <= found <= 1000:
        raise Wrong(tk._("The authority of a source is a whole number, from 0 to 1000."))
    return found


def truth(value: Any) -> bool:
    """Return yes or no."""
    said = str(value).strip().casefold()
    if said in _TRUE:
        return True
    if said in _FALSE:
        return False
    raise Wrong(tk._("“{value}” is neither true nor false.").format(value=value))


def _visibility(value: Any) -> str:
    if value not in (PUBLIC, PRIVATE):
        raise Wrong(tk._("The datasets are either “public” or “private”."))
    return value


_SETTINGS = {
    "visibility": _visibility,
    "shrink_ratio": _ratio,
    "grace_days": _days,
    "tables_and_maps": truth,
    "authority": _rank,
    "publish_review": truth,
    # Written by the run that recognises the catalogue: what people pasted.
    "given_address": str,
}

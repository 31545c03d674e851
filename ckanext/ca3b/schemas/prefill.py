"""What a new dataset says when nobody said it: the facts of the organisation that publishes.

Pure: from the data given and the facts of the organisation to the data completed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ckanext.ca3b import vocabularies

if TYPE_CHECKING:
    from collections.abc import Mapping

LICENCE = "lov2"
LANGUAGE = "fr"
FREQUENCY = "UNKNOWN"
ACCESS = "PUBLIC"
LOCAL_AUTHORITY = "http://purl.org/adms/publishertype/LocalAuthority"
PUBLISHER_TYPES = {
    "agglomeration": LOCAL_AUTHORITY,
    "commune": LOCAL_AUTHORITY,
    "association": "http://purl.org/adms/publishertype/NonProfitOrganisation",
    "company": "http://purl.org/adms/publishertype/Company",
    "operator": "http://purl.org/adms/publishertype/Company",
}
# Regulation (EU) 2023/138, which data.europa.eu asks to be named by each high-value dataset.
HVD_REGULATION = "http://data.europa.eu/eli/reg_impl/2023/138/oj"


@attrs.frozen
class Owner:
    """The organisation that publishes; texts are empty when unknown. ``page`` is its page on the portal."""

    title: str
    kind: str = ""
    insee_code: str = ""
    siren: str = ""
    email: str = ""
    url: str = ""
    page: str = ""


def prefilled(data: Mapping[str, Any], owner: Owner | None) -> dict[str, Any]:
    """Return ``data`` with what is missing or empty filled from ``owner`` and the portal's usual values."""
    usual: dict[str, Any] = {
        "license_id": LICENCE,
        "language": [vocabularies.languages().by_code(LANGUAGE).uri],
        "frequency": vocabularies.frequencies().by_code(FREQUENCY).uri,
        "access_rights": vocabularies.access_rights().by_code(ACCESS).uri,
    }
    if owner:
        usual |= _from_owner(owner)
    missing = {key: value for key, value in usual.items() if _is_empty(data.get(key))}
    return {**data, **missing}


def _from_owner(owner: Owner) -> dict[str, Any]:
    who = _row(name=owner.title, email=owner.email, url=owner.url or owner.page)
    publisher = _row(type=PUBLISHER_TYPES.get(owner.kind, ""), identifier=owner.siren)
    facts: dict[str, Any] = {"contact": [who], "publisher": [{**who, **publisher}]}
    if owner.kind == "commune" and owner.insee_code:
        facts["communes"] = [owner.insee_code]
    return facts


def _row(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {}, [""])

"""Validators of the schemas: they read what people write in any spelling, and say in words what is wrong.

Each message names the value, what is wrong and what to write; ckanext-scheming and our forms put
the label of the field before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import authz
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.ca3b import vocabularies
from ckanext.ca3b.schemas import texts
from ckanext.ca3b.schemas.indexing import values
from ckanext.ca3b.territory.core import TerritoryError
from ckanext.ca3b.territory.core.organizations import AGGLOMERATION, COMMUNE
from ckanext.ca3b.territory.current import current
from ckanext.scheming.validation import scheming_validator

Validator = Callable[..., Any]
Keyed = Callable[[FlattenKey, FlattenDataDict, FlattenErrorDict, Context], None]

OF_THE_TERRITORY = {AGGLOMERATION, COMMUNE}
#: In the context of a harvester: what is merely missing is not refused; the people who edit it are asked for it.
LENIENT = "ca3b_lenient"
#: In the context of who writes many datasets of one organisation as CKAN itself: its id, read in their transaction.
OWNER = "ca3b_owner"


@scheming_validator
def ca3b_required(field: dict[str, Any], schema: dict[str, Any]) -> Keyed:  # noqa: ARG001
    """Refuse an empty field, and say what to write in it."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        if _is_blank(data.get(key)):
            if LENIENT in context and key != ("name",):
                data[key] = ""
                return
            message = tk._("“{label}” is empty. Write for instance: {example}")
            errors[key].append(message.format(label=field["label"], example=field.get("example", "…")))
            raise tk.StopOnError

    return validator


@scheming_validator
def ca3b_from_title(field: dict[str, Any], schema: dict[str, Any]) -> Keyed:
    """Refuse an empty address, except of a dataset without title: it is made from the title, whose error is enough."""
    required = ca3b_required(field, schema)

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        if _is_blank(data.get(key)) and _is_blank(data.get(("title",))):
            raise tk.StopOnError
        required(key, data, errors, context)

    return validator


def ca3b_owner_org(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Do what CKAN's ``owner_org_validator`` does, but for an organisation that the caller has just read."""
    known = context.get(OWNER)
    if not (known and data.get(key) == known and context.get("ignore_auth")):
        usual: Any = tk.get_validator("owner_org_validator")
        usual(key, data, errors, context)


def ca3b_concept(table: str) -> Validator:
    """Store the URI of one concept of the vocabulary ``table``, from its code, URI, label or alias."""

    def validator(value: Any) -> Any:
        return _concept(table, value) if value else value

    return validator


def ca3b_concepts(table: str) -> Validator:
    """Store a JSON list of URIs of concepts of the vocabulary ``table``; one text may hold several, with commas."""

    def validator(value: Any) -> str:
        given = values(value)
        if len(given) == 1 and not vocabularies.vocabulary(table).find(given[0]):  # a label may have commas of its own
            given = _texts(given[0])
        found = dict.fromkeys(_concept(table, item) for item in given if item.strip())
        return json.dumps(list(found), ensure_ascii=False)

    return validator


def ca3b_licence(value: Any) -> Any:
    """Store the code of a licence, from its code, URI, label or alias."""
    if not value:
        return value
    found = vocabularies.licences().find(value)
    if found is None:
        raise tk.Invalid(_unknown(value, vocabularies.licences()))
    return found.code


def ca3b_licence_uri(value: Any) -> Any:
    """Store the URI of the licence of one file; an address that is not in our list is kept."""
    found = vocabularies.licences().find(value)
    if found is not None and found.uri:
        return found.uri
    if not value or texts.is_web_address(value):
        return value
    raise tk.Invalid(_unknown(value, vocabularies.licences()))


def ca3b_hvd_licence(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Refuse a licence that regulation (EU) 2023/138 does not allow for high-value data, on the dataset or a file."""
    if not values(data.get(key)):
        return
    places = [("license_id",), *((*k,) for k in data if k[0] == "resources" and k[-1] == "license")]
    refused = {}
    for place in places:
        licence = vocabularies.licences().find(data.get(place))
        if licence is not None and licence.code != "notspecified" and not licence.hvd:
            refused[place] = licence
    for place, licence in refused.items():
        message = tk._(
            "High-value data must be free to reuse, under a licence no stricter than CC BY 4.0: Commission "
            "Implementing Regulation (EU) 2023/138, article 4(3). “{licence}” is stricter. Choose “{choice}”, or "
            "untick the high-value categories."
        ).format(licence=licence.label, choice=vocabularies.licences().by_code("lov2").label)
        if LENIENT not in context:  # a harvester leaves the category aside, never the licence
            errors.setdefault(place, []).append(message)
        if message not in errors[key]:
            errors[key].append(message)
    if refused:
        raise tk.StopOnError


def ca3b_keywords(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:  # noqa: ARG001
    """Turn the text of keywords into tags; unlike CKAN's, apostrophes, slashes and ampersands are welcome."""
    text = data[key]
    given = texts.keywords(text) if isinstance(text, str) else texts.unique_keywords([str(word) for word in text])
    present = {data[k] for k in data if len(k) == 3 and k[0] == "tags" and k[2] == "name"}
    start = max([int(k[1]) for k in data if len(k) == 3 and k[0] == "tags"], default=-1) + 1
    for number, word in enumerate((word for word in given if word not in present), start):
        data["tags", number, "name"] = word


def tag_name_validator(value: Any, context: Context) -> Any:  # noqa: ARG001
    """Replace CKAN's validator, which refuses « fil d'eau », « eau/assainissement » and « A&B ».

    Only what would break is refused: a comma separates keywords everywhere in CKAN.
    """
    clean = texts.keyword(value)
    if "," in clean:
        raise tk.Invalid(tk._("The keyword “{value}” has a comma. Make two keywords of it.").format(value=clean))
    return clean


def ca3b_communes(value: Any) -> str:
    """Store a JSON list of INSEE codes of members of the agglomeration, from their codes or names."""
    found: dict[str, None] = {}
    for text in _texts(value):
        try:
            found[current().get(text).insee_code] = None
        except TerritoryError as error:
            raise tk.Invalid(str(error)) from error
    return json.dumps(list(found))


def ca3b_date(value: Any) -> Any:
    """Accept a date as the French write it; ISO dates pass unchanged."""
    if not isinstance(value, str):
        return value
    try:
        found = texts.iso_date(value)
    except ValueError:
        found = ""
    if not value.strip() or (found and texts.first_day(found)):
        return found
    message = tk._("“{value}” is not a date. Write it as 31/12/2025, 2025-12-31 or 2025.")
    raise tk.Invalid(message.format(value=value))


def ca3b_not_before(start: str) -> Keyed:
    """Refuse an end that comes before the subfield ``start`` of the same row."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:  # noqa: ARG001
        begin, end = data.get((*key[:-1], start)), data.get(key)
        if not (isinstance(begin, str) and isinstance(end, str)) or errors[key]:
            return
        try:
            first, last = texts.first_day(begin), texts.last_day(end)
        except ValueError:
            return  # said at the other field
        if first and last and last < first:
            message = tk._("The end ({end}) comes before the beginning ({begin}). Swap or correct them.")
            errors[key].append(message.format(end=end, begin=begin))

    return validator


def ca3b_email(value: Any) -> Any:
    """Refuse what is not an electronic address; ``mailto:`` is taken off."""
    address = str(value).removeprefix("mailto:").strip()
    if address and not texts.is_email(address):
        message = tk._("“{value}” is not an e-mail address. Write for instance {example}")
        raise tk.Invalid(message.format(value=value, example="donnees@mairie.fr"))
    return address


def ca3b_link(value: Any) -> Any:
    """Refuse what is not a web address; a missing ``https://`` is added before what looks like one."""
    text = str(value).strip()
    if text.casefold().startswith("www."):
        text = f"https://{text}"
    if text and not texts.is_web_address(text):
        message = tk._("“{value}” is not a web address. Write for instance {example}")
        raise tk.Invalid(message.format(value=value, example="https://www.mairie.fr/page"))
    return text


def ca3b_each_link(value: Any) -> str:
    """Check each address of a JSON list; see :func:`ca3b_link`."""
    return json.dumps([ca3b_link(item) for item in values(value)], ensure_ascii=False)


def ca3b_decimal(value: Any) -> Any:
    """Accept a number with a comma or a point; store it with a point."""
    text = str(value).strip().replace(",", ".").replace(" ", "").replace("\u202f", "").replace("\xa0", "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise tk.Invalid(tk._("“{value}” is not a number. Write for instance 5 or 0,5.").format(value=value))
    return text


def ca3b_geometry(value: Any) -> Any:
    """Store a GeoJSON geometry as text; WKT and other notations pass unchanged, broken JSON is refused."""
    geometry: Any = value
    if isinstance(value, str):
        if not value.lstrip().startswith("{"):
            return value.strip()
        try:
            geometry = json.loads(value)
        except ValueError:
            geometry = None
    if not (isinstance(geometry, dict) and geometry.get("type") and {"coordinates", "geometries"} & geometry.keys()):
        example = '{"type": "Point", "coordinates": [5.22, 46.2]}'
        raise tk.Invalid(tk._("This is not a GeoJSON geometry. Write for instance {example}").format(example=example))
    return json.dumps(geometry)


def ca3b_insee_code(value: Any) -> Any:
    """Refuse what has not the shape of a commune's code."""
    text = str(value).strip().upper()
    if text and not texts.is_insee_code(text):
        raise tk.Invalid(
            tk._("“{value}” is not an INSEE code: five characters, for instance 01053.").format(value=value)
        )
    return text


def ca3b_siren(value: Any) -> Any:
    """Refuse a SIREN whose nine digits or key are wrong."""
    text = "".join(str(value).split())
    if text and not texts.is_siren(text):
        message = tk._("“{value}” is not a SIREN: nine digits, the last of which is a key. Check what was typed.")
        raise tk.Invalid(message.format(value=value))
    return text


def ca3b_territory_key(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Keep what « ckan ca3b territory load » matches organisations on, whoever edits, except a sysadmin."""
    if context.get("ignore_auth") or authz.is_sysadmin(context.get("user")):
        return
    stored: dict[str, Any] = getattr(context.get("group"), "extras", None) or {}
    given = data.get(key)
    if stored.get("kind") in OF_THE_TERRITORY:
        kept = stored.get(key[0])
        if _is_blank(given):
            data[key] = kept
        elif "".join(str(given).split()) != str(kept or ""):
            errors[key].append(
                tk._(
                    "“{value}” comes from the official list of communes: only the portal's operator may change it."
                ).format(value=kept)
            )
    elif key == ("kind",) and given in OF_THE_TERRITORY:
        errors[key].append(tk._("Communes and the agglomeration come from the official list: choose another kind."))


def ca3b_resource_name(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:  # noqa: ARG001
    """Name a file after its address when nobody named it."""
    if _is_blank(data.get(key)):
        path = str(_beside(key, data, "url")).split("?", 1)[0].rstrip("/")
        name = path.rsplit("/", 1)[-1]
        if name:
            data[key] = name


def ca3b_format(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:  # noqa: ARG001
    """Write a format in one way (« text/csv » and the European URI give CSV); guess it from the file's name."""
    value = data.get(key)
    found = (
        vocabularies.file_type_of_name(str(_beside(key, data, "url")))
        if _is_blank(value)
        else vocabularies.file_types().find(value)
    )
    if found is not None:
        data[key] = found.code


def ca3b_media_type(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:  # noqa: ARG001
    """Give a file the media type of its format; the one of an archive is kept."""
    types = vocabularies.file_types()
    found, said = types.find(_beside(key, data, "format")), types.find(data.get(key))
    if found is not None and found.media_type and not (said and said.is_archive):
        data[key] = found.media_type


def get_validators() -> dict[str, Validator]:
    """Return the validators by name, for ``IValidators``."""
    ours = {name: function for name, function in globals().items() if name.startswith("ca3b_")}
    return {**ours, "tag_name_validator": tag_name_validator}


def _concept(table: str, value: Any) -> str:
    vocabulary = vocabularies.vocabulary(table)
    found = vocabulary.find(value)
    if found is not None and found.uri:
        return found.uri
    if isinstance(value, str) and vocabulary.names_a_concept(value):
        return value.strip()
    raise tk.Invalid(_unknown(value, vocabulary))


def _unknown(value: Any, vocabulary: vocabularies.Vocabulary[Any]) -> str:
    message = tk._("“{value}” is not in the list. Choose one of those offered, for instance “{example}”.")
    return message.format(value=value, example=vocabulary.entries[0].label)


def _texts(value: Any) -> list[str]:
    """Return the non-empty texts of a list, of its JSON, or of a text with commas."""
    found = values(value)
    if isinstance(value, str) and len(found) == 1 and "," in found[0] and not found[0].startswith("http"):
        found = found[0].split(",")
    return [text.strip() for text in found if text.strip()]


def _beside(key: FlattenKey, data: FlattenDataDict, name: str) -> Any:
    value = data.get((*key[:-1], name))
    return "" if _is_blank(value) else value


def _is_blank(value: Any) -> bool:
    return value is tk.missing or value is None or not str(value).strip()

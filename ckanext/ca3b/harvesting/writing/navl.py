"""CKAN's validation, with what it works out several times for each dataset worked out once.

:func:`ckan.lib.navl.dictization_functions._validate` flattens the same schema three times, finds the same keys three
times, and sorts them four times: a third of the time that validating takes. What is called, in which order and with
what is the same here. CKAN's function is completed once, when this module is imported: nothing changes outside of
:func:`once`. See docs/upstream.md.
"""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from ckan.lib.navl import dictization_functions as navl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Key = tuple[Any, ...]
Flat = dict[Key, Any]

_ckan_validate: Any = navl._validate
_active: ContextVar[bool] = ContextVar("ca3b_navl_once", default=False)


@contextlib.contextmanager
def once() -> Iterator[None]:
    """Have what is validated within the block be validated without doing the same work again."""
    token = _active.set(True)
    try:
        yield
    finally:
        _active.reset(token)


def validate(data: Flat, schema: dict[str, Any], context: Any) -> tuple[Flat, dict[Key, list[Any]]]:
    """Return flattened data as the validators leave them, and their errors: CKAN's ``_validate``.

    :raises ckan.lib.navl.dictization_functions.DataError: a value is where only a list of dicts can be.
    """
    flattened = navl.flatten_schema(schema)
    combinations = navl.get_all_key_combinations(data, flattened)
    full = _full(schema, combinations)
    converted: Any = _augmented(data, flattened, combinations, full)
    errors: Any = {key: [] for key in full}
    ordered = sorted(full, key=navl.flattened_order_key)
    special = {name: [key for key in ordered if key[-1] == name] for name in ("__before", "__extras", "__after")}
    fields = [key for key in ordered if not key[-1].startswith("__")]
    last = [("__junk",)] if ("__junk",) in full else []
    for key in [*special["__before"], *fields, *special["__extras"], *reversed(special["__after"]), *last]:
        for converter in full[key]:
            try:
                navl.convert(converter, key, converted, errors, context)
            except navl.StopOnError:
                break
    return converted, errors


def _full(schema: dict[str, Any], combinations: Iterable[Key]) -> Flat:
    """Return the validators of every key that the data may have: CKAN's ``make_full_schema``."""
    full: Flat = {}
    for combination in combinations:
        inner: Any = schema
        for step in combination[::2]:
            inner = inner[step]
        full |= {(*combination, name): value for name, value in inner.items() if isinstance(value, list)}
    return full


def _augmented(data: Flat, flattened: Flat, combinations: set[Key], full: Flat) -> Flat:
    """Return the data with what is missing marked, and what no schema knows put apart: CKAN's ``augment_data``."""
    found = dict(data)
    unknown = [key for key in data if key not in full]
    prefixes = {key[:length] for key in flattened for length in range(len(key) + 1)} if unknown else set()
    junk: Flat = {}
    extras: dict[Key, dict[Any, Any]] = {}
    for key in unknown:
        value = found.pop(key)
        if key[::2] in prefixes and value != []:
            raise navl.DataError(f"Only lists of dicts can be placed against subschema {key}, not {type(value)}")  # pyright: ignore[reportCallIssue]
        if key[:-1] in combinations:
            extras.setdefault((*key[:-1], "__extras"), {})[key[-1]] = value
        else:
            junk[key] = value
    if junk:
        found["__junk",] = junk
    found |= extras
    for key in full:
        if key not in found and not key[-1].startswith("__"):
            found[key] = navl.missing
    return found


def _validate(data: Flat, schema: dict[str, Any], context: Any) -> tuple[Flat, dict[Key, list[Any]]]:
    return validate(data, schema, context) if _active.get() else _ckan_validate(data, schema, context)


navl._validate = _validate

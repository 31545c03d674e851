"""The duties, read from ``duties.yaml`` and checked: a mistake in it is told by its place, before any page."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ckanext.ca3b.vocabularies.core import normalise

from . import wording
from .model import AGGLOMERATION, COMMUNE, Conditions, LawText, Proof, Rule, Start

FILE = Path(__file__).parent / "duties.yaml"

_KEYS = {
    "code", "title", "asks", "texts", "who", "not_for", "below", "if", "holds", "since", "counts", "fulfilled_by",
    "days", "rhythm", "where", "note", "form", "advice",
}  # fmt: skip


class DutiesError(ValueError):
    """The file of the duties is wrong; the message says where."""


@lru_cache(maxsize=4)
def rules(decp_threshold: int, decp_source: str) -> tuple[Rule, ...]:
    """Return the duties in the order of the file.

    :param decp_threshold: euros without tax from which the data of a public contract must be published.
    :param decp_source: the text and the date of that amount, in a sentence.
    """
    given = {"decp_threshold": wording.number(decp_threshold), "decp_source": decp_source}
    return read(FILE.read_text("utf-8"), given)


def read(text: str, given: dict[str, str]) -> tuple[Rule, ...]:
    """Read the YAML of duties; ``{name}`` in a sentence takes its value from ``given``. Raises DutiesError."""
    found = tuple(_rule(one, given) for one in yaml.safe_load(text)["duties"])
    codes = [rule.code for rule in found]
    if len(set(codes)) != len(codes):
        raise DutiesError("Two duties have the same code.")
    return found


def _rule(data: dict[str, Any], given: dict[str, str]) -> Rule:
    code = data.get("code", "?")
    if unknown := data.keys() - _KEYS:
        raise DutiesError(f"Duty « {code} »: unknown keys {sorted(unknown)}.")
    try:
        return _built(data, given)
    except (KeyError, TypeError, ValueError) as error:
        raise DutiesError(f"Duty « {code} »: {error!r}.") from error


def _built(data: dict[str, Any], given: dict[str, str]) -> Rule:
    def words(value: str) -> str:
        return wording.french(value.format(**given)).strip()

    kinds = {COMMUNE, AGGLOMERATION}
    if not kinds >= data["who"].keys() or not kinds - data["who"].keys() <= data.get("not_for", {}).keys():
        raise ValueError("« who » and « not_for » must speak of each kind of body")
    if data["counts"] not in {"own", "about"}:
        raise ValueError("« counts » is own or about")
    texts = tuple(
        LawText(words(one["name"]), words(one["article"]), _address(one["url"]), words(one.get("note", "")))
        for one in data["texts"]
    )
    if not texts:
        raise ValueError("a duty without a text of law")
    return Rule(
        code=data["code"],
        title=words(data["title"]),
        asks=words(data["asks"]),
        texts=texts,
        who={kind: _conditions(one, words) for kind, one in data["who"].items()},
        proof=_proof(data["fulfilled_by"]),
        counts=data["counts"],
        advice=words(data["advice"]),
        not_for={kind: words(one) for kind, one in data.get("not_for", {}).items()},
        below=words(data.get("below", "")),
        depends=words(data.get("if", "")),
        holds=bool(data.get("holds", False)),
        since=_starts(data.get("since", []), words),
        days=data.get("days"),
        rhythm=words(data.get("rhythm", "")),
        where=words(data.get("where", "")),
        note=words(data.get("note", "")),
        form=data.get("form", ""),
    )


def _conditions(data: dict[str, Any], words: Any) -> Conditions:
    over = data.pop("population_over", None)
    if over is not None:
        data = {**data, "population_from": over + 1}
    threshold = data.get("population_from")
    return Conditions(
        **{
            **data,
            "types": tuple(data.get("types", ())),
            "types_otherwise": words(data.get("types_otherwise", "")),
            "limit": f"plus de {wording.number(over)}" if over is not None else wording.number(threshold or 0),
        }
    )


def _proof(data: dict[str, Any]) -> Proof:
    return Proof(
        any_dataset=bool(data.get("any_dataset", False)),
        schemas=frozenset(data.get("schemas", ())),
        standards=tuple(data.get("standards", ())),
        hvd=frozenset(data.get("hvd", ())),
        formats=frozenset(data.get("formats", ())),
        words=tuple(normalise(one) for one in data.get("words", ())),
        not_words=tuple(normalise(one) for one in data.get("not_words", ())),
    )


def _starts(data: list[dict[str, Any]], words: Any) -> tuple[Start, ...]:
    """Return the starts, those of the largest bodies first."""
    found = [Start(one["population_from"], _day(one["date"]), words(one["words"])) for one in data]
    return tuple(sorted(found, key=lambda one: -one.population_from))


def _day(value: Any) -> dt.date:
    if not isinstance(value, dt.date):
        raise TypeError(f"{value!r} is not a date")
    return value


def _address(value: str) -> str:
    if not value.startswith(("https://www.legifrance.gouv.fr/", "http://data.europa.eu/eli/")):
        raise ValueError(f"{value} is not an address of Légifrance or of the EU's law")
    return value

"""What is proposed to a clerk for each finding: two to four things, the advised one first."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from attrs import evolve

from ckanext.ca3b.rgpd.context import is_about, is_trait
from ckanext.ca3b.rgpd.detectors import DETECTORS
from ckanext.ca3b.rgpd.policy import load_policy
from ckanext.ca3b.rgpd.words import says

from .model import Option, Treatment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ckanext.ca3b.rgpd.model import Finding, Report
    from ckanext.ca3b.rgpd.policy import Policy

ADVICE = Path(__file__).with_name("advice.yaml")
_SOME = 0.5
"""Under this share of the rows, only the cells concerned are worth treating."""

_PRIVATE = {"phone": ["mobile", "bare-mobile"], "email": ["personal", "private-box", "unsure"]}
_HEADERS = "en-têtes de colonnes"
_TOWN = ("commune", "ville", "code insee", "code commune", "nom commune", "depcom", "codgeo", "code postal", "cp")
_MOST_CRITERIA = 3
_SENSITIVE = frozenset({"health"})
"""What nobody should guess of a person known by other columns (article 9)."""


def options(
    report: Report, table_columns: Sequence[str], *, policy: Policy | None = None, year: int | None = None
) -> list[Option]:
    """Give what can be done about each finding of ``report`` that holds the file, the advised option first.

    ``table_columns`` are the columns of the file. Findings of the same category in one table that are treated
    together (a name and a first name, a latitude and a longitude) give the same treatment: asking it twice does it
    once. The advised options of all the findings can be done together, see `advised`.
    """
    thresholds = (policy or load_policy()).thresholds
    k, small = int(thresholds.get("k", 5)), int(thresholds.get("small_cell", 11))
    words: dict[str, Any] = {
        "{k}": k,
        "{threshold}": small,
        "{enterprises}": int(thresholds.get("enterprises", 3)),
        "{others}": k - 1,
        "{year}": year or dt.datetime.now(tz=dt.UTC).year,
    }
    held = [finding for finding in report.findings if finding.decision != "pass"]
    made: list[Option] = []
    for finding in held:
        beside = [each for each in held if each.where == finding.where]
        secret = _sensitive(report, finding, table_columns)
        made += _of(finding, beside, list(table_columns), {**words, "{sensitive}": secret})
    return made


def advised(found: Sequence[Option]) -> list[Treatment]:
    """Give the advised treatments, each once, those of columns that another one drops left out."""
    treatments = [option.treatment for option in found if option.advised and option.treatment is not None]
    dropped = {column for each in treatments if each.kind == "drop_column" for column in each.columns}
    kept: list[Treatment] = []
    busy: set[str] = set()
    for each in treatments:
        columns = each.columns
        if each.kind in _CELLS:
            columns = tuple(column for column in columns if column not in dropped | busy)
            busy.update(columns)
        elif each.kind == "k_anonymise":
            columns = tuple(column for column in columns if column not in dropped)
        if columns != each.columns and not columns:
            continue
        each = Treatment(columns, each.kind, each.params)  # noqa: PLW2901 - the same, fewer columns
        if each not in kept:
            kept.append(each)
    return kept


_CELLS = {"mask", "pseudonym", "generalise_date", "generalise_number", "generalise_address", "generalise_coordinates"}


@lru_cache(maxsize=1)
def _advice() -> Mapping[str, Any]:
    return yaml.safe_load(ADVICE.read_text("utf-8"))


def _sensitive(report: Report, finding: Finding, columns: Sequence[str]) -> str:
    """Give the sensitive column beside a finding, that of the most rows; "" when there is none."""
    there = [
        each
        for each in report.findings
        if each.category in _SENSITIVE
        and each.where == finding.where
        and each.column in columns
        and each.column != finding.column
    ]
    return max(there, key=lambda each: each.rows_ratio).column if there else ""


def _of(finding: Finding, beside: list[Finding], columns: list[str], words: Mapping[str, Any]) -> list[Option]:
    known = finding.column in columns
    category = finding.category
    if not known:
        category = "headers" if finding.column == _HEADERS else "outside"
    elif any(each.category == "small_cells" and each.column == finding.column for each in beside):
        category = "small_cells"
    advice = _advice().get(category) or _advice()["nir"]
    told = {**words, "{category}": finding.category, "{private}": _kinds(finding, columns), "{column}": finding.column}
    if category == "small_cells":
        told |= _statistics(beside, columns, words)
    made = []
    for place, each in enumerate(advice[_variant(finding, advice, columns, words["{sensitive}"])]):
        made.append(
            Option(
                column=finding.column,
                where=finding.where,
                category=finding.category,
                kind=each["kind"],
                label=_filled(each["label"], told),
                params=_filled(each.get("params", {}), told),
                advised=place == 0,
                reason=_filled(each["reason"], told),
                columns=_columns(each.get("columns", "own"), finding, beside, columns, words["{sensitive}"])
                if known
                else (),
            )
        )
    return _without_repeats(made)


def _variant(finding: Finding, advice: Mapping[str, Any], columns: list[str], secret: str) -> str:
    if "text" in advice and (is_about(finding.column, "free_text") or DETECTORS["free_text"].named(finding.column)):
        return "text"
    if "duty" in advice and _kinds(finding, columns):
        return "duty"
    if "secret" in advice and secret:
        return "secret"
    if "town" in advice and any(says(name, _TOWN) for name in columns if name != finding.column):
        return "town"
    return "some" if "some" in advice and finding.rows_ratio < _SOME else "all"


def _kinds(finding: Finding, columns: list[str]) -> list[str]:
    """Give the kinds of values to mask: all of them beside private people, private ones beside a duty or a body."""
    public = any(is_about(name, topic) for name in columns for topic in ("duty", "elected", "number_of_body", "body"))
    return _PRIVATE.get(finding.category, []) if public and finding.decision != "block" else []


def _statistics(beside: list[Finding], columns: list[str], words: Mapping[str, Any]) -> dict[str, Any]:
    """Tell a statistic on people from one on enterprises, whose amounts are hidden with their counts."""
    found = [each.column for each in beside if each.category == "small_cells"]
    shares = [name for name in found if is_about(name, "dominance")]
    firms = all(is_about(name, "enterprise") or name in shares for name in found)
    amounts = [name for name in columns if firms and name not in found and is_about(name, "magnitude")]
    return {
        "{small}": words["{enterprises}"] if firms else words["{threshold}"],
        "{amounts}": amounts,
        "{shares}": shares,
    }


def _columns(which: str, finding: Finding, beside: list[Finding], columns: list[str], secret: str) -> tuple[str, ...]:
    if which == "family":
        same = [each for each in beside if each.category == finding.category and each.column in columns]
        if finding.category == "geolocation_home":
            # A parcel beside a point is another thing.
            same = [each for each in same if _parcel(each) is _parcel(finding)]
            return tuple(each.column for each in same[:2]) if len(same) <= 2 else (finding.column,)
        same = [each for each in same if each.rows_ratio >= _SOME or each is finding]
        return tuple(dict.fromkeys(each.column for each in same))
    if which == "traits":
        return tuple(name for name in _traits(beside, columns) if name != secret)
    if which == "place":
        traits = [name for name in columns if is_trait(name) and name != finding.column]
        places = [name for name in traits if is_about(name, "quasi_place")]
        # With one criterion only, there is nothing to add up.
        return tuple((places or traits)[:1]) if len(traits) > 1 else ()
    if which == "counts":
        same = [each.column for each in beside if each.category == "small_cells" and each.column in columns]
        return tuple(dict.fromkeys(same)) or (finding.column,)
    return (finding.column,)


def _parcel(finding: Finding) -> bool:
    return says(finding.column, ("parcelle", "cadastre", "cadastrale"))


_GONE = {"health", "free_text", "name", "phone", "email", "nir", "iban", "tax_number", "identity_paper", "ip", "plate",
         "professional_id", "birth_date"}  # fmt: skip


def _traits(beside: list[Finding], columns: list[str]) -> tuple[str, ...]:
    """Give the columns by which a person may be known together, those that other remedies take away left out."""
    gone = {each.column for each in beside if each.category in _GONE}
    town = any(says(name, _TOWN) for name in columns)
    gone |= {
        each.column for each in beside if each.category == "geolocation_home" or (each.category == "address" and town)
    }
    addresses = {each.column for each in beside if each.category == "address" and not town}
    found = {each.column for each in beside if each.category == "quasi_identifiers"} | addresses
    return tuple(
        name
        for name in columns
        if name not in gone and (name in found or (is_trait(name) and not is_about(name, "record")))
    )


def _without_repeats(made: list[Option]) -> list[Option]:
    kept: list[Option] = []
    for option in made:
        if option.kind == "aggregate" and len(option.columns) > _MOST_CRITERIA:
            option = evolve(option, columns=option.columns[:_MOST_CRITERIA])  # noqa: PLW2901 - the same, fewer criteria
        if not option.columns and option.kind not in {"rewrite", "by_hand"}:
            continue
        if option.treatment is None or option.treatment not in [each.treatment for each in kept]:
            kept.append(option)
    return kept


def _filled(value: Any, words: Mapping[str, Any]) -> Any:
    """Put the values of ``words`` in a text, or in the parameters of a treatment."""
    if isinstance(value, dict):
        filled = {name: _filled(each, words) for name, each in value.items()}
        return {name: each for name, each in filled.items() if each != []}
    if isinstance(value, list):
        return [_filled(each, words) for each in value]
    if isinstance(value, str):
        if value in words:
            return words[value]
        for name, each in words.items():
            value = value.replace(name, str(each)) if not isinstance(each, list) else value
    return value

"""Each column through each category, then the combinations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ckanext.ca3b.rgpd.combine import singling
from ckanext.ca3b.rgpd.headers import is_about, is_trait
from ckanext.ca3b.rgpd.model import Finding

from . import contacts, numbers, people, statistics, traits
from .case import Case, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.rgpd.context import Context
    from ckanext.ca3b.rgpd.policy import Policy
    from ckanext.ca3b.rgpd.sources import Part

_RULES: dict[str, Callable[[Case], Verdict | None]] = {
    "nir": numbers.nir,
    "iban": numbers.iban,
    "tax_number": numbers.tax_number,
    "identity_paper": numbers.identity_paper,
    "professional_id": numbers.professional_id,
    "health": traits.health,
    "name": people.name,
    "birth_date": people.birth_date,
    "address": people.address,
    "phone": contacts.phone,
    "email": contacts.email,
    "plate": numbers.plate,
    "ip": numbers.ip,
    "geolocation_home": people.geolocation_home,
    "free_text": traits.free_text,
}


def decide(part: Part, context: Context, policy: Policy) -> list[Finding]:
    """Give the findings of one table."""
    known = policy.schemas.get(context.schema or "", "facility") if context.schema else None
    findings: list[Finding] = []
    context.excused |= {
        column.name
        for column in context.columns
        if context.people.get(column.name) in {"full", "surname", "first", "civility"}
        and (situation := people.public_names(Case(column, context, known))) is not None
        and policy.rule("name", situation).decision == "pass"
    }
    for column in context.columns:
        if not column.filled:
            continue
        case = Case(column, context, known)
        verdicts = {category: verdict for category, rule in _RULES.items() if (verdict := rule(case))}
        small = statistics.small_cells(case, policy.thresholds)
        if small:
            verdicts["small_cells"] = small
            crossed = [other for other in context.columns if other is not column and is_trait(other.header)]
            if small.situation == "sensitive" and len(crossed) > 1:
                verdicts["quasi_identifiers"] = Verdict("small", small.count, small.rows)
        if verdicts.keys() & {"nir", "iban"}:
            # Their digits look like those of other numbers.
            for other in ("phone", "tax_number", "plate"):
                if other in verdicts and verdicts[other].count <= max(
                    verdicts[name].count for name in ("nir", "iban") if name in verdicts
                ):
                    del verdicts[other]
        findings += [
            _finding(part, context, policy, column.name, category, verdict) for category, verdict in verdicts.items()
        ]
    findings += _combinations(part, context, policy, findings)
    return findings


def _finding(part: Part, context: Context, policy: Policy, column: str, category: str, verdict: Verdict) -> Finding:  # noqa: PLR0913, PLR0917 - what it needs, each of its own kind
    rule = policy.rule(category, verdict.situation)
    rows = context.table.rows
    return Finding(
        column=column,
        category=category,
        decision=rule.decision,
        count=verdict.count,
        rows_ratio=round(min(1.0, verdict.count / rows), 6) if rows else 0.0,
        reason=rule.reason,
        certainty=rule.certainty,
        rows=verdict.rows,
        lines=tuple(line for row in verdict.rows if (line := part.line(row)) is not None),
        where=part.where,
    )


def _combinations(part: Part, context: Context, policy: Policy, findings: list[Finding]) -> list[Finding]:
    """Traits of people: singled out by their combination, or attached to a name."""
    if not (context.micro or context.private_people) or not context.table.rows:
        return []
    said = {finding.column for finding in findings if finding.category not in {"geolocation_home"}}
    columns = [
        column
        for column in context.columns
        if column.filled and is_trait(column.header) and len(column.sample) > 1 and column.longest <= 80
    ]
    if context.private_people:
        topics = ("quasi_age", "quasi_sex", "quasi_status")
        return [
            _finding(
                part,
                context,
                policy,
                column.name,
                "quasi_identifiers",
                Verdict("trait", column.filled, tuple(column.first)),
            )
            for column in columns
            if column.name not in said and any(is_about(column.header, topic) for topic in topics)
        ]
    if len(columns) < 2:
        return []
    k = policy.thresholds.get("k", 5)
    sensitive = [finding.column for finding in findings if finding.category == "health"]
    names = [column.name for column in columns if column.name not in sensitive][:8]
    if len(names) < 2:
        return []
    measure = singling(part, names, k, sensitive, context.table.traits)
    if measure.under:
        situation = "sensitive" if sensitive else "person"
    else:
        alike = bool(sensitive) and measure.diversity < policy.thresholds.get("l", 2)
        situation = "homogeneous" if alike else "enough"
    made = []
    for name in names:
        verdict = Verdict(situation, measure.under or context.table.rows, measure.rows)
        finding = _finding(part, context, policy, name, "quasi_identifiers", verdict)
        detail = (
            f" Plus petit groupe : {measure.smallest} ; {measure.alone} ligne(s) seule(s) de leur espèce, "
            f"avec : {', '.join(names)}."
        )
        measures = {"k": measure.smallest, "under_k": measure.under, "alone": measure.alone, "l": measure.diversity}
        made.append(evolve(finding, reason=finding.reason + detail, measures=measures))
    return made

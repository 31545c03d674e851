"""One file through the scanner, as the plain values that the table of scans keeps. Never the value of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b.privacy.config import policy as policy_path
from ckanext.ca3b.privacy.model import PASS
from ckanext.ca3b.rgpd import DETECTORS, Policy, PolicyError, load_policy, scan
from ckanext.ca3b.tables import TableError

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.rgpd import Finding

#: To be raised when the detectors would decide otherwise: what is public is then scanned again on request.
ENGINE = 1


def policy() -> Policy:
    """Return the policy in force. Raises PolicyError: nothing can be scanned, hence nothing opens."""
    path = policy_path()
    return load_policy(path) if path else load_policy()


def examine(path: Path, name: str) -> dict[str, Any]:
    """Scan one file, called ``name`` by its owner.

    :returns: ``decision, rows, findings, not_examined, policy``.
    :raises ckanext.ca3b.tables.TableError: the file cannot be read.
    :raises ckanext.ca3b.rgpd.PolicyError: the policy cannot be read.
    """
    report = scan(path, name=name, policy=policy())
    return {
        "decision": report.decision,
        "rows": report.rows,
        "findings": [_plain(one) for one in report.findings],
        "not_examined": list(report.not_examined),
        "policy": report.policy,
    }


def is_clear(path: Path, name: str) -> bool:
    """Tell whether nothing in a copy of a file kept elsewhere has to be held; what cannot be examined is not clear."""
    try:
        report = scan(path, name=name, policy=policy())
    except (TableError, PolicyError):
        return False
    return report.decision == PASS and not report.not_examined


def _plain(found: Finding) -> dict[str, Any]:
    detector = DETECTORS.get(found.category)
    return {
        "column": found.column,
        "where": found.where,
        "category": found.category,
        "label": detector.label if detector else found.category,
        "decision": found.decision,
        "count": found.count,
        "rows_ratio": found.rows_ratio,
        "reason": found.reason,
        "certainty": found.certainty,
        "rows": list(found.rows),
        "lines": list(found.lines),
        "measures": dict(found.measures),
    }

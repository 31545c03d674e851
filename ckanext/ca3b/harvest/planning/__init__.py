"""What a run is about to do, decided before anything is done: identities, verdicts, differences, merges, names.

Pure functions of what was read and of what is known: the same arguments always give the same plan.
"""

from __future__ import annotations

from .changes import Change, changes
from .guard import Held
from .identity import KnownResource, dataset_id, known_resources, resource_ids
from .merge import merge
from .names import dataset_name
from .plan import VERDICTS, Action, ForeignClaim, Known, Plan, Staged, State, Verdict, plan

__all__ = [
    "VERDICTS",
    "Action",
    "Change",
    "ForeignClaim",
    "Held",
    "Known",
    "KnownResource",
    "Plan",
    "Staged",
    "State",
    "Verdict",
    "changes",
    "dataset_id",
    "dataset_name",
    "known_resources",
    "merge",
    "plan",
    "resource_ids",
]

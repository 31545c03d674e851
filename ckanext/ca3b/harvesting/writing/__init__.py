"""Writing what a plan decided: datasets through CKAN's own actions, their index in one go, one line of activity.

:func:`apply` writes datasets and the records of the source in the same transactions; :func:`index` has the search
engine follow, with one commit, and :func:`beside` begins that while the rest is written; :func:`activity` tells the
run on the page of the organisation.
"""

from __future__ import annotations

from .applying import BATCH, apply
from .following import Beside, beside
from .indexing import index
from .stream import activity
from .work import Outcome, Work

__all__ = ["BATCH", "Beside", "Outcome", "Work", "activity", "apply", "beside", "index"]

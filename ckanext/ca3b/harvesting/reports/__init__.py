"""The reports of the harvest: what happened to each record and to each run, in French, on pages, as files, by e-mail.

Rows are given as the actions give them (mappings) or as the model's objects.
"""

from __future__ import annotations

from . import words
from .attention import ORDER, PRESSING, needs
from .exports import csv_lines, json_lines, record
from .letters import kind_label, letter
from .reading import rows
from .records import advice, changed, problem, sentence, verdict_label, where, whole
from .runs import duration, run_sentence, summary
from .words import CAUSES, EXPLANATIONS, OUTCOMES, SCHEDULES, SEVERITIES, SOURCE_STATES, STATES, VERDICTS

__all__ = [
    "CAUSES",
    "EXPLANATIONS",
    "ORDER",
    "OUTCOMES",
    "PRESSING",
    "SCHEDULES",
    "SEVERITIES",
    "SOURCE_STATES",
    "STATES",
    "VERDICTS",
    "advice",
    "changed",
    "csv_lines",
    "duration",
    "json_lines",
    "kind_label",
    "letter",
    "needs",
    "problem",
    "record",
    "rows",
    "run_sentence",
    "sentence",
    "summary",
    "verdict_label",
    "where",
    "whole",
    "words",
]

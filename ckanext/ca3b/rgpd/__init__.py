"""Columns to findings to a decision: no personal data leaves without a lawful reason. Imports nothing of the portal."""

from __future__ import annotations

from .detectors import DETECTORS, Detector
from .model import Finding, Report
from .policy import Policy, PolicyError, load_policy
from .scan import scan

__all__ = ["DETECTORS", "Detector", "Finding", "Policy", "PolicyError", "Report", "load_policy", "scan"]

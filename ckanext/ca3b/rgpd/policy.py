"""The policy: which decision each category gets in each situation, with its reason and legal ground."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from attrs import frozen

from .model import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = Path(__file__).with_name("policy.yaml")


class PolicyError(ValueError):
    """A policy file that says nothing usable; the message is in French, for the DPO."""


@frozen
class Rule:
    """A decision, how sure it is (0 to 1) and why, in French."""

    decision: str
    reason: str
    certainty: float


@frozen
class Policy:
    """A version of the policy."""

    version: str
    rules: Mapping[str, Mapping[str, Rule]]
    thresholds: Mapping[str, int]
    schemas: Mapping[str, str]

    def rule(self, category: str, situation: str) -> Rule:
        """Give the rule of ``category`` in ``situation``; what the policy does not foresee is reviewed."""
        found = self.rules.get(category, {}).get(situation)
        return found or Rule("review", "La politique ne prévoit pas ce cas : le DPO juge (CRPA, art. L312-1-2).", 0.5)


def load_policy(path: Path = DEFAULT) -> Policy:
    """Read a policy.

    Raises:
        PolicyError: it is not YAML, or a decision is unknown.

    """
    try:
        return _parsed(path.read_text("utf-8"))
    except PolicyError:
        raise
    except (OSError, UnicodeError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise PolicyError(f"La politique « {path.name} » ne se lit pas : vérifiez sa forme.") from error


@lru_cache(maxsize=8)
def _parsed(text: str) -> Policy:
    said: dict[str, Any] = yaml.safe_load(text)
    rules = {
        category: {name: _rule(category, name, rule) for name, rule in situations.items()}
        for category, situations in said["rules"].items()
    }
    return Policy(str(said["version"]), rules, dict(said.get("thresholds", {})), dict(said.get("schemas", {})))


def _rule(category: str, name: str, rule: Mapping[str, Any]) -> Rule:
    if rule["decision"] not in DECISIONS:
        raise PolicyError(f"Politique, {category}, {name} : « {rule['decision']} » n’est pas une décision.")
    return Rule(rule["decision"], str(rule["reason"]), float(rule.get("certainty", 1)))

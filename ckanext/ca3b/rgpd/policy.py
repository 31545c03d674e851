"""The policy: which decision each category gets in each situation, with its reason and legal ground."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from .policy_reading import PolicyError, Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = Path(__file__).with_name("policy.yaml")


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
    """Read a policy; what it does not say is reviewed.

    Raises:
        PolicyError: it is not YAML, or something in it is unknown or missing; the line and the key are told.

    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise PolicyError(f"La politique « {path.name} » ne peut pas être ouverte.") from error
    except UnicodeError as error:
        raise PolicyError(f"La politique « {path.name} » n’est pas en UTF-8 : enregistrez-la ainsi.") from error
    return _parsed(path.name, text, ours=path == DEFAULT)


@lru_cache(maxsize=8)
def _parsed(name: str, text: str, *, ours: bool) -> Policy:
    # Ours says which situations there are.
    model = None if ours else load_policy()
    reader = Reader(name, text, {category: set(rules) for category, rules in model.rules.items()} if model else None)
    parts = reader.top()
    rules = {
        category: {situation: Rule(*rule) for situation, rule in each.items()}
        for category, each in reader.rules(parts["rules"]).items()
    }
    return Policy(
        reader.value(parts["version"], "version", str, "il faut un nom de version."),
        rules,
        reader.thresholds(parts.get("thresholds"), model.thresholds if model else None),
        reader.schemas(parts.get("schemas"), set(model.schemas.values()) if model else None),
    )

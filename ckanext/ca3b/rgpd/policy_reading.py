"""The policy as the DPO writes it: each mistake is told with its line and its key, in French."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import yaml

from .model import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

_TOP = ("version", "thresholds", "schemas", "rules")
_RULE = ("decision", "certainty", "reason")
Read = TypeVar("Read")


class PolicyError(ValueError):
    """A policy file that says nothing usable; the message is in French, for the DPO."""


class Reader:
    """Reads one policy, called ``name``; ``known`` are the situations of each category, any when None."""

    def __init__(self, name: str, text: str, known: Mapping[str, Collection[str]] | None) -> None:
        """Read the form of ``text``; its sense is asked by the methods."""
        self.name, self.known = name, known
        try:
            self.root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f", ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else ""
            raise PolicyError(
                f"Politique « {name} »{where} : ce n’est pas du YAML. Vérifiez les retraits, les deux-points et les "
                "guillemets à cet endroit ou juste avant."
            ) from error
        if self.root is None:
            raise PolicyError(f"Politique « {name} » : le fichier est vide.")

    def fail(self, node: yaml.Node, key: str, told: str) -> PolicyError:
        """Make the error of ``key``, at the line of ``node``."""
        return PolicyError(f"Politique « {self.name} », ligne {node.start_mark.line + 1}, « {key} » : {told}")

    def mapping(self, node: yaml.Node, key: str, allowed: Collection[str] | None = None) -> dict[str, yaml.Node]:
        """Give the entries of a mapping, each key once."""
        if not isinstance(node, yaml.MappingNode):
            raise self.fail(node, key, "il faut ici des lignes « clé : valeur ».")
        found: dict[str, yaml.Node] = {}
        for left, right in node.value:
            entry = str(left.value)
            path = f"{key}.{entry}" if key else entry
            if entry in found:
                raise self.fail(left, path, "cette clé est écrite deux fois.")
            if allowed is not None and entry not in allowed:
                raise self.fail(left, path, f"clé inconnue. Clés possibles : {', '.join(sorted(allowed))}.")
            found[entry] = right
        return found

    def value(self, node: yaml.Node, key: str, read: Callable[[str], Read], told: str) -> Read:
        """Read a single value, or say what it must be."""
        try:
            if isinstance(node, yaml.ScalarNode) and str(node.value).strip():
                return read(str(node.value))
        except ValueError:
            pass
        raise self.fail(node, key, told)

    def top(self) -> dict[str, yaml.Node]:
        """Give the parts of the policy."""
        assert self.root is not None  # noqa: S101 - refused when made
        parts = self.mapping(self.root, "", _TOP)
        for needed in ("version", "rules"):
            if needed not in parts:
                raise PolicyError(f"Politique « {self.name} » : il manque la clé « {needed} ».")
        return parts

    def thresholds(self, node: yaml.Node | None, allowed: Collection[str] | None) -> dict[str, int]:
        """Read whole numbers above zero."""
        entries = self.mapping(node, "thresholds", allowed) if node else {}
        told = "il faut un nombre entier, 1 ou plus."
        return {key: self.value(each, f"thresholds.{key}", _positive, told) for key, each in entries.items()}

    def schemas(self, node: yaml.Node | None, allowed: Collection[str] | None) -> dict[str, str]:
        """Read the situation that each schema gives."""
        found = {}
        for key, each in (self.mapping(node, "schemas") if node else {}).items():
            told = f"situations possibles : {', '.join(sorted(allowed or ()))}."
            found[key] = self.value(each, f"schemas.{key}", lambda text: _among(text, allowed), told)
        return found

    def rules(self, node: yaml.Node) -> dict[str, dict[str, tuple[str, str, float]]]:
        """Read (decision, reason, certainty) by category and situation."""
        return {
            category: {
                situation: self._rule(rule, f"rules.{category}.{situation}")
                for situation, rule in self.mapping(
                    each, f"rules.{category}", self.known[category] if self.known else None
                ).items()
            }
            for category, each in self.mapping(node, "rules", self.known).items()
        }

    def _rule(self, node: yaml.Node, key: str) -> tuple[str, str, float]:
        entries = self.mapping(node, key, _RULE)
        for needed in ("decision", "reason"):
            if needed not in entries:
                raise self.fail(node, key, f"il manque « {needed} ».")
        decisions = ", ".join(DECISIONS)
        decision = self.value(entries["decision"], f"{key}.decision", lambda text: _among(text, DECISIONS),
                              f"ce n’est pas une décision. Décisions possibles : {decisions}.")  # fmt: skip
        reason = self.value(entries["reason"], f"{key}.reason", str, "il faut un motif, en toutes lettres.")
        certainty = 1.0
        if "certainty" in entries:
            certainty = self.value(
                entries["certainty"], f"{key}.certainty", _share, "il faut un nombre au-dessus de 0, jusqu’à 1."
            )
        return decision, reason, certainty


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _share(text: str) -> float:
    number = float(text)
    if not 0 < number <= 1:
        raise ValueError(text)
    return number


def _among(text: str, allowed: Collection[str] | None) -> str:
    if allowed is not None and text not in allowed:
        raise ValueError(text)
    return text

"""The policy foresees every situation that the rules may find, and a mistake in it is told with its line."""

from __future__ import annotations

import ast
import inspect

import pytest

from ckanext.ca3b.rgpd import PolicyError, load_policy
from ckanext.ca3b.rgpd.decide import contacts, engine, loose, numbers, people, statistics, traits

MODULES = (contacts, numbers, people, statistics, traits, loose, engine)
FUNCTIONS = {
    (module.__name__, node.name): node
    for module in MODULES
    for node in ast.walk(ast.parse(inspect.getsource(module)))
    if isinstance(node, ast.FunctionDef)
}
ROOTS = {category: (rule.__module__, rule.__name__) for category, rule in engine._RULES.items()}
ROOTS |= {"small_cells": (statistics.__name__, "small_cells")}
SITUATIONS = {each for rules in load_policy().rules.values() for each in rules}


def words(node):
    """Texts that an expression may be, tests of its conditions aside."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp):
        return words(node.body) | words(node.orelse)
    if isinstance(node, ast.BoolOp):
        return set().union(*map(words, node.values))
    return set()


def situations(place, seen=None):
    """Situations that a function and those of its module which it calls may give."""
    seen = seen if seen is not None else set()
    if place in seen or place not in FUNCTIONS:
        return set()
    seen.add(place)
    found = set()
    for node in ast.walk(FUNCTIONS[place]):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in {"hits", "all_rows", "Verdict"} and node.args:
                found |= words(node.args[0])
            if name == "_under":
                found |= words(node.args[-1])
            if isinstance(node.func, ast.Name):
                found |= situations((place[0], name), seen)
        if isinstance(node, ast.Return | ast.Assign) and node.value is not None:
            found |= words(node.value) & SITUATIONS
    return found


@pytest.mark.parametrize("category", ROOTS)
def test_what_a_rule_may_find_is_foreseen(category):
    found = situations(ROOTS[category])
    assert found
    assert found <= set(load_policy().rules[category])


def test_what_texts_and_combinations_may_be_is_foreseen():
    policy = load_policy()
    for category in loose._SURE:
        for what, act in (("texte", False), ("texte", True), ("auteur du document", False)):
            assert loose._situation(category, what, act=act) in policy.rules[category]
    found = words_of_combinations()
    assert found >= {"enough", "homogeneous", "sensitive", "person", "trait", "small"}
    assert found <= set(policy.rules["quasi_identifiers"])


def words_of_combinations():
    told = {each for rules in (load_policy().rules["quasi_identifiers"],) for each in rules}
    source = inspect.getsource(engine)
    return {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)} & (SITUATIONS | told)


def policy(path, old, new):
    """Ours, with one mistake."""
    from ckanext.ca3b.rgpd.policy import DEFAULT  # noqa: PLC0415 - where ours is

    text = DEFAULT.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    return path, line


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("    keyed: {decision: block", "    keyed: {decision: bloc", "rules.nir.keyed.decision"),
        ("    keyed: {decision: block", "    kayed: {decision: block", "rules.nir.kayed"),
        ("  nir:\n", "  nire:\n", "rules.nire"),
        ("certainty: 0.99", "certainty: beaucoup", "rules.nir.keyed.certainty"),
        ("certainty: 0.99", "certainty: 99", "rules.nir.keyed.certainty"),
        ("certainty: 0.99", "certitude: 0.99", "rules.nir.keyed.certitude"),
        ("  small_cell: 11", "  small_cell: onze", "thresholds.small_cell"),
        ("  small_cell: 11", "  small_cells: 11", "thresholds.small_cells"),
        ("scdl-budget: facility", "scdl-budget: facilité", "schemas.scdl-budget"),
        ("version: ", "versions: ", "versions"),
        ("  l: 2 ", "  k: 2 ", "thresholds.k"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_key(old, new, key, tmp_path):
    path, line = policy(tmp_path / "policy.yaml", old, new)
    with pytest.raises(PolicyError, match=f"ligne {line}, « {key} »"):
        load_policy(path)


def test_a_form_that_is_not_yaml_is_told_with_its_line(tmp_path):
    path, line = policy(
        tmp_path / "policy.yaml", "  iban:\n    person: {decision: block", "  iban\n    person: {decision: block"
    )
    with pytest.raises(PolicyError, match=rf"ligne ({line}|{line + 1}), colonne"):
        load_policy(path)


@pytest.mark.parametrize("text", ["", "bonjour", "version: essai", "rules: {}", "version: a\nrules: [name]"])
def test_a_policy_that_says_nothing_is_refused(text, tmp_path):
    (tmp_path / "policy.yaml").write_text(text)
    with pytest.raises(PolicyError, match=r"« policy\.yaml »"):
        load_policy(tmp_path / "policy.yaml")


def test_a_policy_that_is_not_there_or_not_text_is_refused(tmp_path):
    with pytest.raises(PolicyError):
        load_policy(tmp_path / "absent.yaml")
    (tmp_path / "policy.yaml").write_bytes(b"version: \xff\xfe")
    with pytest.raises(PolicyError, match="UTF-8"):
        load_policy(tmp_path / "policy.yaml")


def test_ours_copied_elsewhere_is_a_policy(tmp_path):
    path, _ = policy(tmp_path / "policy.yaml", "  k: 5 ", "  k: 11 ")
    assert load_policy(path).thresholds["k"] == 11

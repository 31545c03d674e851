"""What every address of the maps answers when it cannot give what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk

from ckanext.ca3b.fetching import FetchError

from . import answers, derived, features, words
from .access import RefusedError

if TYPE_CHECKING:
    from flask import Blueprint, Response


def told_by(blueprint: Blueprint) -> None:
    """Have the addresses of a blueprint say, in a sentence, why they give nothing."""
    blueprint.register_error_handler(RefusedError, answers.refusal)
    blueprint.register_error_handler(derived.MissingError, _missing)
    blueprint.register_error_handler(features.SlowError, _slow)
    blueprint.register_error_handler(FetchError, _elsewhere)


def _missing(_error: Exception) -> Response:
    # The map was replaced between two steps of this answer: the next one finds the new.
    return answers.refusal(RefusedError(404, words.no_map()))


def _slow(_error: Exception) -> Response:
    return answers.refusal(RefusedError(503, tk._("This question takes too long on so large a layer. Ask for less.")))


def _elsewhere(error: Exception) -> Response:
    return answers.refusal(RefusedError(502, str(error)))

"""The French catalogue of the package, read last so that its words and its plural rule win.

CKAN reads the catalogues of the plugins in the order of ``ckan.plugins``, where templates want ``ca3b``
first. Flask-Babel merges them one over the other and keeps the plural rule of the last one, even when
that plugin has no French (ckanext-dcat): "0 jeux de données" then replaces "0 jeu de données".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckan.lib.plugins import DefaultTranslation

if TYPE_CHECKING:
    from flask import Flask


class LastTranslation(DefaultTranslation):
    """CKAN's ``ITranslation`` over ``i18n/``, and ``IMiddleware`` to read it once more after the others."""

    def make_middleware(self, app: Flask, config: object) -> Flask:  # noqa: ARG002 # the interface's signature
        """Add the catalogue at the end of those that Flask-Babel will merge at the first request."""
        babel = app.extensions["babel"]
        babel.translation_directories.append(self.i18n_directory())
        babel.default_domain += f";{self.i18n_domain()}"
        return app

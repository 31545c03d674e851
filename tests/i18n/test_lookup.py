"""What a French page really says, through CKAN's own lookup with the plugins of the portal."""

from __future__ import annotations

import json
from pathlib import Path

import ckan
import ckan.lib.i18n as ckan_i18n
import ckan.plugins.toolkit as tk
import ckanext.dcat
import flask_babel
import pytest

from tools import i18n

pytestmark = pytest.mark.usefixtures("with_plugins")

CKAN = Path(ckan.__file__).parent
EXTENSIONS = Path(ckanext.dcat.__file__).parent.parent
PLUGINS_OF_CKAN = ("activity", "audioview", "datapusher", "datastore", "datatablesview", "imageview", "resourceproxy",
                   "stats", "tabledesigner", "textview", "tracking", "videoview", "webpageview")  # fmt: skip
OTHERS = ("scheming", "dcat", "spatial")


@pytest.fixture
def french(app):
    with app.flask_app.test_request_context("/"):
        yield


def without_french(*folders):
    """Return the strings of these folders that Flask-Babel does not know in the language of the request."""
    known = flask_babel.get_translations()._catalog
    return sorted(
        {
            str(msgid)
            for folder in folders
            for file, msgid, _context in i18n.extract(folder)
            if not file.startswith(("tests/", "public-", "templates-"))
            # A plural answers for its singular, as in gettext.
            and not (isinstance(msgid, str) and (msgid in known or (msgid, 0) in known))
            and not (isinstance(msgid, tuple) and (msgid[0], 0) in known)
        }
    )


@pytest.mark.usefixtures("french")
def test_every_string_of_ckan_and_its_plugins_has_french():
    folders = [CKAN, *(EXTENSIONS / name for name in (*PLUGINS_OF_CKAN, *OTHERS))]
    assert without_french(*folders) == []


@pytest.mark.usefixtures("french")
def test_every_string_of_ours_has_french():
    assert without_french(i18n.PACKAGE) == []


@pytest.mark.usefixtures("french")
def test_a_missing_a_wrong_and_a_foreign_string():
    assert tk._("Skip to main content") == "Aller au contenu principal"
    assert tk._("Trash") == "Corbeille"
    assert tk._("Publisher name") == "Nom de l'éditeur"
    assert tk._("Datasets") == "Jeux de données"


@pytest.mark.usefixtures("french")
def test_plurals():
    said = [tk.ungettext("{num} Member", "{num} Members", n).format(num=n) for n in (0, 1, 2, 74, 1_000_000)]
    assert said == ["0 membre", "1 membre", "2 membres", "74 membres", "1000000 membres"]
    assert tk.ungettext("{count} member", "{count} members", 1).format(count=1) == "1 membre"


@pytest.mark.usefixtures("french")
def test_flask_babel_still_forgets_the_plural_rule(tmp_path):
    """When this fails, a plugin without French no longer spoils the rule: drop make_middleware from translations.py."""
    domain = flask_babel.Domain([str(CKAN / "i18n"), str(tmp_path)], "ckan;nothing")
    assert domain.get_translations().plural(0) == 1


@pytest.mark.usefixtures("french")
def test_scripts_speak_french(tmp_path, monkeypatch, ckan_config):
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
    ckan_i18n.build_js_translations()
    said = json.loads((tmp_path / "i18n" / "js" / "fr.js").read_text("utf-8"))
    folders = [CKAN / "public", i18n.PACKAGE, *(EXTENSIONS / name for name in (*PLUGINS_OF_CKAN, *OTHERS))]
    wanted = {
        msgid if isinstance(msgid, str) else msgid[0]
        for folder in folders
        for file, msgid, _context in i18n.extract(folder)
        if file.endswith(".js")
    }
    assert sorted(wanted - set(said)) == []
    assert said["Please Confirm"] == [None, "Merci de confirmer"]
    assert said["Draw an extent"] == [None, "Dessiner une zone"]

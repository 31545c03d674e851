"""The forms as a browser posts them: two steps to publish, pages to complete, rows to add and to remove."""

from __future__ import annotations

import io

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action

from .conftest import ESSENTIALS, patch, shown, soup

PAGES = {"essentials": 1, "where": 2, "who": 3, "europe": 4}
FILE = b"adresse;commune\n1 rue du Verre;Viriat\n"


def fields_of(page, form="#dataset-edit, #resource-edit"):
    """Every control of the form that a browser would send, as it stands."""
    sent = {}
    for control in page.select_one(form).select("[name]"):
        if control.find_parent("template") or control.find_parent("noscript"):
            continue
        name, kind = control["name"], control.get("type")
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            value = chosen["value"] if chosen else ""
        elif control.name == "textarea":
            value = control.text
        elif (
            control.name == "button"
            or kind == "file"
            or (kind in ("checkbox", "radio") and not control.has_attr("checked"))
        ):
            continue
        else:
            value = control.get("value", "")
        sent.setdefault(name, []).append(value)
    return sent


@pytest.fixture
def get(app, headers):
    return lambda url, status=200: soup(app.get(url, headers=headers, status=status))


@pytest.fixture
def post(app, headers):
    def send(url, data, follow=True):
        return app.post(url, data={**data, "save": data.get("save", "")}, headers=headers, follow_redirects=follow)

    return send


@pytest.fixture
def complete(get, post):
    """Open a page of the form, change what is given, send it; gives what CKAN answers."""

    def run(dataset, page, follow=False, **changes):
        url = tk.url_for("dataset.scheming_edit_page", id=dataset["name"], page=PAGES[page])
        data = {**fields_of(get(url)), **changes}
        return post(url, {key: value for key, value in data.items() if value is not None}, follow=follow)

    return run


@pytest.fixture
def dataset(publish):
    return publish()


class TestPublishing:
    def test_the_essentials_then_the_file_and_it_is_published(self, commune, get, post, app, headers):
        first = get("/dataset/new")
        data = {**fields_of(first), **ESSENTIALS, "tag_string": "fil d'eau, eau/assainissement, A&B"}
        answer = post("/dataset/new", data, follow=False)
        assert answer.headers["Location"].endswith("/dataset/points-collecte-verre-viriat/resource/new")
        page = get("/dataset/points-collecte-verre-viriat/resource/new")
        assert [step.text.strip() for step in page.select(".ca3b-steps li[aria-current]")] == [
            page.select(".ca3b-steps li")[1].text.strip()
        ]
        data = {**fields_of(page), "upload": (io.BytesIO(FILE), "verre.csv"), "save": "go-metadata"}
        answer = post("/dataset/points-collecte-verre-viriat/resource/new", data, follow=False)
        assert answer.headers["Location"].endswith("/dataset/points-collecte-verre-viriat")

        found = call_action("package_show", id="points-collecte-verre-viriat")
        assert found["state"] == "active"
        assert not found["private"]
        assert found["organization"]["name"] == "viriat"
        assert {tag["name"] for tag in found["tags"]} == {"fil d'eau", "eau/assainissement", "A&B"}
        (resource,) = found["resources"]
        assert (resource["name"], resource["format"], resource["mimetype"]) == ("verre.csv", "CSV", "text/csv")
        assert found["contact"] == [
            {"name": "Viriat", "email": "donnees@viriat.fr", "url": "https://www.viriat.fr/contact"}
        ]

    def test_the_only_organisation_of_a_clerk_is_not_asked(self, commune, get):
        page = get("/dataset/new")
        assert page.select_one("input[name=owner_org]")["value"] == commune["id"]
        assert not page.select("select[name=owner_org]")

    def test_two_datasets_of_one_title_do_not_collide(self, commune, get, post):
        for name in ("points-collecte-verre-viriat", "points-collecte-verre-viriat-2"):
            answer = post("/dataset/new", {**fields_of(get("/dataset/new")), **ESSENTIALS}, follow=False)
            assert answer.headers["Location"].endswith(f"/dataset/{name}/resource/new")

    def test_what_is_missing_is_said_at_the_top_and_at_the_field(self, commune, get, post):
        page = soup(post("/dataset/new", {**fields_of(get("/dataset/new")), "title": " ", "notes": ""}))
        links = {link["href"]: link.text for link in page.select(".ca3b-errors a")}
        assert set(links) == {"#field-title", "#field-notes"}
        assert "Points de collecte du verre à Viriat" in links["#field-title"]
        title = page.select_one("#field-title")
        assert title["aria-invalid"] == "true"
        assert "error-title" in title["aria-describedby"].split()
        assert page.select_one("#error-title")

    def test_an_empty_form_complains_about_what_it_shows_only(self, commune, get, post):
        page = soup(post("/dataset/new", {**fields_of(get("/dataset/new")), "title": "", "notes": ""}))
        assert [item.strong.text for item in page.select(".ca3b-errors li")] == ["Titre", "Description"]

    def test_going_back_from_the_files_corrects_the_draft_and_loses_nothing(self, commune, get, post):
        post("/dataset/new", {**fields_of(get("/dataset/new")), **ESSENTIALS})
        page = get("/dataset/edit/points-collecte-verre-viriat/1")
        data = {**fields_of(page), "notes": "Autre description."}
        answer = post(page.select_one("#dataset-edit")["action"], data, follow=False)
        assert answer.headers["Location"].endswith("/points-collecte-verre-viriat/resource/new")
        found = call_action("package_show", id="points-collecte-verre-viriat")
        assert (found["notes"], found["state"], found["license_id"]) == ("Autre description.", "draft", "lov2")
        assert found["contact"][0]["email"] == "donnees@viriat.fr"


class TestPages:
    @pytest.mark.parametrize("which", PAGES)
    def test_saving_a_page_unchanged_changes_nothing(self, dataset, complete, which):
        before = shown(dataset)
        assert complete(dataset, which).status_code == 302
        after = shown(dataset)
        changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
        # A form cannot tell « nothing » from « never said ».
        empty = {key for key in changed if not before.get(key) and not after.get(key)}
        assert changed - empty <= {"metadata_modified"}

    @pytest.mark.parametrize("which", PAGES)
    def test_every_control_has_its_label_and_its_help(self, dataset, get, which):
        html = get(tk.url_for("dataset.scheming_edit_page", id=dataset["name"], page=PAGES[which]))
        ids = [one["id"] for one in html.select("[id]") if not one.find_parent("template")]
        assert len(ids) == len(set(ids))
        for control in html.select("#dataset-edit input, #dataset-edit select, #dataset-edit textarea"):
            if control.get("type") != "hidden" and not control.find_parent(["template", "noscript"]):
                assert html.select(f'label[for="{control["id"]}"]'), control
                assert all(html.select(f'[id="{one}"]') for one in control.get("aria-describedby", "").split())

    def test_communes_are_chosen_by_name(self, dataset, complete, get):
        page = get(tk.url_for("dataset.scheming_edit_page", id=dataset["name"], page=2))
        ticked = page.select_one("input[name=communes][checked]")
        assert page.select_one(f'label[for="{ticked["id"]}"]').text.split()[0] == "Viriat"
        complete(dataset, "where", communes=["", "01053", "01451"])
        assert shown(dataset)["communes"] == ["01053", "01451"]
        complete(dataset, "where", communes="")
        assert shown(dataset)["communes"] == []

    def test_only_the_licences_of_the_decree_are_proposed(self, dataset, get):
        page = get(tk.url_for("dataset.scheming_edit_page", id=dataset["name"], page=3))
        assert [option["value"] for option in page.select("select[name=license_id] option")] == ["lov2", "odc-odbl"]

    def test_the_odbl_of_high_value_data_is_refused_in_french(self, dataset, complete):
        complete(dataset, "who", license_id="odc-odbl")
        answer = soup(complete(dataset, "europe", hvd_category="http://data.europa.eu/bna/c_dd313021"))
        text = answer.select_one(".ca3b-errors").text
        assert "règlement d'exécution (UE) 2023/138" in text
        assert "Licence Ouverte 2.0" in text

    def test_a_licence_that_came_with_a_harvest_stays_in_the_list(self, dataset, get):
        patch(dataset["id"], license_id="https://creativecommons.org/licenses/by/4.0/")
        page = get(tk.url_for("dataset.scheming_edit_page", id=dataset["name"], page=3))
        assert page.select_one("select[name=license_id] option[selected]")["value"] == "cc-by-4.0"


class TestRows:
    def test_a_row_is_changed_then_added_then_removed(self, dataset, complete):
        complete(dataset, "who", **{"contact-0-email": "voirie@viriat.fr"})
        assert [row["email"] for row in shown(dataset)["contact"]] == ["voirie@viriat.fr"]

        complete(dataset, "who", **{"contact-1-name": "Eau", "contact-1-email": "eau@viriat.fr"})
        assert [row["email"] for row in shown(dataset)["contact"]] == ["voirie@viriat.fr", "eau@viriat.fr"]

        complete(dataset, "who", **{"contact-0-remove": "1"})
        assert [row["email"] for row in shown(dataset)["contact"]] == ["eau@viriat.fr"]

        complete(dataset, "who", **{"contact-0-remove": "1"})
        assert not shown(dataset).get("contact")

    def test_rows_keep_their_order_beyond_ten(self, dataset, complete):
        rows = {f"temporal_coverage-{n}-start": f"20{n:02d}-01-01" for n in range(12)}
        complete(dataset, "where", **rows)
        assert [row["start"] for row in shown(dataset)["temporal_coverage"]] == list(rows.values())

    def test_hidden_parts_of_a_row_survive_the_form(self, dataset, complete):
        row = {"name": "Eau", "email": "eau@viriat.fr", "uri": "https://viriat.fr/id/eau", "identifier": "42"}
        patch(dataset["id"], contact=[row])
        complete(dataset, "who", **{"contact-0-name": "Service de l'eau"})
        assert shown(dataset)["contact"] == [{**row, "name": "Service de l'eau"}]

    def test_an_error_in_a_row_is_tied_to_its_field_and_nothing_typed_is_lost(self, dataset, complete):
        changes = {"contact-0-email": "viriat", "contact-1-name": "Eau", "contact-1-email": "eau@viriat.fr"}
        page = soup(complete(dataset, "who", **changes))
        assert [link["href"] for link in page.select(".ca3b-errors a")] == ["#field-contact-0-email"]
        assert page.select_one("#field-contact-0-email")["value"] == "viriat"
        assert page.select_one("#field-contact-0-email")["aria-invalid"] == "true"
        assert page.select_one("#field-contact-1-email")["value"] == "eau@viriat.fr"
        assert [row["email"] for row in shown(dataset)["contact"]] == ["donnees@viriat.fr"]

    def test_the_page_says_which_period_ends_before_it_begins(self, dataset, complete):
        changes = {"temporal_coverage-0-start": "31/12/2025", "temporal_coverage-0-end": "01/01/2025"}
        page = soup(complete(dataset, "where", **changes))
        assert [link["href"] for link in page.select(".ca3b-errors a")] == ["#field-temporal_coverage-0-end"]


class TestFiles:
    @pytest.fixture
    def draft(self, commune, get, post):
        """The address of the second step of a publication."""
        post("/dataset/new", {**fields_of(get("/dataset/new")), **ESSENTIALS})
        return "/dataset/points-collecte-verre-viriat/resource/new"

    @pytest.mark.parametrize("button", ["again", "go-metadata"])
    def test_neither_a_file_nor_an_address_is_said_at_the_field(self, draft, get, post, button):
        page = soup(post(draft, {**fields_of(get(draft)), "description": "Les colonnes.", "save": button}))
        assert "Choisissez un fichier" in page.select_one("#error-url").text
        assert page.select_one(".ca3b-errors a")["href"] == "#field-url"
        assert page.select_one("#field-description").text.strip() == "Les colonnes."
        found = call_action("package_show", id="points-collecte-verre-viriat")
        assert (found["state"], found["resources"]) == ("draft", [])

    def test_an_empty_form_after_a_first_file_publishes_that_file(self, draft, get, post):
        data = {**fields_of(get(draft)), "upload": (io.BytesIO(FILE), "verre.csv"), "save": "again"}
        post(draft, data)
        answer = post(draft, {**fields_of(get(draft)), "save": "go-metadata"}, follow=False)
        assert answer.headers["Location"].endswith("/dataset/points-collecte-verre-viriat")
        found = call_action("package_show", id="points-collecte-verre-viriat")
        assert (found["state"], [one["name"] for one in found["resources"]]) == ("active", ["verre.csv"])

    def test_going_back_with_an_empty_form_adds_nothing(self, draft, get, post):
        answer = post(draft, {**fields_of(get(draft)), "save": "go-dataset"}, follow=False)
        assert "/dataset/edit/points-collecte-verre-viriat" in answer.headers["Location"]
        assert call_action("package_show", id="points-collecte-verre-viriat")["resources"] == []

    @pytest.mark.parametrize("action", ["resource_create", "resource_update"])
    def test_the_api_refuses_a_file_that_is_nowhere(self, dataset, as_clerk, action):
        known = call_action(
            "resource_create", context=dict(as_clerk), package_id=dataset["id"], url="https://a.fr/b.csv"
        )
        with pytest.raises(tk.ValidationError) as problem:
            call_action(
                action, context=dict(as_clerk), package_id=dataset["id"], name="Vide", url="",
                **({"id": known["id"]} if action == "resource_update" else {}),
            )  # fmt: skip
        assert list(problem.value.error_dict) == ["url"]

    def test_editing_a_file_keeps_what_the_form_does_not_show(self, dataset, get, post, clerk):
        service = {"title": "API", "endpoint_url": ["https://exemple.fr/api"]}
        resource = call_action(
            "resource_create",
            context={"user": clerk["name"], "ignore_auth": False},
            package_id=dataset["id"],
            url="https://exemple.fr/verre.csv",
            hash="abc",
            access_services=[service],
        )
        url = tk.url_for("dataset_resource.edit", id=dataset["name"], resource_id=resource["id"])
        post(url, {**fields_of(get(url)), "description": "Les colonnes.", "save": "go-dataset-complete"})
        after = call_action("resource_show", id=resource["id"])
        assert (after["description"], after["hash"]) == ("Les colonnes.", "abc")
        assert after["access_services"] == [service]


def test_an_organisation_is_edited_through_its_form(commune, app, portal):
    admin = factories.SysadminWithToken()
    env = {"Authorization": admin["token"]}
    page = soup(app.get("/organization/edit/viriat", headers=env))
    data = {name: values[0] for name, values in fields_of(page, "form.dataset-form").items()}
    data |= {"contact_email": "contact@viriat.fr", "postal_codes": ["01440", ""], "description": "Une commune."}
    data["save"] = ""
    app.post("/organization/edit/viriat", data=data, headers=env, follow_redirects=False)
    after = call_action("organization_show", id="viriat")
    assert (after["contact_email"], after["postal_codes"]) == ("contact@viriat.fr", ["01440"])
    assert (after["kind"], after["insee_code"], after["siren"]) == ("commune", "01451", "210104519")


def test_a_commune_reads_its_codes_without_fields_to_change_them(commune, app, portal):
    user = factories.UserWithToken()
    sysadmin = {"user": factories.Sysadmin()["name"]}
    call_action("organization_member_create", context=sysadmin, id="viriat", username=user["name"], role="admin")
    env = {"Authorization": user["token"]}
    page = soup(app.get("/organization/edit/viriat", headers=env))
    keys = {"kind": "Commune", "insee_code": "01451", "siren": "210104519"}
    for name, text in keys.items():
        assert [control["type"] for control in page.select(f"[name={name}]")] == ["hidden"]
        assert text in page.select_one(f"#field-{name}").text
    data = {name: values[0] for name, values in fields_of(page, "form.dataset-form").items()}
    data |= {"description": "Une commune de la Bresse.", "postal_codes": "01440", "save": ""}
    app.post("/organization/edit/viriat", data=data, headers=env, follow_redirects=False)
    after = call_action("organization_show", id="viriat")
    assert after["description"] == "Une commune de la Bresse."
    assert [after[name] for name in keys] == ["commune", "01451", "210104519"]

"""The call that publishes, described for business software in OpenAPI 3.1. The texts are French, as its readers are."""

from __future__ import annotations

from typing import Any

from ckanext.ca3b.tables import schemas

VERSION = "1.0.0"
PATH = "/api/3/action/ca3b_publish"

_TEXT = {"type": "string"}


def description(portal: str, address: str) -> dict[str, Any]:
    """Return the description of the API of the portal called ``portal``, whose home page is ``address``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Publier sur {portal}",
            "version": VERSION,
            "description": (
                "Un seul appel publie un fichier ou remplace celui qui est déjà publié. Il demande un jeton, que "
                "chaque agent crée sur sa page de profil, et les mêmes droits que les pages du portail."
            ),
        },
        "servers": [{"url": address.rstrip("/")}],
        "security": [{"token": []}],
        "paths": {PATH: {"post": _publish()}},
        "components": {
            "securitySchemes": {"token": {"type": "apiKey", "in": "header", "name": "Authorization"}},
            "schemas": {"Publication": _publication(), "Rapport": _report(), "Erreur": _error()},
        },
    }


def _publish() -> dict[str, Any]:
    return {
        "operationId": "ca3b_publish",
        "summary": "Publier un fichier, ou remplacer celui qui est publié",
        "description": (
            "Le même producteur, le même schéma et le même titre remplacent le fichier déjà publié, sans changer son "
            "adresse ni son identifiant. Les mêmes octets ne changent rien : l'appel peut être refait sans risque."
        ),
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _request()}}},
        "responses": {
            "200": {"description": "Publié.", "content": _json({"result": _ref("Publication")})},
            "403": {"description": "Jeton absent, inconnu ou sans droit de publier.", "content": _json_error()},
            "409": {
                "description": "Rien n'a été publié : fichier illisible, valeur refusée, ou schéma non suivi.",
                "content": _json_error(),
            },
        },
    }


def _request() -> dict[str, Any]:
    names = ["auto", "none", *(schema.name for schema in schemas.all_schemas())]
    return {
        "type": "object",
        "required": ["upload"],
        "properties": {
            "upload": {"type": "string", "format": "binary", "description": "Le fichier, tel qu'il sort du logiciel."},
            "producer": {
                **_TEXT,
                "description": (
                    "Qui publie : nom de l'organisation dans son adresse, code INSEE de la commune ou SIREN. "
                    "Inutile avec dataset ou resource_id."
                ),
                "examples": ["viriat", "01451", "210104519"],
            },
            "schema": {
                **_TEXT,
                "enum": names,
                "default": "auto",
                "description": "Schéma de la table ; auto : reconnu d'après les colonnes ; none : aucun.",
            },
            "title": {**_TEXT, "description": "Titre. Sinon : celui du schéma, suivi du nom du producteur."},
            "description": {**_TEXT, "description": "Description. Sinon : celle du schéma."},
            "theme": {**_TEXT, "description": "Thème européen : code (GOVE), adresse ou nom."},
            "keywords": {**_TEXT, "description": "Mots-clés, séparés par des virgules."},
            "frequency": {**_TEXT, "description": "Rythme de mise à jour : code (ANNUAL) ou nom."},
            "license": {**_TEXT, "description": "Licence. Sinon : Licence Ouverte 2.0."},
            "dataset": {**_TEXT, "description": "Identifiant ou nom du jeu de données dont le fichier est remplacé."},
            "resource_id": {**_TEXT, "description": "Identifiant du fichier à remplacer."},
            "strict": {
                "type": "boolean",
                "default": False,
                "description": "Vrai : un fichier qui ne suit pas son schéma n'est pas publié, et l'appel répond 409.",
            },
        },
    }


def _publication() -> dict[str, Any]:
    linked = {"id": _TEXT, "name": _TEXT, "url": {**_TEXT, "format": "uri"}}
    return _object(
        created={"type": "boolean", "description": "Vrai quand le jeu de données vient d'être créé."},
        unchanged={"type": "boolean", "description": "Vrai quand ces octets étaient déjà publiés."},
        dataset=_object(**linked, title=_TEXT),
        file=_object(**linked, sha256={"type": ["string", "null"]}, open=_open()),
        report=_ref("Rapport"),
    )


def _open() -> dict[str, Any]:
    said = "Faux tant que le fichier reste fermé au public : examen en cours, ou données personnelles à corriger."
    return {"type": "boolean", "description": said}


def _report() -> dict[str, Any]:
    error = _object(
        row={"type": ["integer", "null"], "description": "Ligne de données, à partir de 1 ; vide pour l'en-tête."},
        line={"type": ["integer", "null"], "description": "Ligne du fichier, à partir de 1."},
        column={"type": ["string", "null"]},
        code=_TEXT,
        message=_TEXT,
        value={"type": ["string", "null"]},
    )
    verdict = _object(
        schema=_TEXT,
        version=_TEXT,
        title=_TEXT,
        valid={"type": "boolean"},
        rows={"type": "integer"},
        error_count={"type": "integer"},
        errors={"type": "array", "items": error, "description": "Les mille premières erreurs."},
    )
    return _object(
        state={
            **_TEXT,
            "enum": ["waiting", "running", "done", "unreadable", "failed"],
            "description": "« waiting » et « running » : un gros fichier est vérifié en arrière-plan.",
        },
        schema={"type": ["string", "null"]},
        reading={"type": ["object", "null"], "description": "Comment le fichier a été lu."},
        error={"type": ["object", "null"]},
        verdict={"oneOf": [verdict, {"type": "null"}]},
    )


def _error() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Pour chaque champ, ce qui ne va pas, en français ; « rows » : les erreurs du fichier.",
        "properties": {"__type": _TEXT},
        "additionalProperties": True,
    }


def _json(properties: dict[str, Any], *, success: bool = True) -> dict[str, Any]:
    said = {"help": _TEXT, "success": {"const": success}, **properties}
    return {"application/json": {"schema": {"type": "object", "properties": said}}}


def _json_error() -> dict[str, Any]:
    return _json({"error": _ref("Erreur")}, success=False)


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}

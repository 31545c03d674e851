"""The present bytes of a file become its map: what the job does."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from rq.timeouts import JobTimeoutException

from ckanext.ca3b import config as portal
from ckanext.ca3b import files, gate
from ckanext.ca3b.fetching import FetchError
from ckanext.ca3b.maps import Limits, MapError
from ckanext.ca3b.maps.services import Service
from ckanext.ca3b.territory.helpers import communes_bbox

from . import config, derived, formats, links, partial, resources, store
from .model import DONE, FAILED, NOT_A_MAP, SAMPLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Map

log = logging.getLogger(__name__)

DESCRIPTION = "carte.json"
_TELL_EVERY = 0.7


class _ReplacedError(Exception):
    """The bytes are no longer those of the map, or nobody may see them any more."""


def build(found: Map) -> None:
    """Draw a map and write what became of it, whatever happens. Call under the lock of the map."""
    state = FAILED
    try:
        _build(found)
    except _ReplacedError:
        derived.remove(store.delete(found))
        return
    except MapError as error:
        code, message = error.code, error.message
        if code == "not_a_map" or not _is_geographic(found):
            state = NOT_A_MAP
    except FetchError as error:
        code, message = error.code, str(error)
    except (files.MissingFileError, tk.ObjectNotFound):
        code, message = "missing", MISSING
    except JobTimeoutException:
        code, message = "too_long", TOO_LONG
    except MemoryError:
        code, message = "too_big", TOO_BIG
    except Exception:  # a defect of ours is told in French, never as a traceback
        log.exception("The map %s of the file %s failed", found.id, found.resource_id)
        code, message = "internal", INTERNAL
    else:
        return
    derived.remove(store.fail(found.id, state, code, message))


def _build(found: Map) -> None:
    from ckanext.ca3b.maps.convert import convert  # noqa: PLC0415 - what it needs is heavy, or not installed

    resource = resources.show(found.resource_id)
    with tempfile.TemporaryDirectory(prefix="ca3b-map-") as room:
        source, folder = Path(room) / "source", Path(room) / "map"
        writer = _Writer(found, folder)
        given = links.take(resource, source) if links.is_link(resource) else _copied(found, resource, source)
        if isinstance(given, Service):
            writer.publish(DONE, given.carte(), [])
            return
        result = convert(
            source,
            folder,
            name=given.name,
            declared=given.declared,
            limits=Limits(**config.limits()),
            progress=writer.tell,
            **_here(),
        )
        description = json.loads((folder / DESCRIPTION).read_text("utf-8"))
        description["warnings"] = [*given.warnings, *description.get("warnings", [])]
        names = [Path(name).name for name in result.output]
        writer.publish(DONE, description, [folder / name for name in names if name != DESCRIPTION])


def _copied(found: Map, resource: dict[str, Any], source: Path) -> links.Copy:
    """Copy an uploaded file: it is read by processes that do not hold it open."""
    with files.local_copy(resource) as path:
        shutil.copyfile(path, source)
    if files.digest_of(source).sha256 != found.sha256:
        raise _ReplacedError
    return links.Copy(files.file_name(resource), formats.declared(resource))


class _Writer:
    """Puts what the conversion makes where the portal sees it: progress, a sample first, then the whole."""

    def __init__(self, found: Map, folder: Path) -> None:
        self.found, self.folder = found, folder
        self.last, self.stage = 0.0, ""
        self.samples: dict[str, Path] = {}

    def tell(self, stage: str, share: float, files: list[str]) -> None:
        """Hear of the progress of the conversion; ``files`` are the paths of those that are ready."""
        new = {Path(one).name: Path(one) for one in files if partial.is_sample(one)}
        if new.keys() - self.samples.keys():
            self.samples |= new
            self._sample()
        moment = time.monotonic()
        if stage == self.stage and moment - self.last < _TELL_EVERY:
            return
        self.last, self.stage = moment, stage
        if not store.write(self.found.id, progress=min(max(share, 0.0), 1.0), stage=stage):
            raise _ReplacedError

    def _sample(self) -> None:
        """Show the samples of the layers that have come so far."""
        paths = [one for one in self.samples.values() if one.is_file()]
        written = next((one.with_name(DESCRIPTION) for one in paths if one.with_name(DESCRIPTION).is_file()), None)
        described = json.loads(written.read_text("utf-8")) if written else None
        if paths:
            self.publish(SAMPLED, partial.describe(paths, described), paths)

    def publish(self, state: str, description: dict[str, Any], paths: Sequence[Path]) -> None:
        """Store files, then show them in the place of those that were shown, in one step."""
        version = uuid.uuid4().hex
        places = {path.name: f"{self.found.id[:2]}/{self.found.id}/{version}/{path.name}" for path in paths}
        if not store.stage(self.found.id, list(places.values())):
            raise _ReplacedError
        kept = {path.name: derived.put(path, places[path.name]) for path in paths}
        if not _wanted(self.found):
            raise _ReplacedError
        values = {"progress": 1.0, "stage": ""} if state == DONE else {}
        gone = store.publish(
            self.found.id, state=state, version=version, description=description, files=kept, error=None, **values
        )
        if gone is None:
            derived.remove(places.values())
            raise _ReplacedError
        derived.remove(gone)


def _wanted(found: Map) -> bool:
    """Tell whether somebody may still see these bytes: they may have been replaced or held meanwhile."""
    try:
        present = resources.sha256(resources.show(found.resource_id))
    except tk.ObjectNotFound:
        return False
    latest = store.get(found.id)
    if latest is None or present != found.sha256:
        return False
    return latest.preview or gate.is_open(found.resource_id)


def _here() -> dict[str, Any]:
    """Return what the portal knows of its territory: its box, and its own outlines of communes."""
    path = portal.outlines()
    return {"home": communes_bbox(), "outlines": Path(path) if path else None}


def _is_geographic(found: Map) -> bool:
    try:
        resource = resources.show(found.resource_id)
        return links.is_link(resource) or formats.is_geographic(resource)
    except tk.ObjectNotFound:
        return False


MISSING = "Le fichier n’est plus là où le portail le garde. Déposez-le de nouveau."
TOO_LONG = (
    "Le dessin de la carte a pris trop de temps et a été arrêté. Découpez le fichier en plusieurs, "
    "ou demandez aux responsables du portail d’allonger la durée permise."
)
TOO_BIG = "Le fichier est trop gros pour la mémoire du portail. Découpez-le en plusieurs fichiers."
INTERRUPTED = (
    "Le dessin de la carte s’est interrompu plusieurs fois. Vérifiez que le fichier s’ouvre dans un logiciel de "
    "cartographie, enregistrez-le en GeoPackage ou en GeoJSON et déposez-le de nouveau."
)
INTERNAL = "Le portail n’a pas su dessiner ce fichier : le problème vient de nous. Ses responsables en ont la trace."

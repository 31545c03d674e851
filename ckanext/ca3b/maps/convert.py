"""Any geographic file to a folder: features or tiles of each layer, its store, and ``carte.json`` that describes them.

The folder holds everything or nothing: files are written in a hidden folder beside it, then moved.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from .cleaning import REASONS, Tally
from .errors import MapError
from .layers import Drawn, Work, draw, union
from .limits import Deadline, Limits
from .model import Conversion, Notes, RasterSource, Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import BBox, Progress, Source

DESCRIPTION = "carte.json"
VERSION = 1


def convert(  # noqa: PLR0913 - each is a word of the contract, and has a default
    path: Path,
    folder: Path,
    *,
    name: str | None = None,
    declared: str | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    home: BBox | None = None,
    outlines: Path | None = None,
) -> Conversion:
    """Convert a file into ``folder``, made if need be, and return what was written.

    ``name``: file name as its owner gave it; ``declared``: declared format, which decides before the name;
    ``home``: box of the territory, to tell apart coordinate systems that fit equally well; ``outlines``: outlines of
    communes. Raises ``MapError``; nothing is left then, and nothing of ``folder`` was touched.
    """
    limits = limits or Limits()
    # The process that reads works in another folder than ours.
    path, folder = Path(path).absolute(), Path(folder).absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    hidden = Path(tempfile.mkdtemp(prefix=".carte-", dir=folder.parent))
    try:
        made, work = hidden / "made", hidden / "work"
        made.mkdir()
        work.mkdir()
        request = Request(
            name=name or path.name,
            declared=(declared or "").strip().lower() or None,
            limits=limits,
            deadline=Deadline.of(limits),
            notes=Notes(),
            work=work,
            outlines=outlines,
        )
        result = _Conversion(path, made, request, progress or _silent, home).run()
        _publish(made, folder)
    finally:
        shutil.rmtree(hidden, ignore_errors=True)
    return result


class _Conversion:
    """One file on its way."""

    def __init__(self, path: Path, made: Path, request: Request, progress: Progress, home: BBox | None) -> None:
        self.path, self.made, self.request, self.progress, self.home = path, made, request, progress, home
        self.tally = Tally(request.limits)
        self.cards: list[dict[str, Any]] = []
        self.systems: list[Any] = []
        self.driver = ""

    def run(self) -> Conversion:
        """Open the file, draw its layers one after the other, write the description."""
        from .drivers import open_layers  # noqa: PLC0415 - heavy, and an extra

        self.progress("opening", 0.0, [])
        source = open_layers(self.path, request=self.request)
        try:
            self._layers(source)
        finally:
            source.close()
        if not self.cards:
            raise self._nothing()
        self._say()
        result = self._result()
        _write_json(self.made / DESCRIPTION, description(result))
        self.progress("done", 1.0, [])
        return result

    def _layers(self, source: Source) -> None:
        self.driver = source.driver
        count = len(source.layers)
        for number, layer in enumerate(source.layers):
            tell = self._teller(number, count)
            if isinstance(layer, RasterSource):
                raster = layer.write(
                    self.made, str(number), lambda stage, share, files, tell=tell: tell(stage, share, files)
                )
                self.cards.append(_raster_card(number, layer, raster))
                self.systems.append((layer.crs, layer.crs_how))
                continue
            work = Work(self.made, self.request.notes, self.tally, self.request.deadline, tell, self.home)
            drawn = draw(layer, number, work, self._show)
            if drawn is not None:
                self.cards.append(drawn.card())
                self.systems.append((drawn.placing.crs, drawn.placing.how))

    def _teller(self, number: int, count: int) -> Callable[[str, float, list[str]], None]:
        def tell(stage: str, share: float, names: list[str]) -> None:
            self.progress(stage, (number + share) / count, [str((self.made / name).resolve()) for name in names])

        return tell

    def _show(self, drawn: Drawn) -> list[str]:
        """Write the description of what can be seen already, and name the files to look at."""
        cards = [*self.cards, drawn.card()]
        systems = [*self.systems, (drawn.placing.crs, drawn.placing.how)]
        _write_json(self.made / DESCRIPTION, description(self._result(cards, systems)))
        return [DESCRIPTION, str(drawn.sample)]

    def _result(self, cards: list[dict[str, Any]] | None = None, systems: list[Any] | None = None) -> Conversion:
        cards, systems = cards or self.cards, systems or self.systems
        crs, how = systems[0]
        return Conversion(
            driver=self.driver,
            crs=crs,
            crs_how=how,
            features=sum(card["features"] for card in cards),
            skipped=dict(self.tally.skipped),
            skipped_rows=list(self.tally.rows),
            bbox=union([card["bbox"] for card in cards]),
            geometry_types=sorted({kind for card in cards for kind in card["geometry_types"]}),
            output=[*_files(cards), DESCRIPTION],
            warnings=list(self.request.notes.sentences),
            layers=cards,
        )

    def _say(self) -> None:
        """Say what was left out and what was repaired."""
        total = self.tally.skipped.total()
        if total:
            verb = "objets n’ont pas été dessinés" if total > 1 else "objet n’a pas été dessiné"
            self.request.notes.say(f"{total} {verb} : {_reasons(self.tally)}.")
        if self.tally.repaired:
            count = self.tally.repaired
            self.request.notes.say(
                f"{count} polygones mal formés ont été réparés." if count > 1 else "1 polygone mal formé a été réparé."
            )

    def _nothing(self) -> MapError:
        why = f" ({_reasons(self.tally)})" if self.tally.skipped else ""
        return MapError(
            "no_features",
            f"Aucun objet de ce fichier ne peut être dessiné{why}. Vérifiez ses géométries dans votre logiciel de "
            "cartographie.",
        )


def description(result: Conversion) -> dict[str, Any]:
    """Return the content of ``carte.json``."""
    return {
        "version": VERSION,
        "driver": result.driver,
        "crs": result.crs,
        "crs_how": result.crs_how,
        "features": result.features,
        "skipped": result.skipped,
        "skipped_rows": [attrs.asdict(row) for row in result.skipped_rows],
        "bbox": list(result.bbox) if result.bbox else None,
        "geometry_types": result.geometry_types,
        "warnings": result.warnings,
        "layers": result.layers,
    }


def _raster_card(number: int, layer: RasterSource, raster: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "name": layer.name,
        "kind": "raster",
        "features": 0,
        "geometry_types": [],
        "bbox": list(raster.bbox),
        "data": raster.data,
        "sample": None,
        "store": None,
        "attributes": [],
        "title": None,
        "style": {"attribute": None, "kind": "single", "classes": 5, "icon": None},
        **raster.extra,
    }


def _files(cards: list[dict[str, Any]]) -> list[str]:
    """Return the files of the layers, what is drawn first."""
    drawn = [card["data"].get("file") for card in cards]
    others = [card[key] for key in ("sample", "store") for card in cards]
    return list(dict.fromkeys(name for name in (*drawn, *others) if name))


def _reasons(tally: Tally) -> str:
    return ", ".join(f"{count} {REASONS.get(reason, reason)}" for reason, count in tally.skipped.most_common())


def _publish(made: Path, folder: Path) -> None:
    """Move everything at once when the folder is new, else file by file, the description last."""
    if not folder.exists():
        made.rename(folder)
        return
    for path in sorted(made.iterdir(), key=lambda one: (one.name == DESCRIPTION, one.name)):
        path.replace(folder / path.name)


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, allow_nan=False, default=str), "utf-8")


def _silent(stage: str, share: float, files: list[str]) -> None:
    """Hear nothing."""

"""Coordinate systems: believed when they agree with the coordinates, else found and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from pyproj import CRS, Transformer

from ckanext.ca3b.maps.convert import convert
from ckanext.ca3b.maps.crs import place
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.model import LayerSource, Notes

from . import making

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import BBox, CrsHow

#: A town in each conic zone, from Corsica to Lille.
ZONES = {
    42: (8.738, 41.927), 43: (5.370, 43.296), 44: (0.1, 44.2), 45: (5.724, 45.188), 46: (5.228, 46.205),
    47: (-1.554, 47.218), 48: (-4.486, 48.390), 49: (0.107, 49.494), 50: (3.057, 50.629),
}  # fmt: skip
OVERSEAS = {
    "EPSG:5490": (-61.551, 16.265),
    "EPSG:2972": (-52.326, 4.937),
    "EPSG:2975": (55.450, -20.879),
    "EPSG:4471": (45.228, -12.780),
}


def around(code: str, centre: tuple[float, float], spread: float = 0.1) -> np.ndarray:
    """Coordinates, in a system, of four hundred places around a centre."""
    steps = np.linspace(-spread, spread, 20)
    x, y = (axis.ravel() for axis in np.meshgrid(centre[0] + steps, centre[1] + steps))
    return np.column_stack(Transformer.from_crs("EPSG:4326", code, always_xy=True).transform(x, y))


def placed(
    axes: np.ndarray, crs: str | None = None, how: CrsHow = "file", home: BBox | None = None
) -> tuple[str, str, bool, np.ndarray, list[str]]:
    notes = Notes()
    layer = LayerSource("couche", crs, how if crs else "guessed", lambda: iter(()))
    found = place(layer, axes, notes, home)
    return found.crs, found.how, found.swapped, found(axes).mean(axis=0), notes.sentences


@pytest.mark.parametrize("zone", ZONES)
def test_each_conic_zone_is_recognised(zone: int) -> None:
    code = f"EPSG:{3900 + zone}"
    crs, how, swapped, centre, said = placed(around(code, ZONES[zone]))
    assert (crs, how, swapped) == (code, "guessed", False)
    assert centre == pytest.approx(ZONES[zone], abs=0.001)
    assert f"Lambert CC{zone} ({code})" in said[0]


@pytest.mark.parametrize("centre", ZONES.values())
@pytest.mark.parametrize("code", ["EPSG:4326", "EPSG:2154"])
def test_degrees_and_lambert_93_are_recognised_everywhere(code: str, centre: tuple[float, float]) -> None:
    assert placed(around(code, centre))[:3] == (code, "guessed", False)


@pytest.mark.parametrize("code", OVERSEAS)
def test_systems_overseas_are_recognised(code: str) -> None:
    west, south = OVERSEAS[code]
    # UTM in the Antilles is Lambert II étendu in Languedoc: there, the box of the territory has to tell.
    home = (west - 0.3, south - 0.3, west + 0.3, south + 0.3) if code == "EPSG:5490" else None
    crs, _, _, centre, _ = placed(around(code, OVERSEAS[code], 0.03), home=home)
    assert crs == code
    assert centre == pytest.approx(OVERSEAS[code], abs=0.001)


def test_what_fits_twice_is_decided_by_the_territory() -> None:
    """Web Mercator in the Channel is Lambert-93 in the south: the box of the territory tells."""
    axes = around("EPSG:3857", (3.057, 50.629))
    assert placed(axes)[0] == "EPSG:2154"
    assert placed(axes, home=(2.8, 50.4, 3.3, 50.8))[0] == "EPSG:3857"
    assert placed(axes, home=(2.8, 45.4, 3.3, 45.8))[0] == "EPSG:2154"
    # Where nothing else fits, nothing is needed to tell.
    assert placed(around("EPSG:3857", (5.4, 43.3)))[0] == "EPSG:3857"


@pytest.mark.parametrize("code", [None, "EPSG:4326"])
def test_swapped_latitudes_are_put_right_and_said(code: str | None) -> None:
    axes = around("EPSG:4326", ZONES[46])[:, ::-1]
    crs, _, swapped, centre, said = placed(axes, code)
    assert (crs, swapped) == ("EPSG:4326", True)
    assert centre == pytest.approx(ZONES[46], abs=0.001)
    assert any("inversées" in sentence for sentence in said)


@pytest.mark.parametrize("code", [None, "EPSG:2154"])
def test_swapped_metres_are_put_right_and_said(code: str | None) -> None:
    crs, _, swapped, centre, said = placed(around("EPSG:2154", ZONES[46])[:, ::-1], code)
    assert (crs, swapped) == ("EPSG:2154", True)
    assert centre == pytest.approx(ZONES[46], abs=0.001)
    assert any("inversées" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("declared", "true"),
    [
        ("EPSG:2154", "EPSG:4326"),
        ("EPSG:4326", "EPSG:2154"),
        ("EPSG:2154", "EPSG:3946"),
        ("EPSG:3946", "EPSG:2154"),
        ("EPSG:3946", "EPSG:3947"),
        ("EPSG:27572", "EPSG:2154"),
    ],
)
def test_a_wrong_system_is_corrected_and_said(declared: str, true: str) -> None:
    centre = (-1.554, 47.218) if true == "EPSG:3947" else ZONES[46]
    crs, how, _, found, said = placed(around(true, centre), declared)
    assert (crs, how) == (true, "corrected")
    assert found == pytest.approx(centre, abs=0.001)
    assert declared in said[0]
    assert true in said[0]


@pytest.mark.parametrize(
    "code", ["EPSG:2154", "EPSG:3946", "EPSG:27572", "EPSG:32631", "EPSG:3857", "EPSG:4171", "EPSG:4326"]
)
def test_a_right_system_is_believed_without_a_word(code: str) -> None:
    crs, how, swapped, centre, said = placed(around(code, ZONES[46]), code)
    assert (crs, how, swapped, said) == (code, "file", False, [])
    assert centre == pytest.approx(ZONES[46], abs=0.001)


def test_places_abroad_are_left_where_they_are() -> None:
    for centre in ((-73.9, 40.7), (151.2, -33.8), (37.6, 55.7)):
        assert placed(around("EPSG:4326", centre), "EPSG:4326")[2:] == (False, pytest.approx(centre), [])


def test_systems_as_other_programs_write_them() -> None:
    axes = around("EPSG:2154", ZONES[46])
    for wkt in (CRS(2154).to_wkt("WKT1_ESRI"), CRS(2154).to_wkt("WKT1_GDAL"), CRS("EPSG:2154+5720").to_wkt()):
        assert placed(axes, wkt)[:2] == ("EPSG:2154", "file")


def test_coordinates_of_nowhere_are_refused() -> None:
    """A plan with its own origin: nothing of the earth fits."""
    with pytest.raises(MapError) as caught:
        placed(np.array([[12_000_000.0, 81_000_000.0], [12_000_100.0, 81_000_100.0]]))
    assert caught.value.code == "no_crs"
    assert "EPSG:2154" in caught.value.message


def test_nothing_finite_decides_nothing() -> None:
    assert placed(np.array([[np.nan, np.inf]]), "EPSG:2154")[0] == "EPSG:2154"


@pytest.mark.parametrize("prj", [None, "EPSG:2154", "n'importe quoi"])
def test_a_missing_or_wrong_prj(tmp_path: Path, prj: str | None) -> None:
    """A Shapefile in CC46 whose .prj is missing, says Lambert-93, or says nothing that can be read."""
    parts = making.shapefile(tmp_path / "a", "EPSG:3946")
    files = {f"e{suffix}": path for suffix, path in parts.items() if suffix != ".prj"}
    if prj:
        text = CRS(prj).to_wkt("WKT1_ESRI") if prj.startswith("EPSG") else prj
        files["e.prj"] = text  # type: ignore[assignment]
    found = convert(making.zipped(tmp_path / "e.zip", files), tmp_path / "carte")
    assert (found.crs, found.crs_how) == ("EPSG:3946", "corrected" if prj == "EPSG:2154" else "guessed")
    assert found.bbox == pytest.approx((5.2281, 46.2052, 5.3640, 46.2680), abs=1e-6)
    assert any("CC46" in sentence for sentence in found.warnings)

"""A reader of tiles that shares nothing with the writer: Protocol Buffers and commands, one number at a time."""

from __future__ import annotations

import gzip
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from pmtiles.reader import MmapSource, all_tiles


@dataclass
class Feature:
    id: int | None = None
    type: int = 0
    properties: dict[str, Any] = field(default_factory=dict)
    parts: list[list[tuple[int, int]]] = field(default_factory=list)


@dataclass
class Layer:
    name: str = ""
    version: int = 1
    extent: int = 4096
    keys: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)


def decode(data: bytes) -> list[Layer]:
    """The layers of a tile; raises AssertionError where the specification is not respected."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    return [_layer(value) for number, value in _fields(data) if number == 3]


def one_layer(data: bytes) -> Layer:
    layers = decode(data)
    assert len(layers) == 1
    return layers[0]


def archive(path: Path) -> dict[tuple[int, int, int], bytes]:
    """All the tiles of an archive, by the reference reader."""
    with path.open("rb") as file:
        return dict(all_tiles(MmapSource(file)))


def store(path: Path, shapes: Any, **columns: Any) -> Path:
    """Write a store as ``convert`` does: table ``features``, key ``fid`` from 1, geometry ``geom``, WGS 84."""
    wkb = pa.array(shapely.to_wkb(np.asarray(shapes, dtype=object)), pa.binary())
    arrays = {name: pa.array(values) for name, values in columns.items()}
    fid = pa.array(np.arange(1, len(wkb) + 1))
    geometry = pa.field("geom", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    schema = pa.schema([pa.field("fid", pa.int64()), *(pa.field(n, a.type) for n, a in arrays.items()), geometry])
    table = pa.Table.from_arrays([fid, *arrays.values(), wkb], schema=schema)
    pyogrio.write_arrow(
        table,
        str(path),
        layer="features",
        driver="GPKG",
        geometry_name="geom",
        geometry_type="Unknown",
        crs="EPSG:4326",
        layer_options={"FID": "fid", "GEOMETRY_NAME": "geom"},
    )
    return path


def place(z: int, x: int, y: int, unit: tuple[int, int], within: float = 0.5) -> tuple[float, float]:
    """Longitude and latitude of the middle of a unit of a tile, or of its corner."""
    wide = 4096 << z
    lon = ((x << 12) + unit[0] + within) / wide * 360 - 180
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * ((y << 12) + unit[1] + within) / wide))))
    return lon, float(lat)


def area(ring: list[tuple[int, int]]) -> int:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _fields(data: bytes) -> list[tuple[int, Any]]:
    found, at = [], 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == 0:
            value, at = _varint(data, at)
        elif kind == 1:
            value, at = data[at : at + 8], at + 8
        else:
            assert kind == 2
            size, at = _varint(data, at)
            value, at = data[at : at + size], at + size
            assert len(value) == size
        found.append((tag >> 3, value))
    return found


def _packed(data: bytes) -> list[int]:
    numbers, at = [], 0
    while at < len(data):
        number, at = _varint(data, at)
        numbers.append(number)
    return numbers


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def _value(data: bytes) -> Any:
    ((number, value),) = _fields(data)
    if number == 1:
        return value.decode()
    if number == 3:
        return struct.unpack("<d", value)[0]
    if number == 5:
        return value
    if number == 6:
        return _signed(value)
    assert number == 7
    return bool(value)


def _layer(data: bytes) -> Layer:
    layer, raw = Layer(), []
    for number, value in _fields(data):
        if number == 1:
            layer.name = value.decode()
        elif number == 2:
            raw.append(value)
        elif number == 3:
            layer.keys.append(value.decode())
        elif number == 4:
            layer.values.append(_value(value))
        elif number == 5:
            layer.extent = value
        else:
            assert number == 15
            layer.version = value
    assert len(set(layer.keys)) == len(layer.keys)
    layer.features = [_feature(each, layer) for each in raw]
    return layer


def _feature(data: bytes, layer: Layer) -> Feature:
    feature = Feature()
    for number, value in _fields(data):
        if number == 1:
            feature.id = value
        elif number == 2:
            tags = _packed(value)
            assert len(tags) % 2 == 0
            feature.properties = {layer.keys[k]: layer.values[v] for k, v in zip(tags[::2], tags[1::2], strict=True)}
        elif number == 3:
            feature.type = value
        else:
            assert number == 4
            feature.parts = _parts(_packed(value), feature.type)
    assert feature.parts
    return feature


def _parts(commands: list[int], kind: int) -> list[list[tuple[int, int]]]:
    parts: list[list[tuple[int, int]]] = []
    pen, at = (0, 0), 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == 7:
            assert (kind, count) == (3, 1)
            continue
        assert command in (1, 2)
        assert count > 0
        for _ in range(count):
            step = _signed(commands[at]), _signed(commands[at + 1])
            at += 2
            assert command == 1 or step != (0, 0), "a line that goes nowhere"
            pen = pen[0] + step[0], pen[1] + step[1]
            if command == 1:
                parts.append([])
            parts[-1].append(pen)
    least = {1: 1, 2: 2, 3: 3}[kind]
    assert all(len(part) >= least for part in parts)
    assert kind != 3 or area(parts[0]) > 0, "the first ring is an outer one"
    assert kind != 3 or all(area(part) != 0 for part in parts)
    return parts

"""What one file may cost: bytes, features, vertices, entries of an archive, seconds, memory."""

from __future__ import annotations

import time

import attrs

from .errors import MapError

MIB = 1024**2
GIB = 1024**3

#: A batch never holds more features than this.
BATCH_FEATURES = 65_536


@attrs.frozen
class Limits:
    """Bounds of one conversion; every one of them has its own message when it is passed."""

    #: Size of the file as it was given, in bytes.
    bytes: int = 2 * GIB
    #: Features of all layers together.
    features: int = 10_000_000
    #: Vertices of all features together.
    vertices: int = 200_000_000
    #: Vertices of one geometry; a heavier one is skipped and counted.
    geometry_vertices: int = 10_000_000
    #: Layers of one file.
    layers: int = 50
    #: Entries of one archive.
    zip_entries: int = 1_000
    #: How many times its own size an archive may expand to (small archives always have 100 MiB).
    zip_ratio: int = 100
    #: What an archive, or a ``.gz``, may expand to, in bytes.
    zip_bytes: int = 8 * GIB
    #: Wall clock of the whole conversion, in seconds.
    seconds: float = 900.0
    #: Address space of the process that reads with GDAL, in bytes.
    memory: int = 3 * GIB


@attrs.frozen
class Deadline:
    """The moment when a conversion has to be over."""

    at: float
    seconds: float

    @classmethod
    def of(cls, limits: Limits) -> Deadline:
        """The deadline of a conversion that begins now."""
        return cls(time.monotonic() + limits.seconds, limits.seconds)

    def left(self) -> float:
        """Seconds left, never less than zero."""
        return max(0.0, self.at - time.monotonic())

    def check(self) -> None:
        """Raise ``MapError`` (``too_long``) once the time is over."""
        if self.left() <= 0:
            raise too_long(self.seconds)


def too_long(seconds: float) -> MapError:
    """The refusal of a file whose conversion takes longer than is allowed."""
    minutes = round(seconds / 60)
    delay = f"{minutes} minutes" if minutes > 1 else f"{round(seconds)} secondes"
    return MapError(
        "too_long",
        f"La conversion de ce fichier dépasse {delay}, la durée permise. Déposez un fichier plus petit, "
        "ou découpez-le en plusieurs fichiers.",
    )

"""Archives, opened without trust: only names that were asked for are unpacked, flat, under names of ours.

An archive decides nothing: no path of it is used on the disk, its announced sizes are checked against what really
comes out, an entry that is an archive, a link or encrypted is refused.
"""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

import attrs

from .errors import MapError
from .limits import MIB

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .limits import Deadline, Limits

_CHUNK = 1 << 20
#: Any archive may expand to this much, however small it is.
_ALWAYS = 100 * MIB
_ORNAMENTS = ("__macosx/", ".ds_store", "thumbs.db")


@attrs.frozen
class Entry:
    """One file of an archive: its path in it, for people, and its member."""

    path: str
    member: zipfile.ZipInfo

    @property
    def suffix(self) -> str:
        """The extension, lower case."""
        return PurePosixPath(self.path).suffix.lower()

    @property
    def stem(self) -> str:
        """The path without its extension, lower case: what the parts of a shapefile share."""
        return str(PurePosixPath(self.path).with_suffix("")).lower()

    @property
    def label(self) -> str:
        """The name without folder nor extension."""
        return PurePosixPath(self.path).stem


class Archive:
    """A zip file whose directory was read and checked; nothing is unpacked before ``unpack``."""

    def __init__(self, path: Path, limits: Limits, deadline: Deadline) -> None:
        self.path, self._limits, self._deadline = path, limits, deadline
        self._left = budget(path.stat().st_size, limits)
        try:
            self._zip = zipfile.ZipFile(path)
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise damaged_archive() from error
        if len(members) > limits.zip_entries:
            raise MapError(
                "zip_entries",
                f"L’archive contient plus de {limits.zip_entries} fichiers. Ne gardez que les fichiers de la carte.",
            )
        self.entries = [entry for member in members if (entry := _entry(member)) is not None]
        if sum(entry.member.file_size for entry in self.entries) > self._left:
            raise bomb()
        if not self.entries:
            raise MapError("empty", "L’archive est vide : ajoutez-y les fichiers de la carte.")

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def having(self, *suffixes: str) -> list[Entry]:
        """Return the entries with one of these extensions, in the order of the archive."""
        return [entry for entry in self.entries if entry.suffix in suffixes]

    def beside(self, entry: Entry, suffixes: Iterable[str]) -> list[Entry]:
        """Return the entries of the same folder and name with one of these extensions."""
        wanted = set(suffixes)
        return [other for other in self.entries if other.stem == entry.stem and other.suffix in wanted]

    def unpack(self, entry: Entry, target: Path) -> Path:
        """Write one entry as ``target``; refuse encrypted, damaged, and larger than allowed."""
        try:
            with self._zip.open(entry.member) as stream:
                self._left -= copy(stream, target, self._left, self._deadline)
        except NotImplementedError as error:
            raise MapError(
                "zip_method", f"« {entry.path} » est compressé d’une façon inconnue : recompressez l’archive en ZIP."
            ) from error
        except RuntimeError as error:
            raise encrypted(entry.path) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise damaged_archive(entry.path) from error
        return target


def _entry(member: zipfile.ZipInfo) -> Entry | None:
    """Return a file worth reading; None for folders and ornaments; raise for what no honest archive holds."""
    name = member.filename.replace("\\", "/")
    if member.is_dir() or name.lower().startswith(_ORNAMENTS[0]) or name.lower().endswith(_ORNAMENTS[1:]):
        return None
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or (parts and ":" in parts[0]):
        raise MapError(
            "zip_traversal",
            f"L’archive contient « {name[:100]} », un chemin qui sort de l’archive : recréez-la avec un outil courant.",
            name[:100],
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise MapError(
            "zip_link", f"L’archive contient un lien (« {name[:100]} ») : mettez-y le fichier lui-même.", name[:100]
        )
    if member.flag_bits & 1:
        raise encrypted(name)
    return Entry(name, member)


def gunzip(path: Path, target: Path, limits: Limits, deadline: Deadline) -> Path:
    """Write what a ``.gz`` holds as ``target``, within the same bounds as an archive."""
    try:
        with gzip.open(path) as stream:
            copy(stream, target, budget(path.stat().st_size, limits), deadline)
    except (gzip.BadGzipFile, zlib.error, EOFError, OSError) as error:
        raise damaged_archive() from error
    return target


def budget(size: int, limits: Limits) -> int:
    """Return how many bytes an archive of ``size`` bytes may expand to."""
    return min(limits.zip_bytes, max(_ALWAYS, size * limits.zip_ratio))


def copy(stream: IO[bytes] | gzip.GzipFile, target: Path, most: int, deadline: Deadline) -> int:
    """Copy at most ``most`` bytes, counted as they come out; return how many."""
    done = 0
    with target.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            done += len(chunk)
            if done > most:
                raise bomb()
            deadline.check()
            out.write(chunk)
    return done


def bomb() -> MapError:
    """The refusal of an archive that expands beyond measure."""
    return MapError(
        "zip_bomb",
        "Décompressée, cette archive dépasse la taille permise. Ne gardez que les fichiers de la carte, "
        "ou découpez-la en plusieurs archives.",
    )


def encrypted(name: str) -> MapError:
    """The refusal of an archive with a password."""
    sentence = "L’archive est protégée par un mot de passe : déposez-la sans mot de passe."
    return MapError("encrypted", sentence, name[:100])


def damaged_archive(name: str | None = None) -> MapError:
    """The refusal of an archive that cannot be unpacked."""
    return MapError(
        "damaged_archive", "L’archive est abîmée ou incomplète : recréez-la, puis déposez-la de nouveau.", name
    )

"""What the reading process may not do: spend without bound, reach the network, open other files.

Three layers. Limits of the system (``setrlimit``) always hold. A network namespace without any interface
and Landlock (Linux 5.13 and later) hold where the kernel offers them; where it does not, the one allowed
driver and the settings of GDAL remain.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PR_SET_NO_NEW_PRIVS = 38
_O_PATH = 0o10000000

# Rights of Landlock on files (linux/landlock.h): the 13 of its first version, then REFER and TRUNCATE.
_READ_FILE, _READ_DIR, _WRITE_FILE, _REMOVE_FILE, _MAKE_REG = 1 << 2, 1 << 3, 1 << 1, 1 << 5, 1 << 8
_ALL_V1, _REFER, _TRUNCATE = (1 << 13) - 1, 1 << 13, 1 << 14
_TCP = 0b11


def limit(memory: int, seconds: float, file_size: int) -> None:
    """Bound address space, processor time, size of written files, depth of calls; forbid core dumps."""
    cpu = max(1, int(seconds) + 1)
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
        # What nests beyond measure ends this process, long before it could end the one that asks.
        (resource.RLIMIT_STACK, 2 * 1024**2),
    ):
        _, hard = resource.getrlimit(kind)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (most, most))


def leave_network() -> bool:
    """Enter a network namespace without interface; has to be called while the process has one thread."""
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0


def leave_files(readable: list[Path], writable: list[Path]) -> bool:
    """Forbid every file but those under ``readable``, and ``writable`` which may be read and written.

    Returns whether the kernel holds it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    handled = _ALL_V1 | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    fields = struct.pack("QQ", handled, _TCP) if version >= 4 else struct.pack("Q", handled)
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.create_string_buffer(fields, len(fields)), len(fields), 0)
    if ruleset < 0:
        return False
    read = _READ_FILE | _READ_DIR
    write = read | _WRITE_FILE | _REMOVE_FILE | _MAKE_REG | (handled & _TRUNCATE)
    for path in readable:
        _allow(libc, ruleset, path, read)
    for path in writable:
        _allow(libc, ruleset, path, write)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    held = libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return held


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        rights &= _READ_FILE | _WRITE_FILE | _TRUNCATE
    descriptor = os.open(path, _O_PATH | os.O_CLOEXEC)
    rule = struct.pack("=Qi", rights, descriptor)
    libc.syscall(_ADD_RULE, ruleset, 1, ctypes.create_string_buffer(rule, len(rule)), 0)
    os.close(descriptor)


def libraries() -> list[Path]:
    """Return what a reader may still have to load once it is closed in: code, tables of GDAL and PROJ, time zones."""
    places = {Path(sys.prefix) / "lib", Path(sys.base_prefix) / "lib", Path("/usr/lib"), Path("/lib"), Path("/lib64")}
    places |= {Path("/usr/share/zoneinfo"), Path("/etc/localtime"), Path("/dev/null"), Path("/dev/urandom")}
    return sorted(places | {Path("/proc/self"), Path("/sys/devices/system/cpu")})

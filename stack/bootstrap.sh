#!/usr/bin/env bash
# Installs what is missing: system packages (Debian, Ubuntu) and the virtual environment with its Python packages.
# Does nothing, quickly, when all is there. The extras to install are the arguments, e.g. "stack test lint", and those
# of CA3B_EXTRAS ("all" by default).
set -euo pipefail
cd "$(dirname "$0")/.."
venv="$PWD/.venv"
extras="${1:-stack} ${CA3B_EXTRAS:-all}"

say() { printf '• %s\n' "$1"; }
stop() { printf '✗ %s\n' "$1" >&2; exit 2; }

python=""
for candidate in python3 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || stop "Il faut Python 3.11 ou plus récent : lancez « sudo apt-get install python3 python3-venv »."

packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); }
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null || packages+=(postgresql)
need redis-server redis-server
command -v javac >/dev/null || packages+=(default-jdk-headless)
need mvn maven
need setpriv util-linux
# psycopg2 has no wheel: it is compiled against PostgreSQL's client library.
command -v gcc >/dev/null || packages+=(gcc libc6-dev)
[ -e /usr/include/postgresql/libpq-fe.h ] || packages+=(libpq-dev)
"$python" -c 'import pathlib, sys, sysconfig; sys.exit(not (pathlib.Path(sysconfig.get_path("include")) / "Python.h").exists())' ||
    packages+=(python3-dev)
# CKAN guesses the type of a file with libmagic.
ldconfig -p 2>/dev/null | grep -q libmagic || packages+=(libmagic1)
"$python" -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)
case " $extras " in *test*) need chromium chromium ;; esac
if [ ${#packages[@]} -gt 0 ]; then
    command -v apt-get >/dev/null ||
        stop "Il manque : ${packages[*]}. Cette machine n'a pas apt-get : installez ces programmes, puis recommencez."
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "Il manque : ${packages[*]}. Lancez en root « apt-get install ${packages[*]} »."
        as_root=sudo
    fi
    say "Installation de : ${packages[*]}…"
    log=$(mktemp)
    $as_root apt-get update -q >"$log" 2>&1 || true
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}" >>"$log" 2>&1 ||
        { tail -n 15 "$log" >&2; stop "apt-get n'a pas pu installer ${packages[*]} (voir ci-dessus)."; }
    rm -f "$log"
fi

# The stamp tells which extras are there and for which versions of the files that name the packages.
stamp="$venv/.ca3b-installed"
wanted=$(cat pyproject.toml setup.py constraints.txt stack/bootstrap.sh | sha256sum)
have() { [ -f "$stamp" ] && grep -qxF "$wanted" "$stamp" && for one in $extras; do grep -qxF "extra $one" "$stamp" || return 1; done; }
if ! have; then
    [ -x "$venv/bin/python" ] || { say "Création de l'environnement Python…"; "$python" -m venv "$venv"; }
    say "Installation de CKAN et des paquets Python (quelques minutes la première fois)…"
    log=$(mktemp)
    joined=$(printf '%s' "$extras" | tr ' ' ',')
    ckan=requirements
    # CKAN's own fixtures for tests need its development packages.
    case " $extras " in *test*) ckan=requirements,dev ;; esac
    { "$venv/bin/python" -m pip install -q --disable-pip-version-check -c constraints.txt 'setuptools<81' wheel &&
        "$venv/bin/python" -m pip install -q --disable-pip-version-check -c constraints.txt -e ".[$joined]" "ckan[$ckan]"; } >"$log" 2>&1 ||
        { tail -n 15 "$log" >&2; stop "pip n'a pas pu installer les paquets Python (accès à PyPI ? voir ci-dessus)."; }
    rm -f "$log"
    { printf '%s\n' "$wanted"; for one in $extras; do printf 'extra %s\n' "$one"; done; } >"$stamp"
fi

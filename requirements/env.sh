#!/bin/sh
# Make .venv hold exactly what requirements/run.txt (or dev.txt) pins. Usage: requirements/env.sh run|dev
set -eu
cd "$(dirname "$0")/.."
wanted=requirements/$1.txt

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

recent() { # is this program a Python that the portal runs on?
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if recent "$name"; then
            command -v "$name"
            return
        fi
    done
    fail "Python 3.11 or newer is needed, and $(python3 --version 2>/dev/null || echo 'no Python') was found:" \
        "install it, or name it with: make ... PYTHON=/path/to/python3.12"
}

install_venv_module() { # Debian keeps ensurepip in a package of its own
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    command -v apt-get >/dev/null || fail "Python's modules venv and ensurepip are missing: install them and try again."
    if [ "$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else
        fail "The package $package is missing and only root may install it: sudo apt-get install $package"
    fi
    echo "Installing $package ..."
    { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -qq --yes \
        --no-install-recommends "$package" ca-certificates; } >/dev/null </dev/null ||
        fail "apt-get could not install $package: see its message above."
}

find_uv() {
    if uv --version >/dev/null 2>&1; then
        command -v uv
        return
    fi
    if ! cmp -s requirements/uv.txt .tools/installed.txt; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null || install_venv_module >&2
        rm -rf .tools
        "$python" -m venv .tools
        .tools/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt >&2 ||
            fail "pip could not install uv: is there a way to a package index from here?"
        cp requirements/uv.txt .tools/installed.txt
    fi
    echo .tools/bin/uv
}

use_mirror_of_pip() { # uv does not read pip's configuration; a machine behind a mirror usually has only that
    index=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}
    if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
        export UV_DEFAULT_INDEX="$index"
    fi
}

trust_what_the_machine_trusts() { # uv brings its own certificates; behind a company's proxy they do not do
    for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
        if [ -s "$bundle" ]; then export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"; fi
    done
}

if recent .venv/bin/python; then
    # The tools of development contain everything that runs the portal, at the same versions.
    for have in "$1" dev; do
        if cmp -s "requirements/$have.txt" ".venv/installed-$have.txt"; then exit 0; fi
    done
fi
[ -w . ] || fail "The folder $PWD cannot be written to: clone the project into a folder of your own."
python=$(find_python)
uv=$(find_uv)
use_mirror_of_pip
trust_what_the_machine_trusts
export UV_PYTHON_DOWNLOADS=never
echo "Installing what $wanted pins into .venv ..."
recent .venv/bin/python || "$uv" venv --quiet --clear --python "$python" .venv
rm -f .venv/installed-*.txt
"$uv" pip sync --quiet --python .venv/bin/python --require-hashes "$wanted" ||
    fail "The packages of $wanted could not be installed: see the message above."
cp "$wanted" ".venv/installed-$1.txt"

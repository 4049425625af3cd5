#!/bin/sh
# Compile the pinned requirements from pyproject.toml. Versions stay as they are unless options say otherwise:
# requirements/pins.sh --upgrade, or --upgrade-package django
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .tools/bin/uv)
pin() {
    # No index or download address in the files: any mirror serves.
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --custom-compile-command "make pins" "$@"
}
pin "$@" pyproject.toml --output-file requirements/run.txt
pin "$@" pyproject.toml --group dev --constraints requirements/run.txt --output-file requirements/dev.txt
pin "$@" --group env --output-file requirements/uv.txt

#!/bin/sh
# Turn requirements.in and requirements-dev.in into pinned, hashed requirements for every supported Python.
set -eu
for name in requirements requirements-dev; do
    .venv/bin/python -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
        --no-header --no-emit-index-url --output-file "$name.txt" "$name.in"
done

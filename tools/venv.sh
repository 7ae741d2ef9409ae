#!/bin/sh
# Make .venv hold exactly what the given requirements file pins; does nothing when it already does.
# usage: tools/venv.sh requirements.txt      PYTHON=/path/to/python3.12 chooses another interpreter.
set -eu
wanted=$1
venv=.venv

say() { printf '%s\n' "$*" >&2; }
fail() { say "hipwise: $*"; exit 1; }

good_python() { [ "$("$1" -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null)" = True ]; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        good_python "$PYTHON" || fail "PYTHON=$PYTHON is not a Python 3.11 or later."
        echo "$PYTHON"
        return
    fi
    for name in python3.11 python3.12 python3.13 python3.14 python3; do
        if good_python "$name"; then echo "$name"; return; fi
    done
    fail "Python 3.11 or later is needed and was not found; install it, or name one with PYTHON=/path/to/python3."
}

# requirements-dev.txt holds all of requirements.txt, so its stamp is good for both.
stamp() { "$1" - "$2" <<'PY'
import hashlib, sys
print(hashlib.sha256(open(sys.argv[1], "rb").read() + sys.version.encode()).hexdigest())
PY
}
up_to_date() {
    [ -x "$venv/bin/python" ] || return 1
    for file in "$wanted" requirements-dev.txt; do
        [ -f "$venv/stamp-$file" ] && [ "$(cat "$venv/stamp-$file")" = "$(stamp "$venv/bin/python" "$file" 2>/dev/null)" ] && return 0
    done
    return 1
}

install_with_uv() {
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: uv==0.13.9 2>/dev/null || return 1
    say "Installing $(grep -c '^[a-z]' "$wanted") packages …"
    UV_LINK_MODE=copy "$venv/bin/python" -m uv pip sync --python "$venv/bin/python" --require-hashes --quiet "$wanted"
}
install_with_pip() {
    say "Installing $(grep -c '^[a-z]' "$wanted") packages with pip (about a minute) …"
    "$venv/bin/python" -m pip install --disable-pip-version-check --progress-bar off --require-hashes --quiet -r "$wanted"
}

up_to_date && exit 0
if ! { [ -x "$venv/bin/python" ] && good_python "$venv/bin/python"; }; then
    python=$(find_python)
    say "Making $venv with $("$python" -V) …"
    rm -rf "$venv"
    "$python" -m venv "$venv" >"${TMPDIR:-/tmp}/hipwise-venv.$$" 2>&1 || {
        rm -rf "$venv" "${TMPDIR:-/tmp}/hipwise-venv.$$"
        fail "$python cannot make a virtual environment; on Debian and Ubuntu run: apt-get install python3-venv"
    }
    rm -f "${TMPDIR:-/tmp}/hipwise-venv.$$"
fi
rm -f "$venv"/stamp-*
install_with_uv || install_with_pip || fail "the packages in $wanted could not be installed; the reason is above."
stamp "$venv/bin/python" "$wanted" >"$venv/stamp-$wanted"

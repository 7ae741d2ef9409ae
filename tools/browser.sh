#!/bin/sh
# Make sure that the tests find a Chromium, and Pango for the PDFs; as root on Debian or Ubuntu, install them.
set -eu
packages=

has_chromium() {
    if [ -n "${CHROMIUM:-}" ]; then
        [ -x "$CHROMIUM" ] && return 0
        echo "hipwise: CHROMIUM=$CHROMIUM is not a program." >&2; exit 1
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

has_chromium || packages="chromium fonts-dejavu-core"
.venv/bin/python -c "import weasyprint" 2>/dev/null || packages="$packages libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core"
[ -n "$packages" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $packages for the tests …" >&2
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # a list of names
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends $packages >/dev/null && exit 0
fi
echo "hipwise: the tests need $packages; install them (Debian: apt-get install $packages), or set CHROMIUM to the path of one." >&2
exit 1

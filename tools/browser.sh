#!/bin/sh
# Make sure that there is a Chromium for the browser tests; as root on Debian or Ubuntu, install it.
set -eu
if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] && exit 0
    echo "hipwise: CHROMIUM=$CHROMIUM is not a program." >&2; exit 1
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests …" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null && exit 0
fi
echo "hipwise: the browser tests need Chromium; install it (Debian: apt-get install chromium) or set CHROMIUM to its path." >&2
exit 1

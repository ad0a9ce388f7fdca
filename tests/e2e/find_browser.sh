#!/bin/sh
# Print the path of a Chromium for the browser tests: $BROWSER_PATH, or one on the PATH, or Debian's, installed
# where this may be done. Otherwise say what is missing and fail.
set -eu
if [ -n "${BROWSER_PATH:-}" ]; then
    [ -x "$BROWSER_PATH" ] || { echo "BROWSER_PATH is set to $BROWSER_PATH, which cannot be run" >&2; exit 1; }
    echo "$BROWSER_PATH"
    exit 0
fi
find_one() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return 0
    done
    return 1
}
find_one && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
    } >&2 || true
    find_one && exit 0
fi
cat >&2 <<'MESSAGE'
The browser tests need Chromium, and none was found or could be installed.
  On Debian or Ubuntu: sudo apt-get install chromium
  Elsewhere: install Chromium or Chrome and put it on the PATH, or set BROWSER_PATH to it.
MESSAGE
exit 1

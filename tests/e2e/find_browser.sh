#!/bin/sh
# Print the path of a browser for the tests: $BROWSER_PATH, or Chromium on the PATH, best without its windows, which
# takes less time, or that one installed where this may be done. Otherwise say what is missing and fail.
set -eu
if [ -n "${BROWSER_PATH:-}" ]; then
    [ -x "$BROWSER_PATH" ] || { echo "BROWSER_PATH is set to $BROWSER_PATH, which cannot be run" >&2; exit 1; }
    echo "$BROWSER_PATH"
    exit 0
fi
find_one() {
    for name in "$@"; do
        command -v "$name" && return 0
    done
    return 1
}
shell=chromium-headless-shell
find_any() { find_one $shell chromium chromium-browser google-chrome google-chrome-stable; }
find_any && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $shell
    } >&2 || true
fi
find_any && exit 0
cat >&2 <<'MESSAGE'
The browser tests need Chromium, and none was found or could be installed.
  On Debian or Ubuntu: sudo apt-get install chromium-headless-shell, or chromium
  Elsewhere: install Chromium or Chrome and put it on the PATH, or set BROWSER_PATH to it.
MESSAGE
exit 1

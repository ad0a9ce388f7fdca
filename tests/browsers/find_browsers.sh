#!/bin/sh
# Check that Firefox, WebKit with its driver, a display for them and nginx are here; install Debian's where this may
# be done. Otherwise say what is missing and fail.
set -eu
PATH=$PATH:/usr/sbin
missing() {
    command -v firefox-esr >/dev/null || command -v firefox >/dev/null || echo firefox-esr
    command -v WebKitWebDriver >/dev/null || echo webkit2gtk-driver
    command -v Xvfb >/dev/null || echo xvfb
    command -v nginx >/dev/null || echo nginx-light
}
[ -z "$(missing)" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    {
        apt-get update -qq
        # shellcheck disable=SC2046 # one word for each package
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(missing)
    } >&2 || true
    [ -z "$(missing)" ] && exit 0
fi
echo "The tests in Firefox and WebKit need, in Debian's words:" $(missing) >&2
exit 1

#!/bin/sh
# Build both images without a container engine or a registry, start them, and click through nginx: as root, on Debian.
# Their bases are made of Debian's packages, once (`buildah rmi localhost/ocmap-base-web` to make them anew), so Python
# and nginx are Debian's. Takes some minutes.
#   PYTHON   a Python with the test dependencies (.venv/bin/python)
set -eu
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "deploy/build_images.sh must run as root" >&2; exit 1; }
missing() {
    for tool in buildah debootstrap ip:iproute2; do
        command -v "${tool%:*}" >/dev/null || echo "${tool#*:}"
    done
}
if [ -n "$(missing)" ]; then
    apt-get update -qq
    # shellcheck disable=SC2046 # one word for each package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(missing)
fi

# The machine's own way to the package index, where it has one.
given=
for file in /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    [ ! -f "$file" ] || given="$given --volume $file:$file:ro"
done

base=localhost/ocmap-base
if ! buildah inspect --type image "$base-web" >/dev/null 2>&1; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv bookworm "$folder/base"
    ln -s /usr/bin/python3 "$folder/base/usr/local/bin/python"
    rm -rf "$folder"/base/var/cache/apt/* "$folder"/base/var/lib/apt/lists/*
    container=$(buildah from scratch)
    buildah add --quiet "$container" "$folder/base" /
    buildah commit --quiet "$container" "$base-app"
    buildah run --isolation chroot "$container" sh -c '
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends curl nginx-light
        apt-get clean
        rm -rf /var/lib/apt/lists/*' </dev/null
    buildah commit --quiet --rm "$container" "$base-web"
fi

for target in app web; do
    # shellcheck disable=SC2086 # options
    buildah build --isolation chroot --pull-never --layers --format docker $given \
        --build-arg "PYTHON_IMAGE=$base-app" --build-arg "NGINX_IMAGE=$base-web" \
        --target "$target" --tag "localhost/ocmap-$target" .
done
buildah images --filter 'reference=localhost/ocmap-*'

# In a network of their own, so that their ports are free.
exec unshare --net sh -c 'ip link set lo up && exec "$0" -m pytest tests/images' "${PYTHON:-.venv/bin/python}"

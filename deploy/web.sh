#!/bin/sh
# Start nginx in front of the replicas. Environment:
#   REPLICAS   host:port of each; each needs its own name, since nginx's hash counts all addresses of a name as one
#   RESOLVE    "resolve": look the names up again and again (nginx 1.27.3 and newer); empty for fixed addresses
#   PREFIX     the folder with site/ and a writable run/
# Arguments are passed on to nginx.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${PREFIX:-/srv/ocmap}
resolve=${RESOLVE-resolve}
{
    if [ "$resolve" ]; then
        awk '$1 == "nameserver" { print "resolver " ($2 ~ /:/ ? "[" $2 "]" : $2) " valid=5s;"; exit }' /etc/resolv.conf
    fi
    echo "upstream ocmap {"
    echo "    zone ocmap 256k;"
    echo '    hash $remote_addr$http_user_agent consistent;'
    for replica in $REPLICAS; do
        echo "    server $replica max_fails=1 fail_timeout=5s${resolve:+ $resolve};"
    done
    echo "    keepalive 16;"
    echo "}"
} >"$prefix/run/replicas.conf"
cp "$here/nginx.conf" "$prefix/run/nginx.conf"
exec nginx -e stderr -p "$prefix" -c run/nginx.conf "$@"

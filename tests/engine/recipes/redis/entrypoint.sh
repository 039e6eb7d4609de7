#!/bin/bash
# Starts the server for the network of the container, as the official image's does, and without root.
set -euo pipefail

case ${1:-} in '' | -* | *.conf) set -- NAME-server "$@" ;; esac
[ "$1" = NAME-server ] || exec "$@"

# Debian's server answers its own machine only until it is told otherwise.
set -- "$@" --protected-mode no
[ "$(id -u)" = 0 ] || exec "$@"
chown NAME: .
exec setpriv --reuid=NAME --regid=NAME --init-groups "$@"

#!/bin/bash
# Makes a database on the first start, from the variables that the official image knows, and starts the server.
set -euo pipefail

case $1 in -*) set -- mysqld "$@" ;; esac
[ "$1" = mysqld ] || exec "$@"
shift
data=/var/lib/mysql

if [ "$(id -u)" = 0 ]; then
    chown mysql: "$data" /run/mysqld
    exec setpriv --reuid=mysql --regid=mysql --init-groups "$0" mysqld "$@"
fi

# quoted TEXT: as a string of SQL.
quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/\\\\/\\\\\\\\/g; s/'/''/g")"; }
# named TEXT: as a name in SQL.
named() { printf '`%s`' "${1//\`/\`\`}"; }

if [ ! -d "$data/mysql" ]; then
    if [ -z "${MYSQL_ROOT_PASSWORD:-}" ] && [ -z "${MYSQL_ALLOW_EMPTY_PASSWORD:-}" ] && [ -z "${MYSQL_RANDOM_ROOT_PASSWORD:-}" ]; then
        echo "one of MYSQL_ROOT_PASSWORD, MYSQL_ALLOW_EMPTY_PASSWORD and MYSQL_RANDOM_ROOT_PASSWORD has to be set" >&2
        exit 1
    fi
    [ -z "${MYSQL_RANDOM_ROOT_PASSWORD:-}" ] || MYSQL_ROOT_PASSWORD=$(head -c 24 /dev/urandom | base64)
    mariadb-install-db --datadir="$data" --auth-root-authentication-method=normal --skip-test-db >/dev/null
    # The server reads this file before it answers anybody.
    first=$(mktemp)
    {
        echo "CREATE USER root@'%' IDENTIFIED BY $(quoted "${MYSQL_ROOT_PASSWORD:-}");"
        echo "GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;"
        echo "ALTER USER root@localhost IDENTIFIED BY $(quoted "${MYSQL_ROOT_PASSWORD:-}");"
        [ -z "${MYSQL_DATABASE:-}" ] || echo "CREATE DATABASE $(named "$MYSQL_DATABASE");"
        if [ -n "${MYSQL_USER:-}" ]; then
            echo "CREATE USER $(quoted "$MYSQL_USER")@'%' IDENTIFIED BY $(quoted "${MYSQL_PASSWORD:-}");"
            [ -z "${MYSQL_DATABASE:-}" ] || echo "GRANT ALL ON $(named "$MYSQL_DATABASE").* TO $(quoted "$MYSQL_USER")@'%';"
        fi
    } >"$first"
    set -- --init-file="$first" "$@"
fi

exec mariadbd --datadir="$data" --bind-address='*' "$@"

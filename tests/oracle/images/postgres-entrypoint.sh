#!/bin/sh
# Creates the database on first start, as the official image does, then hands over to the command.
set -e
[ "$1" = postgres ] || exec "$@"
if [ "$(id -u)" = 0 ]; then chown -R postgres "$PGDATA"; exec gosu postgres "$0" "$@"; fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  [ -n "$POSTGRES_PASSWORD$POSTGRES_PASSWORD_FILE" ] || { echo 'Error: Database is uninitialized and superuser password is not specified.' >&2; exit 1; }
  [ -z "$POSTGRES_PASSWORD_FILE" ] || POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE")
  printf %s "$POSTGRES_PASSWORD" > /tmp/pw
  initdb --username="${POSTGRES_USER:-postgres}" --pwfile=/tmp/pw --auth-host=scram-sha-256 --auth-local=trust >/dev/null; rm /tmp/pw
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  pg_ctl -w start -o "-c listen_addresses=''" >/dev/null
  db=${POSTGRES_DB:-${POSTGRES_USER:-postgres}}
  [ "$db" = postgres ] || createdb -U "${POSTGRES_USER:-postgres}" "$db"
  for f in /docker-entrypoint-initdb.d/*.sql; do [ ! -e "$f" ] || psql -q -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d "$db" -f "$f"; done
  pg_ctl -m fast -w stop >/dev/null
fi
exec "$@" -c listen_addresses='*'

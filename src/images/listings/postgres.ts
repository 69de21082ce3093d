/** Written by src/build/image-listings.ts. */
export default `755 0:0 0 /docker-entrypoint-initdb.d/
644 0:0 3981 /etc/adduser.conf
444 0:0 496 /etc/apt/apt.conf.d/02autoremove-postgresql
777 0:0 0 /etc/default/locale -> ../locale.conf
644 0:0 1706 /etc/deluser.conf
644 0:0 1936 /etc/ethertypes
644 0:0 474 /etc/group
	root:x:0:
	daemon:x:1:
	bin:x:2:
	sys:x:3:
	adm:x:4:
	tty:x:5:
	disk:x:6:
	lp:x:7:
	mail:x:8:
	news:x:9:
	uucp:x:10:
	man:x:12:
	proxy:x:13:
	kmem:x:15:
	dialout:x:20:
	fax:x:21:
	voice:x:22:
	cdrom:x:24:
	floppy:x:25:
	tape:x:26:
	sudo:x:27:
	audio:x:29:
	dip:x:30:
	www-data:x:33:
	backup:x:34:
	operator:x:37:
	list:x:38:
	irc:x:39:
	src:x:40:
	shadow:x:42:
	utmp:x:43:
	video:x:44:
	sasl:x:45:
	plugdev:x:46:
	staff:x:50:
	games:x:60:
	users:x:100:
	nogroup:x:65534:
	ssl-cert:x:101:postgres
	postgres:x:102:
	
644 0:0 466 /etc/group-
640 0:0 398 /etc/gshadow
	root:*::
	daemon:*::
	bin:*::
	sys:*::
	adm:*::
	tty:*::
	disk:*::
	lp:*::
	mail:*::
	news:*::
	uucp:*::
	man:*::
	proxy:*::
	kmem:*::
	dialout:*::
	fax:*::
	voice:*::
	cdrom:*::
	floppy:*::
	tape:*::
	sudo:*::
	audio:*::
	dip:*::
	www-data:*::
	backup:*::
	operator:*::
	list:*::
	irc:*::
	src:*::
	shadow:*::
	utmp:*::
	video:*::
	sasl:*::
	plugdev:*::
	staff:*::
	games:*::
	users:*::
	nogroup:*::
	ssl-cert:!::postgres
	postgres:!::
	
640 0:0 390 /etc/gshadow-
755 0:0 0 /etc/gss/
755 0:0 0 /etc/gss/mech.d/
755 0:0 0 /etc/init.d/
644 0:0 1875 /etc/inputrc
644 0:0 6239 /etc/ld.so.cache
644 0:0 2996 /etc/locale.alias
644 0:0 35 /etc/locale.conf
644 0:0 9562 /etc/locale.gen
644 0:0 173 /etc/logrotate.d/postgresql-common
644 0:0 60 /etc/networks
	default		0.0.0.0
	loopback	127.0.0.0
	link-local	169.254.0.0
	
	
644 0:0 913 /etc/passwd
	root:x:0:0:root:/root:/bin/bash
	daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
	bin:x:2:2:bin:/bin:/usr/sbin/nologin
	sys:x:3:3:sys:/dev:/usr/sbin/nologin
	sync:x:4:65534:sync:/bin:/bin/sync
	games:x:5:60:games:/usr/games:/usr/sbin/nologin
	man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
	lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
	mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
	news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
	uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
	proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
	www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
	backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
	list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
	irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
	_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
	nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
	postgres:x:100:102:PostgreSQL administrator:/var/lib/postgresql:/bin/bash
	
644 0:0 889 /etc/passwd-
755 0:0 0 /etc/perl/
755 100:102 0 /etc/postgresql/
755 100:102 0 /etc/postgresql/17/
755 100:102 0 /etc/postgresql/17/main/
755 100:102 0 /etc/postgresql/17/main/conf.d/
644 100:102 315 /etc/postgresql/17/main/environment
644 100:102 143 /etc/postgresql/17/main/pg_ctl.conf
640 100:102 5924 /etc/postgresql/17/main/pg_hba.conf
640 100:102 2640 /etc/postgresql/17/main/pg_ident.conf
644 100:102 31238 /etc/postgresql/17/main/postgresql.conf
644 100:102 317 /etc/postgresql/17/main/start.conf
755 0:0 0 /etc/postgresql-common/
644 0:0 1364 /etc/postgresql-common/createcluster.conf
644 0:0 237 /etc/postgresql-common/minor_versions
755 0:0 0 /etc/postgresql-common/pg_upgradecluster.d/
755 0:0 705 /etc/postgresql-common/pg_upgradecluster.d/analyze
644 0:0 607 /etc/postgresql-common/root.crt
644 0:0 1113 /etc/postgresql-common/user_clusters
644 0:0 3144 /etc/protocols
644 0:0 911 /etc/rpc
644 0:0 12990 /etc/services
640 0:0 497 /etc/shadow
	root:*:20781:0:99999:7:::
	daemon:*:20781:0:99999:7:::
	bin:*:20781:0:99999:7:::
	sys:*:20781:0:99999:7:::
	sync:*:20781:0:99999:7:::
	games:*:20781:0:99999:7:::
	man:*:20781:0:99999:7:::
	lp:*:20781:0:99999:7:::
	mail:*:20781:0:99999:7:::
	news:*:20781:0:99999:7:::
	uucp:*:20781:0:99999:7:::
	proxy:*:20781:0:99999:7:::
	www-data:*:20781:0:99999:7:::
	backup:*:20781:0:99999:7:::
	list:*:20781:0:99999:7:::
	irc:*:20781:0:99999:7:::
	_apt:*:20781:0:99999:7:::
	nobody:*:20781:0:99999:7:::
	postgres:!:20781::::::
	
640 0:0 474 /etc/shadow-
755 0:0 0 /etc/ssl/
755 0:0 0 /etc/sysctl.d/
644 0:0 269 /etc/sysctl.d/README.sysctl
644 0:0 1259 /etc/ucf.conf
644 0:0 0 /run/adduser
2775 100:102 0 /run/postgresql/
755 0:0 6919 /usr/bin/c_rehash
777 0:0 0 /usr/bin/clusterdb -> ../share/postgresql-common/pg_wrapper
755 0:0 15375 /usr/bin/corelist
755 0:0 8360 /usr/bin/cpan
755 0:0 8381 /usr/bin/cpan5.40-x86_64-linux-gnu
777 0:0 0 /usr/bin/createdb -> ../share/postgresql-common/pg_wrapper
777 0:0 0 /usr/bin/createlang -> ../share/postgresql-common/pg_wrapper
777 0:0 0 /usr/bin/createuser -> ../share/postgresql-common/pg_wrapper
755 0:0 3855 /usr/bin/dh_make_pgxs
755 0:0 269 /usr/bin/dh_pgxs_test
777 0:0 0 /usr/bin/dropdb -> ../share/postgresql-common/pg_wrapper
777 0:0 0 /usr/bin/droplang -> ../share/postgresql-common/pg_wrapper
777 0:0 0 /usr/bin/dropuser -> ../share/postgresql-common/pg_wrapper
755 0:0 41953 /usr/bin/enc2xs
755 0:0 3065 /usr/bin/encguess
755 0:0 26936 /usr/bin/free
755 0:0 28826 /usr/bin/h2ph
755 0:0 60934 /usr/bin/h2xs
755 0:0 4373 /usr/bin/instmodsh
755 0:0 5021 /usr/bin/json_pp
755 0:0 22840 /usr/bin/kill
755 0:0 15778 /usr/bin/libnetcfg
755 0:0 1103272 /usr/bin/openssl
755 0:0 14752 /usr/bin/perl5.40-x86_64-linux-gnu
755 0:0 45593 /usr/bin/perlbug
755 0:0 125 /usr/bin/perldoc
755 0:0 10867 /usr/bin/perlivp
755 0:0 45593 /usr/bin/perlthanks
777 0:0 0 /usr/bin/pg_archivecleanup -> ../share/postgresql-common/pg_wrapper
755 0:0 19647 /usr/bin/pg_backupcluster
777 0:0 0 /usr/bin/pg_basebackup -> ../share/postgresql-common/pg_wrapper
755 0:0 17028 /usr/bin/pg_buildext
755 0:0 1229 /usr/bin/pg_config
755 0:0 6272 /usr/bin/pg_conftool
755 0:0 35536 /usr/bin/pg_createcluster
755 0:0 23559 /usr/bin/pg_ctlcluster
755 0:0 8851 /usr/bin/pg_dropcluster
777 0:0 0 /usr/bin/pg_dump -> ../share/postgresql-common/pg_wrapper
777 0:0 0 /usr/bin/pg_dumpall -> ../share/postgresql-common/pg_wrapper
777 0:0 0 /usr/bin/pg_isready -> ../share/postgresql-common/pg_wrapper
755 0:0 5470 /usr/bin/pg_lsclusters
777 0:0 0 /usr/bin/pg_receivewal -> ../share/postgresql-common/pg_wrapper
777 0:0 0 /usr/bin/pg_receivexlog -> ../share/postgresql-common/pg_wrapper
777 0:0 0 /usr/bin/pg_recvlogical -> ../share/postgresql-common/pg_wrapper
755 0:0 5937 /usr/bin/pg_renamecluster
777 0:0 0 /usr/bin/pg_restore -> ../share/postgresql-common/pg_wrapper
755 0:0 13682 /usr/bin/pg_restorecluster
755 0:0 39239 /usr/bin/pg_upgradecluster
755 0:0 9958 /usr/bin/pg_virtualenv
777 0:0 0 /usr/bin/pgbench -> ../share/postgresql-common/pg_wrapper
755 0:0 39344 /usr/bin/pgrep
755 0:0 8360 /usr/bin/piconv
755 0:0 39344 /usr/bin/pidwait
777 0:0 0 /usr/bin/pkill -> pgrep
755 0:0 4536 /usr/bin/pl2pm
755 0:0 35160 /usr/bin/pmap
755 0:0 4041 /usr/bin/pod2html
755 0:0 18898 /usr/bin/pod2man
755 0:0 13112 /usr/bin/pod2text
755 0:0 4107 /usr/bin/pod2usage
755 0:0 3730 /usr/bin/podchecker
755 0:0 13677 /usr/bin/prove
755 0:0 154552 /usr/bin/ps
777 0:0 0 /usr/bin/psql -> ../share/postgresql-common/pg_wrapper
755 0:0 3566 /usr/bin/ptar
755 0:0 2645 /usr/bin/ptardiff
755 0:0 4395 /usr/bin/ptargrep
755 0:0 14648 /usr/bin/pwdx
777 0:0 0 /usr/bin/reindexdb -> ../share/postgresql-common/pg_wrapper
755 0:0 2678 /usr/bin/select-editor
755 0:0 1085 /usr/bin/sensible-browser
755 0:0 1551 /usr/bin/sensible-editor
755 0:0 824 /usr/bin/sensible-pager
755 0:0 1109 /usr/bin/sensible-terminal
755 0:0 9982 /usr/bin/shasum
755 0:0 31056 /usr/bin/skill
755 0:0 22904 /usr/bin/slabtop
777 0:0 0 /usr/bin/snice -> skill
755 0:0 19459 /usr/bin/splain
755 0:0 8061 /usr/bin/streamzip
755 0:0 22856 /usr/bin/tload
755 0:0 138864 /usr/bin/top
755 0:0 36475 /usr/bin/ucf
755 0:0 18906 /usr/bin/ucfq
755 0:0 10173 /usr/bin/ucfr
755 0:0 14648 /usr/bin/uptime
777 0:0 0 /usr/bin/vacuumdb -> ../share/postgresql-common/pg_wrapper
777 0:0 0 /usr/bin/vacuumlo -> ../share/postgresql-common/pg_wrapper
755 0:0 39648 /usr/bin/vmstat
755 0:0 31032 /usr/bin/w
755 0:0 31512 /usr/bin/watch
755 0:0 5167 /usr/bin/xsubpp
755 0:0 236605 /usr/bin/zipdetails
755 0:0 0 /usr/lib/postgresql/
755 0:0 0 /usr/lib/postgresql/17/
755 0:0 0 /usr/lib/postgresql/17/bin/
755 0:0 109312 /usr/lib/postgresql/17/bin/clusterdb
755 0:0 109536 /usr/lib/postgresql/17/bin/createdb
755 0:0 109856 /usr/lib/postgresql/17/bin/createuser
755 0:0 101056 /usr/lib/postgresql/17/bin/dropdb
755 0:0 100992 /usr/lib/postgresql/17/bin/dropuser
755 0:0 196520 /usr/lib/postgresql/17/bin/initdb
755 0:0 56144 /usr/lib/postgresql/17/bin/oid2name
755 0:0 138784 /usr/lib/postgresql/17/bin/pg_amcheck
755 0:0 51616 /usr/lib/postgresql/17/bin/pg_archivecleanup
755 0:0 200216 /usr/lib/postgresql/17/bin/pg_basebackup
755 0:0 84648 /usr/lib/postgresql/17/bin/pg_checksums
755 0:0 166712 /usr/lib/postgresql/17/bin/pg_combinebackup
755 0:0 55616 /usr/lib/postgresql/17/bin/pg_config
755 0:0 67928 /usr/lib/postgresql/17/bin/pg_controldata
755 0:0 134008 /usr/lib/postgresql/17/bin/pg_createsubscriber
755 0:0 80568 /usr/lib/postgresql/17/bin/pg_ctl
755 0:0 483936 /usr/lib/postgresql/17/bin/pg_dump
755 0:0 163720 /usr/lib/postgresql/17/bin/pg_dumpall
755 0:0 100928 /usr/lib/postgresql/17/bin/pg_isready
755 0:0 117760 /usr/lib/postgresql/17/bin/pg_receivewal
755 0:0 113800 /usr/lib/postgresql/17/bin/pg_recvlogical
755 0:0 76472 /usr/lib/postgresql/17/bin/pg_resetwal
755 0:0 249664 /usr/lib/postgresql/17/bin/pg_restore
755 0:0 191320 /usr/lib/postgresql/17/bin/pg_rewind
755 0:0 55656 /usr/lib/postgresql/17/bin/pg_test_fsync
755 0:0 47424 /usr/lib/postgresql/17/bin/pg_test_timing
755 0:0 216648 /usr/lib/postgresql/17/bin/pg_upgrade
755 0:0 125656 /usr/lib/postgresql/17/bin/pg_verifybackup
755 0:0 125896 /usr/lib/postgresql/17/bin/pg_waldump
755 0:0 76216 /usr/lib/postgresql/17/bin/pg_walsummary
755 0:0 229152 /usr/lib/postgresql/17/bin/pgbench
755 0:0 10238472 /usr/lib/postgresql/17/bin/postgres
755 0:0 822816 /usr/lib/postgresql/17/bin/psql
755 0:0 113600 /usr/lib/postgresql/17/bin/reindexdb
755 0:0 122208 /usr/lib/postgresql/17/bin/vacuumdb
755 0:0 51888 /usr/lib/postgresql/17/bin/vacuumlo
755 0:0 0 /usr/lib/postgresql/17/lib/
755 0:0 0 /usr/lib/sasl2/
755 0:0 0 /usr/lib/ssl/
755 0:0 1162 /usr/local/bin/docker-entrypoint.sh
	#!/bin/sh
	# Creates the database on first start, as the official image does, then hands over to the command.
	set -e
	[ "$1" = postgres ] || exec "$@"
	if [ "$(id -u)" = 0 ]; then chown -R postgres "$PGDATA"; exec gosu postgres "$0" "$@"; fi
	if [ ! -s "$PGDATA/PG_VERSION" ]; then
	  [ -n "$POSTGRES_PASSWORD$POSTGRES_PASSWORD_FILE" ] || { echo 'Error: Database is uninitialized and superuser password is not specified.' >&2; exit 1; }
	  [ -z "$POSTGRES_PASSWORD_FILE" ] || POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE")
	  printf %s "$POSTGRES_PASSWORD" > /tmp/pw
	  initdb --username="\${POSTGRES_USER:-postgres}" --pwfile=/tmp/pw --auth-host=scram-sha-256 --auth-local=trust >/dev/null; rm /tmp/pw
	  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
	  pg_ctl -w start -o "-c listen_addresses=''" >/dev/null
	  db=\${POSTGRES_DB:-\${POSTGRES_USER:-postgres}}
	  [ "$db" = postgres ] || createdb -U "\${POSTGRES_USER:-postgres}" "$db"
	  for f in /docker-entrypoint-initdb.d/*.sql; do [ ! -e "$f" ] || psql -q -v ON_ERROR_STOP=1 -U "\${POSTGRES_USER:-postgres}" -d "$db" -f "$f"; done
	  pg_ctl -m fast -w stop >/dev/null
	fi
	exec "$@" -c listen_addresses='*'
	
777 0:0 0 /usr/sbin/addgroup -> adduser
755 0:0 59426 /usr/sbin/adduser
777 0:0 0 /usr/sbin/delgroup -> deluser
755 0:0 21209 /usr/sbin/deluser
755 0:0 2948645 /usr/sbin/gosu
755 0:0 1554 /usr/sbin/locale-gen
755 0:0 6812 /usr/sbin/make-ssl-cert
755 0:0 4357 /usr/sbin/pg_updatedicts
755 0:0 31040 /usr/sbin/sysctl
755 0:0 3089 /usr/sbin/update-locale
755 0:0 1773 /usr/sbin/validlocale
755 0:0 0 /usr/share/i18n/
755 0:0 0 /usr/share/libgcrypt20/
755 0:0 0 /usr/share/perl/
755 0:0 0 /usr/share/postgresql/
755 0:0 0 /usr/share/postgresql-common/
755 0:0 0 /usr/share/readline/
755 0:0 0 /usr/share/ssl-cert/
755 0:0 0 /usr/share/ucf/
755 0:0 0 /var/cache/adduser/
755 0:0 0 /var/cache/postgresql/
755 100:102 0 /var/lib/postgresql/
755 100:102 0 /var/lib/postgresql/data/
755 0:0 0 /var/lib/ucf/
755 0:0 0 /var/lib/ucf/cache/
644 0:0 1364 /var/lib/ucf/cache/:etc:postgresql-common:createcluster.conf
644 0:0 76 /var/lib/ucf/hashfile
644 0:0 76 /var/lib/ucf/hashfile.0
644 0:0 0 /var/lib/ucf/hashfile.1
644 0:0 62 /var/lib/ucf/registry
644 0:0 0 /var/lib/ucf/registry.0
644 0:0 6788 /var/log/alternatives.log
644 0:0 6908 /var/log/apt/eipp.log.xz
644 0:0 2300 /var/log/apt/history.log
640 0:4 15961 /var/log/apt/term.log
644 0:0 63995 /var/log/dpkg.log
1775 0:102 0 /var/log/postgresql/
640 100:4 0 /var/log/postgresql/postgresql-17-main.log`;

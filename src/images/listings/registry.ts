/** Written by src/build/image-listings.ts. */
export default `755 0:0 0 /etc/ssl/certs/
644 0:0 219443 /etc/ssl/certs/ca-certificates.crt
644 0:0 3981 /etc/adduser.conf
755 0:0 0 /etc/ca-certificates/
755 0:0 0 /etc/ca-certificates/update.d/
644 0:0 6349 /etc/ca-certificates.conf
644 0:0 1706 /etc/deluser.conf
755 0:0 0 /etc/docker/
755 0:0 0 /etc/docker/registry/
644 0:0 121 /etc/docker/registry/config.yml
	version: 0.1
	storage:
	  filesystem:
	    rootdirectory: /var/lib/registry
	  delete:
	    enabled: true
	http:
	  addr: :5000
	
644 0:0 0 /etc/docker/registry/htpasswd
644 0:0 457 /etc/group
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
	docker-registry:x:101:
	
640 0:0 384 /etc/gshadow
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
	docker-registry:!::
	
640 0:0 364 /etc/gshadow-
755 0:0 0 /etc/init.d/
644 0:0 924 /etc/passwd
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
	docker-registry:x:100:101:Docker Registry:/var/lib/docker-registry:/usr/sbin/nologin
	
644 0:0 909 /etc/passwd-
640 0:0 504 /etc/shadow
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
	docker-registry:!:20781::::::
	
640 0:0 474 /etc/shadow-
755 0:0 0 /etc/ssl/
644 0:0 0 /run/adduser
755 0:0 6919 /usr/bin/c_rehash
755 0:0 22553232 /usr/bin/docker-registry
755 0:0 1103272 /usr/bin/openssl
755 0:0 0 /usr/lib/ssl/
755 0:0 0 /usr/local/share/ca-certificates/
777 0:0 0 /usr/sbin/addgroup -> adduser
755 0:0 59426 /usr/sbin/adduser
777 0:0 0 /usr/sbin/delgroup -> deluser
755 0:0 21209 /usr/sbin/deluser
755 0:0 5672 /usr/sbin/update-ca-certificates
755 0:0 0 /usr/share/ca-certificates/
755 0:0 0 /var/cache/adduser/
755 100:101 0 /var/lib/docker-registry/
755 0:0 0 /var/lib/registry/
644 0:0 4080 /var/log/apt/eipp.log.xz
644 0:0 321 /var/log/apt/history.log
640 0:4 3369 /var/log/apt/term.log
644 0:0 42865 /var/log/dpkg.log`;

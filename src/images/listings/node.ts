/** Written by src/build/image-listings.ts. */
export default `644 0:0 447 /etc/group
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
	node:x:1000:
	
640 0:0 373 /etc/gshadow
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
	node:!::
	
640 0:0 364 /etc/gshadow-
644 0:0 878 /etc/passwd
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
	node:x:1000:1000::/home/node:/bin/bash
	
644 0:0 839 /etc/passwd-
640 0:0 500 /etc/shadow
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
	node:!:20781:0:99999:7:::
	
640 0:0 474 /etc/shadow-
644 0:0 18 /etc/subgid
644 0:0 0 /etc/subgid-
644 0:0 18 /etc/subuid
644 0:0 0 /etc/subuid-
700 1000:1000 0 /home/node/
644 1000:1000 220 /home/node/.bash_logout
644 1000:1000 3526 /home/node/.bashrc
644 1000:1000 807 /home/node/.profile
755 0:0 126595440 /usr/local/bin/node
777 0:0 0 /usr/local/bin/npm -> ../lib/node_modules/npm/bin/npm-cli.js
777 0:0 0 /usr/local/bin/npx -> ../lib/node_modules/npm/bin/npx-cli.js
755 0:0 0 /usr/local/lib/node_modules/
755 0:0 0 /usr/local/lib/node_modules/npm/
644 0:0 9742 /usr/local/lib/node_modules/npm/LICENSE
644 0:0 3352 /usr/local/lib/node_modules/npm/README.md
755 0:0 0 /usr/local/lib/node_modules/npm/bin/
755 0:0 0 /usr/local/lib/node_modules/npm/bin/node-gyp-bin/
755 0:0 2073 /usr/local/lib/node_modules/npm/bin/npm
755 0:0 54 /usr/local/lib/node_modules/npm/bin/npm-cli.js
755 0:0 834 /usr/local/lib/node_modules/npm/bin/npm-prefix.js
755 0:0 538 /usr/local/lib/node_modules/npm/bin/npm.cmd
644 0:0 1650 /usr/local/lib/node_modules/npm/bin/npm.ps1
755 0:0 2073 /usr/local/lib/node_modules/npm/bin/npx
755 0:0 2921 /usr/local/lib/node_modules/npm/bin/npx-cli.js
755 0:0 538 /usr/local/lib/node_modules/npm/bin/npx.cmd
644 0:0 1650 /usr/local/lib/node_modules/npm/bin/npx.ps1
755 0:0 0 /usr/local/lib/node_modules/npm/docs/
644 0:0 145 /usr/local/lib/node_modules/npm/index.js
755 0:0 0 /usr/local/lib/node_modules/npm/lib/
755 0:0 0 /usr/local/lib/node_modules/npm/man/
755 0:0 0 /usr/local/lib/node_modules/npm/node_modules/
644 0:0 6597 /usr/local/lib/node_modules/npm/package.json`;

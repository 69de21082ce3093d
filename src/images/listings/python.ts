/** Written by src/build/image-listings.ts. */
export default `644 0:0 1936 /etc/ethertypes
644 0:0 1875 /etc/inputrc
644 0:0 4643 /etc/ld.so.cache
644 0:0 78282 /etc/mime.types
644 0:0 60 /etc/networks
	default		0.0.0.0
	loopback	127.0.0.0
	link-local	169.254.0.0
	
	
644 0:0 3144 /etc/protocols
755 0:0 0 /etc/python3/
644 0:0 94 /etc/python3/debian_config
755 0:0 0 /etc/python3.13/
644 0:0 155 /etc/python3.13/sitecustomize.py
644 0:0 911 /etc/rpc
644 0:0 12990 /etc/services
777 0:0 0 /usr/bin/pdb3 -> pdb3.13
777 0:0 0 /usr/bin/pdb3.13 -> ../lib/python3.13/pdb.py
755 0:0 7770 /usr/bin/py3clean
755 0:0 13305 /usr/bin/py3compile
777 0:0 0 /usr/bin/py3versions -> ../share/python3/py3versions.py
777 0:0 0 /usr/bin/pydoc3 -> pydoc3.13
755 0:0 80 /usr/bin/pydoc3.13
777 0:0 0 /usr/bin/pygettext3 -> pygettext3.13
755 0:0 24439 /usr/bin/pygettext3.13
777 0:0 0 /usr/bin/python3 -> python3.13
755 0:0 6832784 /usr/bin/python3.13
755 0:0 0 /usr/lib/binfmt.d/
755 0:0 0 /usr/lib/python3/
755 0:0 0 /usr/lib/python3.13/
755 0:0 0 /usr/lib/valgrind/
777 0:0 0 /usr/local/bin/python -> /usr/bin/python3
777 0:0 0 /usr/local/bin/python3 -> /usr/bin/python3
755 0:0 0 /usr/local/lib/python3.13/
755 0:0 0 /usr/local/lib/python3.13/dist-packages/
755 0:0 0 /usr/share/applications/
755 0:0 0 /usr/share/binfmts/
755 0:0 0 /usr/share/python3/
755 0:0 0 /usr/share/readline/
755 0:0 0 /var/lib/python/
644 0:0 0 /var/lib/python/python3.13_installed
644 0:0 4492 /var/log/apt/eipp.log.xz
644 0:0 761 /var/log/apt/history.log
640 0:4 5650 /var/log/apt/term.log
644 0:0 47769 /var/log/dpkg.log`;

/** Written by src/build/image-listings.ts. */
export default `755 0:0 0 /etc/ssl/certs/
644 0:0 219443 /etc/ssl/certs/ca-certificates.crt
755 0:0 0 /etc/ca-certificates/
755 0:0 0 /etc/ca-certificates/update.d/
644 0:0 6349 /etc/ca-certificates.conf
755 0:0 0 /etc/ssl/
1777 0:0 0 /go/
1777 0:0 0 /go/bin/
1777 0:0 0 /go/src/
755 0:0 6919 /usr/bin/c_rehash
777 0:0 0 /usr/bin/go -> ../lib/go-1.24/bin/go
777 0:0 0 /usr/bin/gofmt -> ../lib/go-1.24/bin/gofmt
755 0:0 1103272 /usr/bin/openssl
777 0:0 0 /usr/lib/go -> go-1.24
755 0:0 0 /usr/lib/go-1.24/
644 0:0 35 /usr/lib/go-1.24/VERSION
	go1.24.4
	time 2025-05-29T19:37:36Z
	
777 0:0 0 /usr/lib/go-1.24/api -> ../../share/go-1.24/api
755 0:0 0 /usr/lib/go-1.24/bin/
755 0:0 13205232 /usr/lib/go-1.24/bin/go
755 0:0 2705240 /usr/lib/go-1.24/bin/gofmt
644 0:0 505 /usr/lib/go-1.24/go.env
	# This file contains the initial defaults for go command configuration.
	# Values set by 'go env -w' and written to the user's go/env file override these.
	# The environment overrides everything else.
	
	# Use the Go module mirror and checksum database by default.
	# See https://proxy.golang.org for details.
	GOPROXY=https://proxy.golang.org,direct
	GOSUMDB=sum.golang.org
	
	# Automatically download newer toolchains as directed by go.mod files.
	# See https://go.dev/doc/toolchain for details.
	GOTOOLCHAIN=auto
	
777 0:0 0 /usr/lib/go-1.24/lib -> ../../share/go-1.24/lib
777 0:0 0 /usr/lib/go-1.24/misc -> ../../share/go-1.24/misc
755 0:0 0 /usr/lib/go-1.24/pkg/
777 0:0 0 /usr/lib/go-1.24/src -> ../../share/go-1.24/src
777 0:0 0 /usr/lib/go-1.24/test -> ../../share/go-1.24/test
755 0:0 0 /usr/lib/ssl/
755 0:0 0 /usr/local/share/ca-certificates/
755 0:0 5672 /usr/sbin/update-ca-certificates
755 0:0 0 /usr/share/ca-certificates/
777 0:0 0 /usr/share/go -> go-1.24
755 0:0 0 /usr/share/go-1.24/
644 0:0 4208 /var/log/apt/eipp.log.xz
644 0:0 398 /var/log/apt/history.log
640 0:4 3031 /var/log/apt/term.log
644 0:0 43677 /var/log/dpkg.log`;

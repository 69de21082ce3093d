/** Written by src/build/image-listings.ts. */
export default `555 0:0 20 /docker-entrypoint.sh
	#!/bin/sh
	exec "$@"
	
755 0:0 0 /etc/gss/
755 0:0 0 /etc/gss/mech.d/
755 0:0 0 /etc/init.d/
644 0:0 4771 /etc/ld.so.cache
644 0:0 767 /etc/netconfig
755 0:0 0 /etc/nginx/
755 0:0 0 /etc/nginx/conf.d/
644 0:0 1125 /etc/nginx/fastcgi.conf
644 0:0 2460 /etc/nginx/fastcgi_params
644 0:0 2837 /etc/nginx/koi-utf
644 0:0 2223 /etc/nginx/koi-win
644 0:0 5527 /etc/nginx/mime.types
755 0:0 0 /etc/nginx/modules-available/
755 0:0 0 /etc/nginx/modules-enabled/
777 0:0 0 /etc/nginx/modules-enabled/50-mod-http-echo.conf -> /usr/share/nginx/modules-available/mod-http-echo.conf
644 0:0 1545 /etc/nginx/nginx.conf
	user www-data;
	worker_processes auto;
	worker_cpu_affinity auto;
	pid /run/nginx.pid;
	error_log /var/log/nginx/error.log;
	include /etc/nginx/modules-enabled/*.conf;
	
	events {
		worker_connections 768;
		# multi_accept on;
	}
	
	http {
	
		##
		# Basic Settings
		##
	
		sendfile on;
		tcp_nopush on;
		types_hash_max_size 2048;
		server_tokens off; # Recommended practice is to turn this off
	
		# server_names_hash_bucket_size 64;
		# server_name_in_redirect off;
	
		include /etc/nginx/mime.types;
		default_type application/octet-stream;
	
		##
		# SSL Settings
		##
	
		ssl_protocols TLSv1.2 TLSv1.3; # Dropping SSLv3 (POODLE), TLS 1.0, 1.1
		ssl_prefer_server_ciphers off; # Don't force server cipher order.
	
		##
		# Logging Settings
		##
	
		access_log /var/log/nginx/access.log;
	
		##
		# Gzip Settings
		##
	
		gzip on;
	
		# gzip_vary on;
		# gzip_proxied any;
		# gzip_comp_level 6;
		# gzip_buffers 16 8k;
		# gzip_http_version 1.1;
		# gzip_types text/plain text/css application/json application/javascript text/xml application/xml application/xml+rss text/javascript;
	
		##
		# Virtual Host Configs
		##
	
		include /etc/nginx/conf.d/*.conf;
		include /etc/nginx/sites-enabled/*;
	}
	
	
	#mail {
	#	# See sample authentication script at:
	#	# http://wiki.nginx.org/ImapAuthenticateWithApachePhpScript
	#
	#	# auth_http localhost/auth.php;
	#	# pop3_capabilities "TOP" "USER";
	#	# imap_capabilities "IMAP4rev1" "UIDPLUS";
	#
	#	server {
	#		listen     localhost:110;
	#		protocol   pop3;
	#		proxy      on;
	#	}
	#
	#	server {
	#		listen     localhost:143;
	#		protocol   imap;
	#		proxy      on;
	#	}
	#}
	
644 0:0 1545 /etc/nginx/proxy_params
644 0:0 2038 /etc/nginx/scgi_params
755 0:0 0 /etc/nginx/sites-available/
644 0:0 99 /etc/nginx/sites-available/default
755 0:0 0 /etc/nginx/sites-enabled/
777 0:0 0 /etc/nginx/sites-enabled/default -> /etc/nginx/sites-available/default
755 0:0 0 /etc/nginx/snippets/
644 0:0 423 /etc/nginx/snippets/fastcgi-php.conf
644 0:0 217 /etc/nginx/snippets/snakeoil.conf
644 0:0 2067 /etc/nginx/uwsgi_params
644 0:0 3071 /etc/nginx/win-utf
755 0:0 0 /etc/ufw/
755 0:0 0 /etc/ufw/applications.d/
644 0:0 521 /etc/ufw/applications.d/nginx
777 0:0 0 /usr/bin/ctstat -> lnstat
755 0:0 721912 /usr/bin/ip
755 0:0 27304 /usr/bin/lnstat
755 0:0 117272 /usr/bin/nstat
755 0:0 203440 /usr/bin/rdma
755 0:0 1658 /usr/bin/routel
777 0:0 0 /usr/bin/rtstat -> lnstat
755 0:0 211968 /usr/bin/ss
755 0:0 0 /usr/include/iproute2/
644 0:0 1287 /usr/include/iproute2/bpf_elf.h
755 0:0 0 /usr/lib/nginx/
755 0:0 0 /usr/lib/nginx/modules/
644 0:0 49376 /usr/lib/nginx/modules/ngx_http_echo_module.so
755 0:0 113208 /usr/sbin/arpd
755 0:0 174712 /usr/sbin/bridge
755 0:0 54600 /usr/sbin/capsh
755 0:0 174768 /usr/sbin/dcb
755 0:0 244784 /usr/sbin/devlink
755 0:0 129624 /usr/sbin/genl
755 0:0 14576 /usr/sbin/getcap
755 0:0 14576 /usr/sbin/getpcaps
777 0:0 0 /usr/sbin/ip -> ../bin/ip
755 0:0 1491464 /usr/sbin/nginx
755 0:0 117280 /usr/sbin/rtacct
755 0:0 121368 /usr/sbin/rtmon
755 0:0 14576 /usr/sbin/setcap
755 0:0 593608 /usr/sbin/tc
755 0:0 174768 /usr/sbin/tipc
755 0:0 125680 /usr/sbin/vdpa
755 0:0 0 /usr/share/apport/
755 0:0 0 /usr/share/iproute2/
755 0:0 0 /usr/share/nginx/
755 0:0 0 /usr/share/nginx/html/
644 0:0 121 /usr/share/nginx/html/index.html
	<!DOCTYPE html>
	<html>
	<head>
	<title>Welcome to nginx!</title>
	</head>
	<body>
	<h1>Welcome to nginx!</h1>
	</body>
	</html>
	
777 0:0 0 /usr/share/nginx/modules -> ../../lib/nginx/modules
755 0:0 0 /usr/share/nginx/modules-available/
644 0:0 45 /usr/share/nginx/modules-available/mod-http-echo.conf
755 0:0 0 /usr/share/vim/
755 0:0 0 /var/lib/nginx/
644 0:0 4780 /var/log/apt/eipp.log.xz
644 0:0 954 /var/log/apt/history.log
640 0:4 6845 /var/log/apt/term.log
644 0:0 49862 /var/log/dpkg.log
755 0:4 0 /var/log/nginx/
777 0:0 0 /var/log/nginx/access.log -> /dev/stdout
777 0:0 0 /var/log/nginx/error.log -> /dev/stderr
755 0:0 0 /var/www/
755 0:0 0 /var/www/html/
644 0:0 615 /var/www/html/index.nginx-debian.html`;

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
	types {
	    text/html                                        html htm shtml;
	    text/css                                         css;
	    text/xml                                         xml;
	    image/gif                                        gif;
	    image/jpeg                                       jpeg jpg;
	    application/javascript                           js;
	    application/atom+xml                             atom;
	    application/rss+xml                              rss;
	
	    text/mathml                                      mml;
	    text/plain                                       txt;
	    text/vnd.sun.j2me.app-descriptor                 jad;
	    text/vnd.wap.wml                                 wml;
	    text/x-component                                 htc;
	
	    image/avif                                       avif;
	    image/png                                        png;
	    image/svg+xml                                    svg svgz;
	    image/tiff                                       tif tiff;
	    image/vnd.wap.wbmp                               wbmp;
	    image/webp                                       webp;
	    image/x-icon                                     ico;
	    image/x-jng                                      jng;
	    image/x-ms-bmp                                   bmp;
	
	    font/woff                                        woff;
	    font/woff2                                       woff2;
	
	    application/java-archive                         jar war ear;
	    application/json                                 json;
	    application/mac-binhex40                         hqx;
	    application/msword                               doc;
	    application/pdf                                  pdf;
	    application/postscript                           ps eps ai;
	    application/rtf                                  rtf;
	    application/vnd.apple.mpegurl                    m3u8;
	    application/vnd.google-earth.kml+xml             kml;
	    application/vnd.google-earth.kmz                 kmz;
	    application/vnd.ms-excel                         xls;
	    application/vnd.ms-fontobject                    eot;
	    application/vnd.ms-powerpoint                    ppt;
	    application/vnd.oasis.opendocument.graphics      odg;
	    application/vnd.oasis.opendocument.presentation  odp;
	    application/vnd.oasis.opendocument.spreadsheet   ods;
	    application/vnd.oasis.opendocument.text          odt;
	    application/vnd.openxmlformats-officedocument.presentationml.presentation
	                                                     pptx;
	    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
	                                                     xlsx;
	    application/vnd.openxmlformats-officedocument.wordprocessingml.document
	                                                     docx;
	    application/vnd.wap.wmlc                         wmlc;
	    application/wasm                                 wasm;
	    application/x-7z-compressed                      7z;
	    application/x-cocoa                              cco;
	    application/x-java-archive-diff                  jardiff;
	    application/x-java-jnlp-file                     jnlp;
	    application/x-makeself                           run;
	    application/x-perl                               pl pm;
	    application/x-pilot                              prc pdb;
	    application/x-rar-compressed                     rar;
	    application/x-redhat-package-manager             rpm;
	    application/x-sea                                sea;
	    application/x-shockwave-flash                    swf;
	    application/x-stuffit                            sit;
	    application/x-tcl                                tcl tk;
	    application/x-x509-ca-cert                       der pem crt;
	    application/x-xpinstall                          xpi;
	    application/xhtml+xml                            xhtml;
	    application/xslt+xml                             xsl xslt;
	    application/xspf+xml                             xspf;
	    application/zip                                  zip;
	
	    application/octet-stream                         bin exe dll;
	    application/octet-stream                         deb;
	    application/octet-stream                         dmg;
	    application/octet-stream                         iso img;
	    application/octet-stream                         msi msp msm;
	
	    audio/midi                                       mid midi kar;
	    audio/mpeg                                       mp3;
	    audio/ogg                                        ogg;
	    audio/x-m4a                                      m4a;
	    audio/x-realaudio                                ra;
	
	    video/3gpp                                       3gpp 3gp;
	    video/mp2t                                       ts;
	    video/mp4                                        mp4;
	    video/mpeg                                       mpeg mpg;
	    video/ogg                                        ogv;
	    video/quicktime                                  mov;
	    video/webm                                       webm;
	    video/x-flv                                      flv;
	    video/x-m4v                                      m4v;
	    video/x-matroska                                 mkv;
	    video/x-mng                                      mng;
	    video/x-ms-asf                                   asx asf;
	    video/x-ms-wmv                                   wmv;
	    video/x-msvideo                                  avi;
	}
	
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
	server {
	  listen 80;
	  server_name localhost;
	  root /usr/share/nginx/html;
	  index index.html;
	}
	
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
	load_module modules/ngx_http_echo_module.so;
	
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

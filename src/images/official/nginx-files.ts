const indented = (text: string) =>
  text
    .split('\n')
    .map((line) => `\t${line}`)
    .join('\n');
const file = (mode: string, path: string, text: string) => `${mode} 0:0 ${text.length} ${path}\n${indented(text)}`;

/** Starts like the official image's entrypoint: says what it looks for, and runs what lies in /docker-entrypoint.d. */
const ENTRYPOINT = `#!/bin/sh
set -e
say() { [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$@"; }
if [ "$1" = nginx ] || [ "$1" = nginx-debug ]; then
  if [ -n "$(ls /docker-entrypoint.d 2>/dev/null)" ]; then
    say "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"
    say "$0: Looking for shell scripts in /docker-entrypoint.d/"
    for f in /docker-entrypoint.d/*; do
      case "$f" in
        *.envsh) if [ -x "$f" ]; then say "$0: Sourcing $f"; . "$f"; else say "$0: Ignoring $f, not executable"; fi ;;
        *.sh) if [ -x "$f" ]; then say "$0: Launching $f"; "$f"; else say "$0: Ignoring $f, not executable"; fi ;;
        *) say "$0: Ignoring $f" ;;
      esac
    done
    say "$0: Configuration complete; ready for start up"
  else
    say "$0: No files found in /docker-entrypoint.d/, skipping configuration"
  fi
fi
exec "$@"
`;

const LISTEN = `#!/bin/sh
conf=/etc/nginx/conf.d/default.conf
say() { [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "10-listen-on-ipv6-by-default.sh: $@"; }
if [ ! -f "$conf" ]; then say "info: /etc/nginx/conf.d/default.conf is not a file or does not exist"; exit 0; fi
touch "$conf" 2>/dev/null || { say "info: can not modify /etc/nginx/conf.d/default.conf (read-only file system?)"; exit 0; }
grep -q 'listen  *\\[::\\]:80;' "$conf" && { say 'info: IPv6 listen already enabled'; exit 0; }
say "info: Getting the checksum of /etc/nginx/conf.d/default.conf"
grep -q 'server_name  localhost;' "$conf" || { say "info: /etc/nginx/conf.d/default.conf differs from the packaged version"; exit 0; }
sed -i -E 's,listen       80;,listen       80;\\n    listen  [::]:80;,' "$conf"
say "info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf"
`;

const TEMPLATES = `#!/bin/sh
dir=\${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}
[ -d "$dir" ] || exit 0
for t in "$dir"/*.template; do
  [ -e "$t" ] || exit 0
  out=/etc/nginx/conf.d/$(basename "$t" .template)
  [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "20-envsubst-on-templates.sh: Running envsubst on $t to $out"
  cp "$t" "$out"
  env | cut -d= -f1 | while read -r n; do v=$(printenv "$n"); sed -i "s|[$]{$n}|$v|g" "$out"; done
done
`;

const NGINX_CONF = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`;

const DEFAULT_CONF = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;
const TYPES =
  'types {\n    text/html html htm;\n    text/css css;\n    application/javascript js;\n    application/json json;\n    text/plain txt;\n    image/svg+xml svg;\n    image/png png;\n}\n';

/** Files of nginx itself, as nginx.org packages it: /etc/nginx/conf.d/default.conf, logs that lead to the container's streams. */
export const NGINX_FILES = [
  '755 0:0 1642408 /usr/sbin/nginx',
  '755 0:0 0 /etc/nginx/conf.d/',
  file('644', '/etc/nginx/nginx.conf', NGINX_CONF),
  file('644', '/etc/nginx/conf.d/default.conf', DEFAULT_CONF),
  file('644', '/etc/nginx/mime.types', TYPES),
  file('644', '/usr/share/nginx/html/index.html', PAGE),
  file(
    '644',
    '/usr/share/nginx/html/50x.html',
    '<!DOCTYPE html>\n<html>\n<head>\n<title>Error</title>\n</head>\n<body>\n<h1>An error occurred.</h1>\n</body>\n</html>\n',
  ),
  '755 101:0 0 /var/cache/nginx/',
  '755 0:0 0 /var/log/nginx/',
  '777 0:0 0 /var/log/nginx/access.log -> /dev/stdout',
  '777 0:0 0 /var/log/nginx/error.log -> /dev/stderr',
  '755 0:0 0 /docker-entrypoint.d/',
].join('\n');

/** The user that nginx runs as, added to a system's accounts. */
export function nginxAccount(passwd: string, group: string): string {
  return [
    file('644', '/etc/passwd', `${passwd}nginx:x:101:101:nginx user:/nonexistent:/bin/false\n`),
    file('644', '/etc/group', `${group}nginx:x:101:\n`),
  ].join('\n');
}

/** The entrypoint and its steps, each with the number of its layer. */
export const NGINX_SCRIPTS: readonly (readonly [string, string])[] = [
  ['docker-entrypoint.sh /', file('755', '/docker-entrypoint.sh', ENTRYPOINT)],
  [
    '10-listen-on-ipv6-by-default.sh /docker-entrypoint.d',
    file('755', '/docker-entrypoint.d/10-listen-on-ipv6-by-default.sh', LISTEN),
  ],
  [
    '15-local-resolvers.envsh /docker-entrypoint.d',
    file('755', '/docker-entrypoint.d/15-local-resolvers.envsh', '#!/bin/sh\n'),
  ],
  [
    '20-envsubst-on-templates.sh /docker-entrypoint.d',
    file('755', '/docker-entrypoint.d/20-envsubst-on-templates.sh', TEMPLATES),
  ],
  [
    '30-tune-worker-processes.sh /docker-entrypoint.d',
    file('755', '/docker-entrypoint.d/30-tune-worker-processes.sh', '#!/bin/sh\n'),
  ],
];

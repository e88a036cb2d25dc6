/**
 * What nginx's own packages put into its images: program, modules, configuration, and the scripts of the entrypoint, which are
 * told here in our own words and do what the real ones do.
 */
import { data, link, program, script, type LaidFile, type LaidFiles } from '../file-layer.ts';

const CONFIGURATION = `
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
    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;

const DEFAULT_SITE = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    # server errors are answered with a static page
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto; font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>The web server is installed and works. What it serves has still to be configured.</p>
<p>Documentation: <a href="https://nginx.org/">nginx.org</a>.</p>
</body>
</html>
`;

const ERROR_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
</head>
<body>
<h1>An error occurred.</h1>
<p>The page cannot be shown at the moment. Please try again later.</p>
</body>
</html>
`;

const MIME_TYPES = `
types {
    text/html                                        html htm shtml;
    text/css                                         css;
    text/xml                                         xml;
    image/gif                                        gif;
    image/jpeg                                       jpeg jpg;
    application/javascript                           js;
    application/atom+xml                             atom;
    application/rss+xml                              rss;
    text/plain                                       txt;
    image/avif                                       avif;
    image/png                                        png;
    image/svg+xml                                    svg svgz;
    image/webp                                       webp;
    image/x-icon                                     ico;
    font/woff                                        woff;
    font/woff2                                       woff2;
    application/json                                 json;
    application/pdf                                  pdf;
    application/wasm                                 wasm;
    application/zip                                  zip;
    application/octet-stream                         bin exe dll deb dmg iso img msi;
    audio/mpeg                                       mp3;
    audio/ogg                                        ogg;
    video/mp4                                        mp4;
    video/webm                                       webm;
}
`;

/** Runs what lies in /docker-entrypoint.d when nginx itself is to be started, then the command. */
const ENTRYPOINT = `#!/bin/sh
set -e

say() {
    if [ -z "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$@"
    fi
}

if [ "$1" = "nginx" ] || [ "$1" = "nginx-debug" ]; then
    if /usr/bin/find "/docker-entrypoint.d/" -mindepth 1 -maxdepth 1 -type f -print -quit 2>/dev/null | read v; then
        say "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"
        say "$0: Looking for shell scripts in /docker-entrypoint.d/"
        find "/docker-entrypoint.d/" -follow -type f -print | sort -V | while read -r f; do
            case "$f" in
                *.envsh)
                    if [ -x "$f" ]; then
                        say "$0: Sourcing $f"
                        . "$f"
                    else
                        say "$0: Ignoring $f, not executable"
                    fi
                    ;;
                *.sh)
                    if [ -x "$f" ]; then
                        say "$0: Launching $f"
                        "$f"
                    else
                        say "$0: Ignoring $f, not executable"
                    fi
                    ;;
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

const LISTEN_ON_IPV6 = `#!/bin/sh
# Has the default site listen on IPv6 too, if it is still as it was shipped.
set -e

say() {
    if [ -z "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$@"
    fi
}

me=$(basename "$0")
site=etc/nginx/conf.d/default.conf

[ -f /proc/net/if_inet6 ] || { say "$me: info: ipv6 not available"; exit 0; }
[ -f "/$site" ] || { say "$me: info: /$site is not a file or does not exist"; exit 0; }
touch "/$site" 2>/dev/null || { say "$me: info: can not modify /$site (read-only file system?)"; exit 0; }
if grep -q "listen  *\\[::\\]:80;" "/$site"; then
    say "$me: info: IPv6 listen already enabled"
    exit 0
fi

say "$me: info: Getting the checksum of /$site"
sed -i -E 's,listen       80;,listen       80;\\n    listen  [::]:80;,' "/$site"
say "$me: info: Enabled listen on IPv6 in /$site"
exit 0
`;

const LOCAL_RESOLVERS = `#!/bin/sh
# Gives templates the name servers of the container, where that is asked for.
[ "\${NGINX_ENTRYPOINT_LOCAL_RESOLVERS:-}" ] || return 0
NGINX_LOCAL_RESOLVERS=$(awk 'BEGIN{ORS=" "} $1=="nameserver" {if ($2 ~ ":") {print "["$2"]"} else {print $2}}' /etc/resolv.conf)
NGINX_LOCAL_RESOLVERS="\${NGINX_LOCAL_RESOLVERS% }"
export NGINX_LOCAL_RESOLVERS
`;

const TEMPLATES = `#!/bin/sh
# Writes /etc/nginx/conf.d from the templates, with the environment's variables in place of their names.
set -e

me=$(basename "$0")

say() {
    if [ -z "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$me: $*"
    fi
}

templates="\${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}"
suffix="\${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}"
output="\${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}"
filter="\${NGINX_ENVSUBST_FILTER:-}"

[ -d "$templates" ] || exit 0
if [ ! -w "$output" ]; then
    say "ERROR: $templates exists, but $output is not writable"
    exit 0
fi
names=$(printf '\${%s} ' $(awk "END { for (name in ENVIRON) { print ( name ~ /$filter/ ) ? name : \\"\\" } }" < /dev/null))
find "$templates" -follow -type f -name "*$suffix" -print | while read -r template; do
    relative="\${template#"$templates/"}"
    result="$output/\${relative%"$suffix"}"
    mkdir -p "$(dirname "$result")"
    say "Running envsubst on $template to $result"
    envsubst "$names" < "$template" > "$result"
done
`;

const TUNE_WORKERS = `#!/bin/sh
# Sets the number of workers to the processors that the container may use, where that is asked for.
set -eu
[ "\${NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE:-}" ] || exit 0
touch /etc/nginx/nginx.conf 2>/dev/null || { echo "$(basename "$0"): error: can not modify /etc/nginx/nginx.conf (read-only file system?)"; exit 0; }
processors=$(getconf _NPROCESSORS_ONLN)
sed -i.bak -r 's/^(worker_processes)(.*)$/# Commented out by '"$(basename "$0")"' on '"$(date)"'\\n#\\1\\2\\n\\1 '"$processors"';/' /etc/nginx/nginx.conf
`;

/** The entrypoint's scripts in the order of their COPY instructions. */
export const ENTRYPOINT_SCRIPTS: readonly (readonly [instruction: string, path: string, file: LaidFile])[] = [
  ['docker-entrypoint.sh /', '/docker-entrypoint.sh', script(ENTRYPOINT)],
  ...(
    [
      ['10-listen-on-ipv6-by-default.sh', LISTEN_ON_IPV6],
      ['15-local-resolvers.envsh', LOCAL_RESOLVERS],
      ['20-envsubst-on-templates.sh', TEMPLATES],
      ['30-tune-worker-processes.sh', TUNE_WORKERS],
    ] as const
  ).map(([name, text]) => [`${name} /docker-entrypoint.d`, `/docker-entrypoint.d/${name}`, script(text)] as const),
];

const MODULES = ['http_geoip', 'http_image_filter', 'http_js', 'http_xslt_filter', 'stream_geoip', 'stream_js'];

/** Files of nginx's packages, beside the libraries they need. */
export function nginxFiles(sizes: { readonly program: number; readonly script: number }): LaidFiles {
  const modules = MODULES.flatMap((name) => {
    const sizeBytes = name.endsWith('_js') ? sizes.script : 30_000;
    return [
      [`/usr/lib/nginx/modules/ngx_${name}_module.so`, program(sizeBytes)] as const,
      [`/usr/lib/nginx/modules/ngx_${name}_module-debug.so`, program(sizeBytes)] as const,
    ];
  });
  return {
    '/docker-entrypoint.d': { directory: true },
    '/etc/nginx/conf.d/default.conf': { text: DEFAULT_SITE },
    '/etc/nginx/fastcgi_params': data(1_007),
    '/etc/nginx/mime.types': { text: MIME_TYPES },
    '/etc/nginx/modules': link('/usr/lib/nginx/modules'),
    '/etc/nginx/nginx.conf': { text: CONFIGURATION },
    '/etc/nginx/scgi_params': data(636),
    '/etc/nginx/uwsgi_params': data(664),
    '/usr/sbin/nginx': program(sizes.program),
    '/usr/sbin/nginx-debug': program(Math.round(sizes.program * 1.06)),
    '/usr/share/nginx/html/50x.html': { text: ERROR_PAGE },
    '/usr/share/nginx/html/index.html': { text: WELCOME },
    '/var/cache/nginx': { directory: true },
    '/var/log/nginx': { directory: true },
    '/var/log/nginx/access.log': link('/dev/stdout'),
    '/var/log/nginx/error.log': link('/dev/stderr'),
    ...Object.fromEntries(modules),
  };
}

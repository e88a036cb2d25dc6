/** What a build of Apache httpd puts below /usr/local/apache2: programs, modules, configuration, the first page. */
import { data, program, script, type LaidFiles } from '../file-layer.ts';

export const PREFIX = '/usr/local/apache2';

/** Modules that the default configuration loads. */
const LOADED =
  'mpm_event authn_file authn_core authz_host authz_groupfile authz_user authz_core access_compat auth_basic reqtimeout filter ' +
  'mime log_config env headers setenvif version unixd status autoindex dir alias';
/** Modules that are built and left out of it. */
const UNLOADED =
  'mpm_prefork mpm_worker authn_dbm authn_anon authn_dbd authn_socache authz_dbm authz_owner authz_dbd authnz_ldap authnz_fcgi ' +
  'auth_form auth_digest allowmethods file_cache cache cache_disk cache_socache socache_shmcb socache_dbm socache_memcache ' +
  'socache_redis watchdog macro dbd dumpio buffer data ratelimit ext_filter request include reflector substitute sed charset_lite ' +
  'deflate xml2enc proxy_html brotli log_debug log_forensic logio lua mime_magic expires unique_id remoteip proxy proxy_connect ' +
  'proxy_ftp proxy_http proxy_fcgi proxy_scgi proxy_uwsgi proxy_fdpass proxy_wstunnel proxy_ajp proxy_balancer proxy_express ' +
  'proxy_hcheck session session_cookie session_crypto session_dbd slotmem_shm slotmem_plain ssl dialup http2 proxy_http2 md ' +
  'lbmethod_byrequests lbmethod_bytraffic lbmethod_bybusyness lbmethod_heartbeat heartbeat heartmonitor dav asis info suexec cgid ' +
  'cgi dav_fs dav_lock vhost_alias negotiation imagemap actions speling userdir rewrite ldap cern_meta ident usertrack';

/** Bytes of the modules that are much larger than the others. */
const LARGE_MODULES: Readonly<Record<string, number>> = {
  dav: 119_000,
  http2: 372_000,
  ldap: 78_000,
  lua: 174_000,
  md: 372_000,
  proxy: 168_000,
  proxy_ajp: 64_000,
  proxy_balancer: 71_000,
  rewrite: 92_000,
  ssl: 302_000,
};
const USUAL_MODULE_BYTES = 31_000;

const MODULES = [...LOADED.split(' '), ...UNLOADED.split(' ')];

const loadLine = (name: string): string => `LoadModule ${name}_module modules/mod_${name}.so`;

const CONFIGURATION = `# The configuration of the server. Paths without a leading slash are below ServerRoot.
ServerRoot "${PREFIX}"

Listen 80

${LOADED.split(' ').map(loadLine).join('\n')}
${UNLOADED.split(' ')
  .map((name) => `#${loadLine(name)}`)
  .join('\n')}

<IfModule unixd_module>
User www-data
Group www-data
</IfModule>

ServerAdmin you@example.com
#ServerName www.example.com:80

<Directory />
    AllowOverride none
    Require all denied
</Directory>

DocumentRoot "${PREFIX}/htdocs"
<Directory "${PREFIX}/htdocs">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>

<IfModule dir_module>
    DirectoryIndex index.html
</IfModule>

<Files ".ht*">
    Require all denied
</Files>

ErrorLog /proc/self/fd/2
LogLevel warn

<IfModule log_config_module>
    LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined
    LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
    CustomLog /proc/self/fd/1 common
</IfModule>

<IfModule alias_module>
    ScriptAlias /cgi-bin/ "${PREFIX}/cgi-bin/"
</IfModule>

<Directory "${PREFIX}/cgi-bin">
    AllowOverride None
    Options None
    Require all granted
</Directory>

<IfModule headers_module>
    RequestHeader unset Proxy early
</IfModule>

<IfModule mime_module>
    TypesConfig conf/mime.types
    AddType application/x-compress .Z
    AddType application/x-gzip .gz .tgz
</IfModule>

#Include conf/extra/httpd-vhosts.conf
#Include conf/extra/httpd-ssl.conf

<IfModule ssl_module>
SSLRandomSeed startup builtin
SSLRandomSeed connect builtin
</IfModule>
`;

/** Starts the server in the foreground, after the process id that a killed one may have left is gone. */
export const FOREGROUND = script(
  '#!/bin/sh\nset -e\n\nrm -f /usr/local/apache2/logs/httpd.pid\n\nexec httpd -DFOREGROUND "$@"\n',
);

const EXTRA = 'autoindex dav default info languages manual mpm multilang-errordoc ssl userdir vhosts proxy-html'.split(
  ' ',
);
const ICONS =
  'a alert apache_pb back ball.gray binary blank bomb box1 broken burst c comp.blue compressed dir folder generic hand.up image1 layout left link movie patch pdf pie0 portal ps quill right script sound1 tar tex text unknown up uuencoded world1'.split(
    ' ',
  );
const ERRORS =
  'HTTP_BAD_GATEWAY HTTP_BAD_REQUEST HTTP_FORBIDDEN HTTP_GONE HTTP_INTERNAL_SERVER_ERROR HTTP_METHOD_NOT_ALLOWED HTTP_NOT_FOUND HTTP_NOT_IMPLEMENTED HTTP_REQUEST_TIME_OUT HTTP_SERVICE_UNAVAILABLE HTTP_UNAUTHORIZED'.split(
    ' ',
  );
const HEADERS =
  'ap_config ap_mpm ap_release http_config http_core http_log http_main http_protocol http_request httpd mod_auth mod_cache mod_dav mod_log_config mod_proxy mod_ssl scoreboard util_filter util_ldap util_script'.split(
    ' ',
  );
const PROGRAMS = 'ab htcacheclean htdbm htdigest htpasswd httxt2dbm logresolve rotatelogs fcgistarter'.split(' ');

/** The tree of the build; `httpdBytes` is the size of the server itself. */
export function httpdFiles(httpdBytes: number): LaidFiles {
  const at = <T>(names: readonly string[], path: (name: string) => string, file: (name: string) => T) =>
    Object.fromEntries(names.map((name) => [`${PREFIX}/${path(name)}`, file(name)]));
  return {
    [PREFIX]: { directory: true, uid: 33, gid: 33 },
    [`${PREFIX}/bin/httpd`]: program(httpdBytes),
    [`${PREFIX}/bin/apachectl`]: script(
      `#!/bin/sh\n# Starts and stops the server.\ncase "$1" in\n  configtest) exec ${PREFIX}/bin/httpd -t ;;\n  *) exec ${PREFIX}/bin/httpd -k "$@" ;;\nesac\n`,
    ),
    [`${PREFIX}/bin/envvars`]: { text: "# variables of the server's environment\n" },
    [`${PREFIX}/bin/apxs`]: { sizeBytes: 23_500, mode: 0o755 },
    ...at(
      PROGRAMS,
      (name) => `bin/${name}`,
      () => program(66_000),
    ),
    ...at(
      MODULES,
      (name) => `modules/mod_${name}.so`,
      (name) => program(LARGE_MODULES[name] ?? USUAL_MODULE_BYTES),
    ),
    [`${PREFIX}/modules/httpd.exp`]: data(25_000),
    [`${PREFIX}/conf/httpd.conf`]: { text: CONFIGURATION },
    [`${PREFIX}/conf/magic`]: data(13_064),
    [`${PREFIX}/conf/mime.types`]: data(60_847),
    ...at(
      EXTRA,
      (name) => `conf/extra/httpd-${name}.conf`,
      () => data(2_500),
    ),
    [`${PREFIX}/htdocs/index.html`]: { text: '<html><body><h1>It works!</h1></body></html>\n' },
    [`${PREFIX}/cgi-bin/printenv`]: data(820),
    [`${PREFIX}/cgi-bin/test-cgi`]: data(1_074),
    ...at(
      ERRORS,
      (name) => `error/${name}.html.var`,
      () => data(6_800),
    ),
    ...at(
      ICONS,
      (name) => `icons/${name}.gif`,
      () => data(260),
    ),
    ...at(
      ICONS,
      (name) => `icons/${name}.png`,
      () => data(310),
    ),
    ...at(
      HEADERS,
      (name) => `include/${name}.h`,
      () => data(14_500),
    ),
    [`${PREFIX}/build/config.nice`]: data(700),
    [`${PREFIX}/build/libtool`]: { sizeBytes: 350_000, mode: 0o755 },
    [`${PREFIX}/logs`]: { directory: true },
  };
}

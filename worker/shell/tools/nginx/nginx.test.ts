import { describe, expect, it } from 'vitest';
import { openTestTerminal, type TestTerminal } from '../../../../tests/cli/terminal.ts';

/** How long a server may take to listen, on a busy machine. */
const PATIENT = { timeout: 20_000 };

const SITE = `server {
    listen 80;
    server_name one.test;
    root /usr/share/nginx/html;
    location / { try_files $uri $uri/ /fallback.html; }
    location = /hello { default_type text/plain; return 200 "hello $arg_name from $remote_addr\\n"; }
    location /old { return 301 /new; }
    location /files/ { alias /srv/; autoindex on; add_header X-Listed "$uri"; }
    location ~ \\.secret$ { deny all; }
    location /api/ { proxy_pass http://172.17.0.3:8000/; }
    location /gone/ { return 404; }
    error_page 404 /404.html;
    location = /404.html { internal; }
}
server {
    listen 81;
    location / { return 200 "the other\\n"; }
}
`;

async function openNginx(): Promise<TestTerminal['say']> {
  const { say } = await openTestTerminal({ busybox: true });
  await say('docker run -d -p 8080:80 -p 8081:81 --name web nginx:alpine');
  await expect.poll(() => say('curl -s -o /dev/null -w %{http_code} localhost:8080'), PATIENT).toBe('200');
  return say;
}

const html = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.27.5</center>\r\n</body>\r\n</html>\r\n`;

describe('nginx', () => {
  it('serves its first page on a published port, and tells of it as nginx does', async () => {
    const say = await openNginx();
    expect(await say('docker exec web sh -c "echo page > /usr/share/nginx/html/page.html"')).toBe('');
    const head = (await say('curl -sI localhost:8080/page.html')).replaceAll('\r', '').split('\n');
    expect(head.map((line) => line.replace(/:.*/, ''))).toEqual([
      'HTTP/1.1 200 OK',
      'Server',
      'Date',
      'Content-Type',
      'Content-Length',
      'Last-Modified',
      'Connection',
      'ETag',
      'Accept-Ranges',
      '',
      '',
    ]);
    expect(await say('curl -s localhost:8080/page.html')).toBe('page\n');
    expect(await say('curl -s localhost:8080/nosuch')).toBe(html('404 Not Found'));
    const log = await say('docker logs web 2>&1');
    expect(log).toMatch(/\[notice\] 1#1: start worker process 29\n/);
    expect(log).toMatch(
      /^172\.17\.0\.1 - - \[[^\]]+ \+0000\] "GET \/page\.html HTTP\/1\.1" 200 5 "-" "curl\/8\.5\.0" "-"$/m,
    );
    expect(log).toMatch(
      /\[error\] 29#29: \*\d+ open\(\) "\/usr\/share\/nginx\/html\/nosuch" failed \(2: No such file or directory\), client: 172\.17\.0\.1, server: localhost, request: "GET \/nosuch HTTP\/1\.1", host: "localhost:8080"\n/,
    );
    expect(await say('docker stop web')).toBe('web\n');
    expect(await say('docker logs --tail 1 web 2>&1')).toMatch(/\[notice\] 1#1: exit\n/);
    expect(await say("docker inspect -f '{{.State.ExitCode}}' web")).toBe('0\n');
  });

  it('follows its configuration, anew after nginx -s reload', async () => {
    const say = await openNginx();
    await say(`cat > site.conf <<'END'\n${SITE}END`);
    await say('docker cp site.conf web:/etc/nginx/conf.d/default.conf');
    await say(
      'docker exec web sh -c "cd /usr/share/nginx/html; echo last resort > fallback.html; echo own page > 404.html; echo x > a.secret; mkdir -p /srv/sub; echo one > /srv/one.txt"',
    );
    expect(await say('docker exec web nginx -t')).toContain('syntax is ok');
    await say('docker exec web nginx -s reload');
    await expect.poll(() => say('curl -s localhost:8080/hello?name=you'), PATIENT).toBe('hello you from 172.17.0.1\n');
    expect(await say('curl -s localhost:8080/no/such/page')).toBe('last resort\n');
    expect(await say('curl -s -w %{http_code},%{redirect_url} -o /dev/null localhost:8080/old')).toBe(
      '301,http://localhost/new',
    );
    const listing = await say('curl -si localhost:8080/files/');
    expect(listing).toContain('X-Listed: /files/');
    expect(listing).toMatch(/<a href="sub\/">sub\/<\/a> {47}\S+ \S+ +-\r\n<a href="one.txt">one.txt<\/a> .* 4\r\n/);
    expect(await say('curl -s localhost:8080/files/one.txt')).toBe('one\n');
    expect(await say('curl -s -o /dev/null -w %{http_code} localhost:8080/a.secret')).toBe('403');
    expect(await say('curl -s -w %{http_code} localhost:8080/gone/x')).toBe('own page\n404');
    expect(await say('curl -s localhost:8081')).toBe('the other\n');
    expect(await say('curl -s -X POST localhost:8080/files/one.txt')).toContain('405 Not Allowed');

    expect(await say('curl -s localhost:8080/api/x')).toContain('502 Bad Gateway');
    await say(
      'mkdir up; echo from above > up/x; docker run -d --name up -v ./up:/www busybox httpd -f -p 8000 -h /www',
    );
    await expect.poll(() => say('curl -s localhost:8080/api/x'), PATIENT).toBe('from above\n');
  });

  it('does not start with a configuration that it does not understand', async () => {
    const { say } = await openTestTerminal();
    const test = async (text: string): Promise<string> => {
      await say(`printf '%s' '${text}' > nginx.conf`);
      return say('docker run --rm -v ./nginx.conf:/etc/nginx/nginx.conf --entrypoint nginx nginx:alpine -t');
    };
    await say('docker pull -q nginx:alpine');
    const failed = 'nginx: configuration file /etc/nginx/nginx.conf test failed\n[1]';
    const problem = (text: string): string => `nginx: [emerg] ${text}\n${failed}`;
    expect(await test('events {}\nhttp {\n  lisen 80;\n}\n')).toBe(
      problem('unknown directive "lisen" in /etc/nginx/nginx.conf:3'),
    );
    expect(await test('events {}\nhttp {\n')).toBe(
      problem('unexpected end of file, expecting "}" in /etc/nginx/nginx.conf:3'),
    );
    expect(await test('events {}\n}\n')).toBe(problem('unexpected "}" in /etc/nginx/nginx.conf:2'));
    expect(await test('http { include /etc/nginx/none.conf; }\n')).toBe(
      problem('open() "/etc/nginx/none.conf" failed (2: No such file or directory) in /etc/nginx/nginx.conf:1'),
    );
    expect(await test('http {}\n')).toBe(problem('no "events" section in configuration'));
  });
});

describe('what nginx makes when it starts', () => {
  it('is in the writable layer, as its entrypoint and nginx itself make it', async () => {
    const say = await openNginx();
    expect(await say('docker exec web ls -l /var/cache/nginx')).toMatch(/drwx------ .* nginx +root .* client_temp\n/);
    expect((await say('docker diff web')).trim().split('\n').sort()).toEqual(
      [
        'C /etc',
        'C /etc/nginx',
        'C /etc/nginx/conf.d',
        'C /etc/nginx/conf.d/default.conf',
        'C /run',
        'A /run/nginx.pid',
        'C /var',
        'C /var/cache',
        'C /var/cache/nginx',
        ...['client', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map((name) => `A /var/cache/nginx/${name}_temp`),
      ].sort(),
    );
    expect(await say('docker logs web 2>&1')).toContain('Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf');
  });

  it('cannot be made by a user without rights, or on a read-only file system', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    const refused = (why: string): string =>
      `nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (${why})\n[1]`;
    const start = (flags: string): Promise<string> =>
      say(`docker run --rm ${flags} --entrypoint nginx nginx:alpine 2>&1 | tail -2; (exit 1)`);
    await say('docker pull -q nginx:alpine');
    expect(await start('--user 1000')).toBe(
      `nginx: [warn] the "user" directive makes sense only if the master process runs with super-user privileges, ignored in /etc/nginx/nginx.conf:2\n${refused('13: Permission denied')}`,
    );
    expect(await start('--read-only')).toBe(refused('30: Read-only file system'));
  });
});

import { expect, it } from 'vitest';
import { openTestTerminal } from '../../../../tests/cli/terminal.ts';

/** How long a server may take to listen, on a busy machine. */
const PATIENT = { timeout: 20_000 };

it('httpd serves its first page, listings and redirections, and logs as Apache does', async () => {
  const { say } = await openTestTerminal();
  await say('docker run -d -p 8080:80 --name web httpd:alpine');
  await expect
    .poll(() => say('curl -s localhost:8080'), PATIENT)
    .toBe('<html><body><h1>It works!</h1></body></html>\n');
  const missing = await say('curl -si localhost:8080/nosuch');
  expect(missing.replaceAll('\r', '')).toMatch(
    /^HTTP\/1\.1 404 Not Found\nDate: .*\nServer: Apache\/2\.4\.63 \(Unix\)\nContent-Length: 196\nContent-Type: text\/html; charset=iso-8859-1\n\n<!DOCTYPE HTML PUBLIC/,
  );
  await say('docker exec web sh -c "mkdir htdocs/sub; echo hi > htdocs/sub/a.txt; chmod 000 htdocs/index.html"');
  expect(await say('curl -s localhost:8080/sub/')).toContain(
    '<ul><li><a href="/"> Parent Directory</a></li>\n<li><a href="a.txt"> a.txt</a></li>\n</ul>',
  );
  expect(await say('curl -s -o /dev/null -w %{http_code},%{redirect_url} localhost:8080/sub')).toBe(
    '301,http://localhost:8080/sub/',
  );
  const log = await say('docker logs web 2>&1');
  expect(log).toContain('] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.63 (Unix) configured');
  expect(log).toMatch(/^172\.17\.0\.1 - - \[\d\d\/\w{3}\/\d{4}:[\d:]{8} \+0000\] "GET \/nosuch HTTP\/1\.1" 404 196\n/m);
  await say('docker stop web');
  expect(await say('docker logs --tail 1 web 2>&1')).toContain('AH00492: caught SIGWINCH, shutting down gracefully');

  await say(
    "printf 'Listen 8000\\nDocumentRoot /srv\\nDirectoryIndex first.txt\\nRedirect 301 /old /new\\n' > httpd.conf",
  );
  await say('mkdir srv; echo first > srv/first.txt');
  await say(
    'docker run -d -p 8081:8000 -v ./srv:/srv -v ./httpd.conf:/usr/local/apache2/conf/httpd.conf --name own httpd:alpine',
  );
  await expect.poll(() => say('curl -s localhost:8081'), PATIENT).toBe('first\n');
  expect(await say('curl -s -o /dev/null -w %{http_code},%{redirect_url} localhost:8081/old/x')).toBe('301,/new/x');
});

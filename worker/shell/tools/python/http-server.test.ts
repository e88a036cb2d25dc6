import { expect, it } from 'vitest';
import { openTestTerminal } from '../../../../tests/cli/terminal.ts';

it('python3 -m http.server lists a directory and hands out its files, and tells of each request', async () => {
  const { say } = await openTestTerminal();
  await say('mkdir -p srv/d; echo x > "srv/a b.txt"; echo index > srv/d/index.html');
  await say(
    'docker run -d -p 8000:9000 -v ./srv:/srv -w /srv --name py python:3.12-slim python3 -u -m http.server 9000',
  );
  const listing = `<!DOCTYPE HTML>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Directory listing for /</title>
</head>
<body>
<h1>Directory listing for /</h1>
<hr>
<ul>
<li><a href="a%20b.txt">a b.txt</a></li>
<li><a href="d/">d/</a></li>
</ul>
<hr>
</body>
</html>
`;
  await expect.poll(() => say('curl -s localhost:8000'), { timeout: 20_000 }).toBe(listing);
  expect(await say('curl -s "localhost:8000/a%20b.txt"')).toBe('x\n');
  expect(await say('curl -sL localhost:8000/d')).toBe('index\n');
  expect((await say('curl -sI localhost:8000/d/')).replaceAll('\r', '')).toMatch(
    /^HTTP\/1\.1 200 OK\nServer: SimpleHTTP\/0\.6 Python\/3\.12\.\d+\nDate: .*\nContent-type: text\/html\nContent-Length: 6\nLast-Modified: /,
  );
  expect(await say('curl -s -X POST localhost:8000/')).toContain("<p>Message: Unsupported method ('POST').</p>");
  expect(await say('curl -s localhost:8000/../../etc/passwd')).toContain('<p>Error code: 404</p>');
  const log = await say('docker logs py 2>&1');
  expect(log).toMatch(/^Serving HTTP on 0\.0\.0\.0 port 9000 \(http:\/\/0\.0\.0\.0:9000\/\) \.\.\.\n/);
  expect(log).toMatch(/^172\.17\.0\.1 - - \[\d\d\/\w{3}\/\d{4} [\d:]{8}\] "GET \/a%20b\.txt HTTP\/1\.1" 200 -\n/m);
  expect(log).toMatch(/\] code 404, message File not found\n.*"GET \/etc\/passwd HTTP\/1\.1" 404 -\n/);
});

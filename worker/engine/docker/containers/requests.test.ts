import { expect, it } from 'vitest';
import { openTestTerminal } from '../../../../tests/cli/terminal.ts';

it('a published web server answers with the files of its container, until it is stopped', async () => {
  const { say, engine } = await openTestTerminal({ busybox: true });
  const { containers } = engine.docker;
  const get = (path: string, method = 'GET'): Promise<Response> =>
    containers.request(8080, new Request(`http://localhost:8080${path}`, { method }));
  await expect(get('/')).rejects.toMatchObject({ code: 'network' });
  await say('mkdir -p site/sub; echo "<h1>hello</h1>" > site/index.html; echo deep > site/sub/note.txt');
  await say('docker run -d --name web -p 8080:80 -v ./site:/www busybox httpd -f -h /www');
  await expect
    .poll(() =>
      get('/').then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  const index = await get('/');
  expect(index.headers.get('content-type')).toBe('text/html');
  expect(await index.text()).toBe('<h1>hello</h1>\n');
  expect(await (await get('/sub/note.txt')).text()).toBe('deep\n');
  expect((await get('/sub')).headers.get('location')).toBe('/sub/');
  expect(await (await get('/nosuch')).text()).toContain('404 Not Found');
  expect((await get('/../etc/passwd')).status).toBe(404);
  expect((await get('/%2f../etc/passwd')).status).toBe(404);
  expect((await get('/%zz')).status).toBe(400);
  expect((await get('/', 'POST')).status).toBe(501);
  expect(await say('docker exec web httpd -f -h /www')).toBe('httpd: bind: Address already in use\n[1]');
  await say('echo changed > site/index.html');
  expect(await (await get('/')).text()).toBe('changed\n');
  expect(await say('docker rm -f web')).toBe('web\n');
  await expect(get('/')).rejects.toMatchObject({ code: 'network' });
});

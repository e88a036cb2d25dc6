import { describe, expect, it } from 'vitest';
import { clock, createJob, createRoot, ENVIRONMENT, random } from '../../../../tests/oracle/shell/strata-shell.ts';
import { concatBytes } from '../../../base/bytes.ts';
import { EngineError } from '../../../base/errors.ts';
import { resolvePath } from '../../../base/path.ts';
import type { Transport } from '../../../base/ports.ts';
import { decodeText } from '../../text.ts';
import { createExecutor } from '../../executor.ts';

/** Answers `/file` with text, `/echo` with what it was asked, everything else with 404; `silent.test` does not answer. */
const transport: Transport = async (request) => {
  const url = new URL(request.url);
  if (url.host === 'silent.test') throw new TypeError('Failed to fetch');
  if (url.host === 'closed.test') throw new EngineError('cors', 'closed.test does not let this page read its answers.');
  if (url.pathname === '/file') return new Response('some text\n', { headers: { 'content-length': '10' } });
  if (url.pathname === '/endless') return new Response(new ReadableStream({ start: () => undefined }));
  if (url.pathname === '/echo')
    return new Response(`${request.method} ${request.headers.get('content-type') ?? '-'} ${await request.text()}\n`);
  return new Response('gone\n', { status: 404, statusText: 'Not Found' });
};

async function shell(script: string, way: Transport = transport, signal = new AbortController().signal) {
  const out: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  const executor = createExecutor({ clock, random, transport: way });
  const { code } = await executor.run(
    {
      argv: ['/bin/sh', '-c', script],
      env: ENVIRONMENT,
      cwd: resolvePath('/case'),
      credentials: { uid: 0, gid: 0, groups: [] },
    },
    createRoot(),
    { stdout: (data) => void out.stdout.push(data), stderr: (data) => void out.stderr.push(data) },
    createJob(signal),
  );
  const text = (parts: Uint8Array[]): string => decodeText(concatBytes(parts));
  return { stdout: text(out.stdout), stderr: text(out.stderr), code };
}

describe('wget', () => {
  it('saves a file under the last segment of its URL', async () => {
    const { stdout, stderr, code } = await shell('wget http://a.test/file && cat file');
    expect(stdout).toBe('some text\n');
    expect(stderr).toContain("saving to 'file'\n");
    expect(stderr).toContain("'file' saved\n");
    expect(code).toBe(0);
  });

  it('is silent with -q and writes where -O and -P say', async () => {
    const { stdout, stderr } = await shell(
      'wget -q -O- http://a.test/file; wget -qO other a.test/file; wget -q -P d/e http://a.test/file; cat other d/e/file',
    );
    expect(stdout).toBe('some text\n'.repeat(3));
    expect(stderr).toBe('');
  });

  it('fails with 1 where the server refuses, is silent, or does not let a page read', async () => {
    const { stdout, stderr } = await shell(
      'wget -q http://a.test/no; echo $?; wget -q http://silent.test/; echo $?; wget -q http://closed.test/; echo $?; ls',
    );
    expect(stdout).toBe('1\n1\n1\n');
    expect(stderr).toContain('wget: server returned error: HTTP/1.1 404 Not Found\n');
    expect(stderr).toContain('(CORS)');
    expect(stderr).toContain('closed.test does not let this page read its answers.');
  });

  it('does not write over a file', async () => {
    const { stderr, code } = await shell('touch file; wget -q http://a.test/file');
    expect(stderr).toBe("wget: can't open 'file': File exists\n");
    expect(code).toBe(1);
  });

  it('says that there is no network where no way out was given', async () => {
    const executor = createExecutor({ clock, random });
    const errors: Uint8Array[] = [];
    const { code } = await executor.run(
      {
        argv: ['wget', 'http://a.test/'],
        env: ENVIRONMENT,
        cwd: resolvePath('/case'),
        credentials: { uid: 0, gid: 0, groups: [] },
      },
      createRoot(),
      { stdout: () => undefined, stderr: (data) => void errors.push(data) },
      createJob(),
    );
    expect(decodeText(concatBytes(errors))).toContain('RUN has no network here');
    expect(code).toBe(1);
  });

  it('ends at once when the build is cancelled while a server sends nothing', async () => {
    const stop = new AbortController();
    const running = shell('wget -q -O- http://a.test/endless', transport, stop.signal);
    await clock.sleep(50);
    const start = performance.now();
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - start).toBeLessThan(100);
  });
});

describe('curl', () => {
  it('prints what it gets, and with -f fails with 22 where the server refuses', async () => {
    const { stdout, stderr } = await shell(
      'curl -fsSL http://a.test/file; curl -s http://a.test/no; curl -fsS http://a.test/no; echo $?',
    );
    expect(stdout).toBe('some text\ngone\n22\n');
    expect(stderr).toBe('curl: (22) The requested URL returned error: 404\n');
  });

  it('sends what -d, -X and -H say', async () => {
    const { stdout } = await shell(
      "curl -s -d a=1 -d b=2 http://a.test/echo; curl -s -X PUT -H 'Content-Type: text/x' --data-raw @x http://a.test/echo; curl -s -G --data-urlencode 'q=a b' http://a.test/echo",
    );
    expect(stdout).toBe('POST application/x-www-form-urlencoded a=1&b=2\nPUT text/x @x\nGET - \n');
  });

  it('writes to -o and -O, and what -w asks for', async () => {
    const { stdout } = await shell(
      "curl -sO http://a.test/file; curl -so x -w '%{http_code} %{size_download}\\n' http://a.test/file; cat file x; curl -sI http://a.test/file | head -1",
    );
    expect(stdout).toBe('10\nsome text\nsome text\n'.replace('10', '200 10') + 'HTTP/1.1 200 OK\r\n');
  });

  it('fails with 7 where nothing answers, and says why', async () => {
    const { stderr, code } = await shell('curl -sS https://closed.test/x');
    expect(stderr).toBe(
      'curl: (7) Failed to connect to closed.test port 443: closed.test does not let this page read its answers. ' +
        'To build on here, put the file into the build context and COPY it.\n',
    );
    expect(code).toBe(7);
  });
});

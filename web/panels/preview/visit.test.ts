import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SiteAnswer, SiteRequest } from '../../../worker/api/types.ts';
import { frameMessage } from './frame-message.ts';
import { siteAddress, visit } from './visit.ts';

beforeAll(() => vi.stubGlobal('navigator', { userAgent: 'Browser/1' }));
afterAll(() => vi.unstubAllGlobals());

describe('addresses of the preview', () => {
  it.each([
    ['8080', 'http://localhost:8080/'],
    ['localhost:8080', 'http://localhost:8080/'],
    ['127.0.0.1:81/a?b', 'http://127.0.0.1:81/a?b'],
    [' http://localhost/x ', 'http://localhost/x'],
  ])('%s is %s', (typed, address) => {
    expect(siteAddress(typed)?.href).toBe(address);
  });

  it.each(['https://localhost:8080', 'nginx.org', 'http://localhost.evil.test/', 'javascript:alert(1)', ''])(
    '%s is none of this machine',
    (typed) => {
      expect(siteAddress(typed)).toBeUndefined();
    },
  );

  it('redirections are followed from site to site, and not out of the machine', async () => {
    const asked: [number, SiteRequest][] = [];
    const answers: Record<string, string> = {
      '80/': '/one',
      '80/one': 'http://localhost:81/two',
      '81/two': 'https://elsewhere.test/',
    };
    const engine = {
      askSite(port: number, request: SiteRequest): Promise<SiteAnswer> {
        asked.push([port, request]);
        const location = answers[`${port}${request.target}`] ?? '';
        return Promise.resolve({ status: 302, headers: [['location', location]], body: new Uint8Array() });
      },
    };
    const url = siteAddress('localhost') ?? new URL('about:blank');
    const visited = await visit(engine, url, { method: 'POST', fields: 'a=1' });
    expect([visited.status, visited.address]).toEqual([302, 'http://localhost:81/two']);
    expect(asked[0]?.[1].headers).toContainEqual(['user-agent', 'Browser/1']);
    expect(asked.map(([port, { method, target }]) => `${port} ${method} ${target}`)).toEqual([
      '80 POST /',
      '80 GET /one',
      '81 GET /two',
    ]);
  });
});

describe('what the frame says', () => {
  it('is a link or a form, and nothing else', () => {
    const address = 'http://localhost/find';
    expect(frameMessage({ kind: 'follow', address })).toEqual({ kind: 'follow', address });
    expect(frameMessage({ kind: 'submit', address, method: 'get', fields: 'q=1' })).toMatchObject({
      method: 'GET',
      address: `${address}?q=1`,
    });
    expect(frameMessage({ kind: 'submit', address, method: 'POST', fields: 'q=1' })).toMatchObject({
      method: 'POST',
      fields: 'q=1',
    });
    for (const other of [
      null,
      'follow',
      { kind: 'follow' },
      { kind: 'run', address },
      { kind: 'follow', address: 7 },
    ]) {
      expect(frameMessage(other)).toBeUndefined();
    }
  });
});

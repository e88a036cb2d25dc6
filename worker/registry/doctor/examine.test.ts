/** The doctor in front of a browser that is strict by the book: what is refused there is named, and the configuration mends it. */
import { describe, expect, it } from 'vitest';
import { createClient, createJob, createRegistry } from '../../../tests/interop/registry-world.ts';
import type { Transport } from '../../base/ports.ts';
import type { PageSituation } from './diagnosis.ts';
import { examineRegistry } from './examine.ts';
import { configFixes } from './fixes.ts';

const PAGE: PageSituation = { origin: 'https://strata.example', secure: true, online: true, localNetwork: 'not-asked' };

interface Rules {
  readonly allowOrigin?: boolean;
  readonly preflight?: boolean;
  readonly expose?: readonly string[];
  /** Answers to strangers. */
  readonly challenge?: string;
}

/** The fetch of a page that a registry treats by these rules; it fails as a browser fails, without a word. */
function browser(rules: Rules, server: Transport): Transport {
  const safe = ['GET', 'HEAD', 'POST'];
  return async (request) => {
    if (request.mode === 'no-cors') return new Response(null, { status: 200 });
    const named = ['authorization', 'content-type', 'content-range'].some((name) => request.headers.has(name));
    const asksFirst = named || !safe.includes(request.method);
    if (rules.allowOrigin !== true || (asksFirst && rules.preflight !== true)) throw new TypeError('Failed to fetch');
    const response =
      rules.challenge !== undefined && !request.headers.has('authorization')
        ? new Response('', { status: 401, headers: { 'www-authenticate': rules.challenge } })
        : await server(request);
    for (const name of ['location', 'range', 'docker-content-digest', 'www-authenticate', 'link']) {
      if (!(rules.expose ?? []).includes(name)) response.headers.delete(name);
    }
    return response;
  };
}

function examine(rules: Rules, page: PageSituation = PAGE, domain = 'registry.example') {
  const transport = browser(rules, createRegistry());
  const client = createClient(transport);
  return examineRegistry({ client, transport, page, endpoint: client.registry(domain), job: createJob() });
}

const EXPOSED = ['location', 'range', 'docker-content-digest', 'www-authenticate', 'link'];

describe('the doctor', () => {
  it('finds nothing missing at a registry that lets all pages in', async () => {
    const { can, fixes, findings } = await examine({ allowOrigin: true, preflight: true, expose: EXPOSED });
    expect(can).toEqual({ pull: 'yes', login: 'yes', push: 'yes', delete: 'yes' });
    expect(fixes).toEqual([]);
    expect(findings.filter(({ state }) => state === 'missing')).toEqual([]);
  });

  it('names the origin where nothing may be read', async () => {
    const { can, findings, fixes } = await examine({});
    expect(can.pull).toBe('no');
    expect(findings.map(({ title }) => title)).toEqual(['Access-Control-Allow-Origin']);
    expect(fixes[0]?.text).toContain(PAGE.origin);
  });

  it('tells an OPTIONS that asks for a password from one without headers, and puts a proxy first', async () => {
    const { findings, fixes } = await examine({
      allowOrigin: true,
      expose: EXPOSED,
      challenge: 'Basic realm="r"',
    });
    const preflight = findings.find(({ title }) => title === 'OPTIONS (preflight)');
    expect(preflight).toMatchObject({ state: 'missing', detail: expect.stringContaining('4458') as string });
    expect(fixes[0]?.id).toBe('nginx');
    const open = await examine({ allowOrigin: true, expose: EXPOSED });
    expect(open.findings.find(({ title }) => title === 'OPTIONS (preflight)')?.detail).toContain('200 or 204');
    expect(open.can).toMatchObject({ pull: 'yes', push: 'no' });
  });

  it('names what is hidden: without Location no push, without WWW-Authenticate no login', async () => {
    const hidden = await examine({ allowOrigin: true, preflight: true, expose: [] });
    expect(hidden.can.push).toBe('no');
    const asked = await examine({ allowOrigin: true, preflight: true, expose: [], challenge: 'Basic realm="r"' });
    expect(asked.can.login).toBe('no');
    expect(asked.findings.map(({ title }) => title)).toContain('Access-Control-Expose-Headers: WWW-Authenticate');
  });

  it('says of Retry-After what an answer lets it see', async () => {
    const seen = async (answer: Response) => {
      const transport: Transport = ({ method, mode }) =>
        Promise.resolve(method === 'GET' && mode !== 'no-cors' ? answer.clone() : new Response(null));
      const client = createClient(transport);
      const endpoint = client.registry('registry.example');
      const { findings, fixes, can } = await examineRegistry({
        client,
        transport,
        page: PAGE,
        endpoint,
        job: createJob(),
      });
      const finding = findings.find(({ title }) => title === 'Access-Control-Expose-Headers: Retry-After');
      return { state: finding?.state, detail: finding?.detail, fix: fixes[0]?.text, can };
    };
    const unknown = await seen(new Response(null));
    expect(unknown).toMatchObject({ state: 'unknown', can: { pull: 'yes' } });
    expect(unknown.detail).toContain('Access-Control-Expose-Headers');
    const busy = await seen(new Response(null, { status: 429 }));
    expect(busy.state).toBe('slower');
    expect(busy.fix).toMatch(/Access-Control-Expose-Headers: .*'Retry-After'/);
    expect((await seen(new Response(null, { status: 503, headers: { 'retry-after': '1' } }))).state).toBe('ok');
    const all = { 'access-control-expose-headers': '*' };
    expect((await seen(new Response(null, { headers: all }))).state).toBe('ok');
  });

  it('says that an https page asks no plain http, but for this machine', async () => {
    const transport = browser({ allowOrigin: true, preflight: true, expose: EXPOSED }, createRegistry());
    const client = createClient(transport, { settings: { insecureRegistries: ['registry.lan:5000'] } });
    const at = (domain: string) =>
      examineRegistry({ client, transport, page: PAGE, endpoint: client.registry(domain), job: createJob() });
    expect((await at('registry.lan:5000')).findings.map(({ title }) => title)).toEqual(['Mixed content']);
    expect((await at('localhost:5000')).can.pull).toBe('yes');
  });

  it('tells silence by what is known: offline, a denied permission, a wrong port', async () => {
    const silent: Transport = () => Promise.reject(new TypeError('Failed to fetch'));
    const client = createClient(silent);
    const reason = async (page: Partial<PageSituation>): Promise<string | undefined> => {
      const endpoint = client.registry('localhost:5000');
      const examined = { client, transport: silent, page: { ...PAGE, ...page }, endpoint, job: createJob() };
      return (await examineRegistry(examined)).findings[0]?.detail;
    };
    expect(await reason({ online: false })).toContain('offline');
    expect(await reason({ localNetwork: 'denied' })).toContain('Local network access');
    expect(await reason({ localNetwork: 'prompt' })).toContain('Say yes');
    expect(await reason({})).toContain('Nothing answers');
  });
});

it('every configuration names the origin, and all but zot’s every header a push needs', () => {
  for (const { id, text } of configFixes({ origin: PAGE.origin, registry: 'registry:5000', needsProxy: false })) {
    expect(text).toContain(PAGE.origin);
    if (id !== 'zot') expect(text).toMatch(/Access-Control-Expose-Headers.*Location/);
  }
});

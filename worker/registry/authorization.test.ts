import { describe, expect, it } from 'vitest';
import { createClient, createEagerClock, createJob } from '../../tests/interop/registry-world.ts';
import type { Transport } from '../base/ports.ts';
import { parseChallenges } from './challenge.ts';
import type { CredentialsPort } from './credentials.ts';
import { headManifest } from './repository.ts';

describe('challenges', () => {
  it.each([
    ['Basic realm="Registry"', [['basic', { realm: 'Registry' }]]],
    [
      'Bearer realm="https://auth.example/token",service="reg",scope="repository:a/b:pull,push"',
      [['bearer', { realm: 'https://auth.example/token', service: 'reg', scope: 'repository:a/b:pull,push' }]],
    ],
    [
      'Basic realm="a", Bearer realm="b" , error="invalid_token"',
      [
        ['basic', { realm: 'a' }],
        ['bearer', { realm: 'b', error: 'invalid_token' }],
      ],
    ],
    [String.raw`Bearer realm="say \"hi\""`, [['bearer', { realm: 'say "hi"' }]]],
    ['Negotiate', [['negotiate', {}]]],
    ['', []],
  ])('%s', (header, expected) => {
    const found = parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
    expect(found).toEqual(expected);
  });
});

/** A registry behind a token server; notes what each was asked. */
function tokenProtected(
  options: { readonly lifetimeS?: number; readonly realm?: string; readonly refuse?: boolean } = {},
) {
  const tokenRequests: URL[] = [];
  const tokenHeaders: (string | null)[] = [];
  const bodies: string[] = [];
  let current = 0;
  const transport: Transport = async (request) => {
    const url = new URL(request.url);
    if (url.pathname === '/token') {
      tokenRequests.push(url);
      tokenHeaders.push(request.headers.get('authorization'));
      bodies.push(await request.text());
      if (options.refuse === true) {
        return Response.json({ details: 'incorrect username or password' }, { status: 401 });
      }
      return Response.json({ token: `token-${++current}`, expires_in: options.lifetimeS ?? 300 });
    }
    if (request.headers.get('authorization') === `Bearer token-${current}` && current > 0) {
      return new Response(null, {
        headers: { 'docker-content-digest': `sha256:${'0'.repeat(64)}`, 'content-length': '1' },
      });
    }
    const realm = options.realm ?? 'https://auth.example/token';
    return new Response('', {
      status: 401,
      headers: { 'www-authenticate': `Bearer realm="${realm}",service="registry.example",scope="repository:app:pull"` },
    });
  };
  return { transport, tokenRequests, tokenHeaders, bodies };
}

const open = (transport: Transport, credentials?: CredentialsPort) => {
  const clock = createEagerClock();
  const client = createClient(transport, { clock, ...(credentials === undefined ? {} : { credentials }) });
  return {
    client,
    clock,
    repository: { endpoint: client.registry('registry.example'), path: 'app' },
    job: createJob(),
  };
};
const login: CredentialsPort = (key) =>
  Promise.resolve(key === 'registry.example' ? { kind: 'basic', username: 'me', password: 'päss' } : undefined);

describe('a registry that wants a token', () => {
  it('gets one for the scope it named, and the same one until it ends', async () => {
    const { transport, tokenRequests, tokenHeaders } = tokenProtected();
    const { client, clock, repository, job } = open(transport);
    await headManifest(client, repository, 'a', job);
    await headManifest(client, repository, 'b', job);
    expect(tokenRequests.map(({ search }) => decodeURIComponent(search))).toEqual([
      '?service=registry.example&scope=repository:app:pull',
    ]);
    expect(tokenHeaders).toEqual([null]);
    await clock.sleep(300_000);
    await headManifest(client, repository, 'c', job);
    expect(tokenRequests).toHaveLength(2);
  });

  it('asked for many things at once, is got a token once', async () => {
    const { transport, tokenRequests } = tokenProtected();
    const { client, repository, job } = open(transport);
    await Promise.all(['a', 'b', 'c', 'd'].map((tag) => headManifest(client, repository, tag, job)));
    expect(tokenRequests).toHaveLength(1);
  });

  it('gets the credentials sent to the token server alone', async () => {
    const { transport, tokenRequests, tokenHeaders } = tokenProtected();
    const { client, repository, job } = open(transport, login);
    await headManifest(client, repository, 'a', job);
    expect(tokenRequests[0]?.searchParams.get('account')).toBe('me');
    expect(tokenHeaders).toEqual([`Basic ${btoa(String.fromCharCode(...new TextEncoder().encode('me:päss')))}`]);
  });

  it('gets an identity token exchanged, in the body and not in the address', async () => {
    const { transport, tokenRequests, bodies } = tokenProtected();
    const { client, repository, job } = open(transport, () =>
      Promise.resolve({ kind: 'identity-token', token: 'secret' }),
    );
    await headManifest(client, repository, 'a', job);
    expect(tokenRequests[0]?.search).toBe('');
    expect(Object.fromEntries(new URLSearchParams(bodies[0]))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'secret',
      scope: 'repository:app:pull',
    });
  });

  it('but names a token server in the clear gets no credentials', async () => {
    const { transport, tokenRequests } = tokenProtected({ realm: 'http://auth.example/token' });
    const { client, repository, job } = open(transport, login);
    await expect(headManifest(client, repository, 'a', job)).rejects.toMatchObject({ code: 'denied' });
    expect(tokenRequests).toHaveLength(0);
  });

  it('whose token server refuses: its words are told', async () => {
    const { transport } = tokenProtected({ refuse: true });
    const { client, repository, job } = open(transport, login);
    await expect(headManifest(client, repository, 'a', job)).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'unauthorized: incorrect username or password',
    });
  });
});

describe('a registry that wants a password', () => {
  const transport: Transport = (request) => {
    const right = request.headers.get('authorization') === `Basic ${btoa('me:pw')}`;
    if (right) return Promise.resolve(new Response(null, { status: 404 }));
    return Promise.resolve(new Response('', { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }));
  };

  it('gets it once it asks, and unasked after that', async () => {
    let calls = 0;
    const { client, repository, job } = open(
      (request) => {
        calls++;
        return transport(request);
      },
      () => Promise.resolve({ kind: 'basic', username: 'me', password: 'pw' }),
    );
    expect(await headManifest(client, repository, 'a', job)).toBeUndefined();
    expect(await headManifest(client, repository, 'b', job)).toBeUndefined();
    expect(calls).toBe(3);
    client.forgetCredentials('registry.example');
    await headManifest(client, repository, 'c', job);
    expect(calls).toBe(5);
  });

  it('told to a stranger is authentication required', async () => {
    const { client, repository, job } = open(transport);
    await expect(headManifest(client, repository, 'a', job)).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'unauthorized: authentication required',
    });
  });
});

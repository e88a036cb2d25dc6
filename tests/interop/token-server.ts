/** A token server of the tests' own (distribution, "Token Authentication"): who is right gets what they ask for, as a signed token. */
import { createSign, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOKEN_ISSUER, TOKEN_SERVICE } from './docker-registry.ts';
import { output } from './peers.ts';
import { FULL_CORS } from './registry-proxy.ts';

const LIFETIME_S = 300;

export interface TokenServer {
  /** What a registry names in its challenge. */
  readonly realm: string;
  /** The certificate that a registry checks tokens with. */
  readonly certificatePath: string;
  /** How each token was asked for: `anonymous`, `password`, `refresh_token`. */
  readonly asked: string[];
  stop(): Promise<void>;
}

interface User {
  readonly username: string;
  readonly password: string;
}

/** Starts a server that knows one user. Strangers may pull. */
export async function startTokenServer(user: User): Promise<TokenServer> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-token-'));
  const [keyPath, certificatePath] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=strata-interop', '-days', '2'];
  await output(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    keyPath,
    '-out',
    certificatePath,
    ...subject,
  );
  const sign = signer(await readFile(keyPath, 'utf8'), await readFile(certificatePath, 'utf8'));
  const identityToken = 'identity-of-ada';
  const asked: string[] = [];

  const server = createServer((request, response) => {
    void (async () => {
      response.setHeader('Access-Control-Allow-Origin', FULL_CORS.allowOrigin ?? '');
      response.setHeader('Access-Control-Allow-Headers', FULL_CORS.allowHeaders ?? '');
      if (request.method === 'OPTIONS') return response.writeHead(204).end();
      const grant = await grantOf(request, user, identityToken);
      if (grant === undefined)
        return response.writeHead(401).end(JSON.stringify({ details: 'incorrect username or password' }));
      asked.push(grant.kind);
      const token = sign(grant);
      const identity = grant.offline ? { refresh_token: identityToken } : {};
      return response.end(JSON.stringify({ token, access_token: token, expires_in: LIFETIME_S, ...identity }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    realm: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    certificatePath,
    asked,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Grant {
  readonly kind: 'anonymous' | 'password' | 'refresh_token';
  readonly scopes: readonly string[];
  readonly offline: boolean;
}

/** Undefined for wrong credentials. */
async function grantOf(request: IncomingMessage, user: User, identityToken: string): Promise<Grant | undefined> {
  if (request.method === 'POST') {
    const form = new URLSearchParams(await textOf(request));
    const right = form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === identityToken;
    const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    return right ? { kind: 'refresh_token', scopes, offline: false } : undefined;
  }
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const scopes = query.getAll('scope').flatMap((scope) => scope.split(' '));
  const { authorization } = request.headers;
  if (authorization === undefined) {
    return { kind: 'anonymous', scopes: scopes.filter((scope) => scope.endsWith(':pull')), offline: false };
  }
  const wanted = `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`;
  if (authorization !== wanted) return undefined;
  return { kind: 'password', scopes, offline: query.get('offline_token') === 'true' };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Signs tokens as RFC 7515 has it, with the certificate in their header. */
function signer(key: string, certificate: string): (grant: Grant) => string {
  const chain = [new X509Certificate(certificate).raw.toString('base64')];
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return ({ scopes, kind }) => {
    const nowS = Math.floor(Date.now() / 1000);
    const access = scopes.flatMap((scope) => {
      const [type, name, actions] = scope.split(/:(?=[^:]*$)|:(?=.*:)/);
      return type === undefined || name === undefined ? [] : [{ type, name, actions: (actions ?? '').split(',') }];
    });
    const claims = {
      iss: TOKEN_ISSUER,
      sub: kind === 'anonymous' ? '' : 'ada',
      aud: TOKEN_SERVICE,
      iat: nowS - 10,
      nbf: nowS - 10,
      exp: nowS + LIFETIME_S,
      jti: String(Math.random()),
      access,
    };
    const signed = `${encode({ typ: 'JWT', alg: 'RS256', x5c: chain })}.${encode(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
  };
}

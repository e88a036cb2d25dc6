/** Debian's `docker-registry` (distribution 2.8), started on a loopback port with the headers a browser needs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = '/usr/bin/docker-registry';

/** Why the registry cannot be started here; undefined when it can. */
export const registryMissing = existsSync(PROGRAM)
  ? undefined
  : `${PROGRAM} is not installed (Debian: docker-registry)`;

export interface RunningRegistry {
  /** `127.0.0.1:PORT`. */
  readonly domain: string;
  stop(): Promise<void>;
}

/** How the registry asks for credentials. */
export type RegistryAuth =
  /** {@link REGISTRY_USER} alone is let in. */
  | { readonly kind: 'htpasswd' }
  /** Tokens of a server of the test's own, signed by the key of this certificate. */
  | { readonly kind: 'token'; readonly realm: string; readonly certificatePath: string };

/** The one user of a registry with a password file. */
export const REGISTRY_USER = { username: 'ada', password: 'lovelace' } as const;
/** Made by `htpasswd -nbB` for that user. */
const PASSWORD_FILE = 'ada:$2y$05$YDUOBlt93w2eDZ3XaGcv9O1Z7vgokkbYApJSrQ2utdUCQRwCukUhy\n';

/** What a token is for, and who signs it: the same in the registry's configuration and in every token. */
export const TOKEN_SERVICE = 'strata-interop';
export const TOKEN_ISSUER = 'strata-interop-issuer';

/** Starts an empty registry; it answers when this resolves. `write` gives its configuration: the one with all that a browser needs. */
export async function startDockerRegistry(auth?: RegistryAuth, write = configuration): Promise<RunningRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-registry-'));
  const domain = `127.0.0.1:${await freePort()}`;
  const config = join(folder, 'config.yml');
  await writeFile(config, write(domain, join(folder, 'data')) + (await authConfiguration(folder, auth)));
  const server = spawn(PROGRAM, ['serve', config], { stdio: 'ignore' });
  await answers(`http://${domain}/v2/`, server);
  return {
    domain,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(domain: string, data: string): string {
  return `version: 0.1
log: { level: error }
storage:
  filesystem: { rootdirectory: ${data} }
  delete: { enabled: true }
  redirect: { disable: true }
http:
  addr: ${domain}
  headers:
    Access-Control-Allow-Origin: ['*']
    Access-Control-Allow-Methods: [HEAD, GET, POST, PUT, PATCH, DELETE, OPTIONS]
    Access-Control-Allow-Headers: [Authorization, Accept, Content-Type, Content-Range, Range]
    Access-Control-Expose-Headers: [Docker-Content-Digest, Location, Link, Range, WWW-Authenticate]
`;
}

async function authConfiguration(folder: string, auth: RegistryAuth | undefined): Promise<string> {
  if (auth === undefined) return '';
  if (auth.kind === 'token') {
    const { realm, certificatePath } = auth;
    return `auth:
  token: { realm: '${realm}', service: ${TOKEN_SERVICE}, issuer: ${TOKEN_ISSUER}, rootcertbundle: ${certificatePath} }
`;
  }
  const path = join(folder, 'htpasswd');
  await writeFile(path, PASSWORD_FILE);
  return `auth:
  htpasswd: { realm: strata, path: ${path} }
`;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`docker-registry ended with ${server.exitCode}`);
    try {
      if ([200, 401].includes((await fetch(url)).status)) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`docker-registry does not answer at ${url}`);
}

/** The configurations that the CORS doctor writes, run by the programs they are for. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFixes, type FixOptions } from '../../worker/registry/doctor/fixes.ts';
import { freePort, REGISTRY_USER, registryMissing, startDockerRegistry } from './docker-registry.ts';
import { nginxMissing } from './peers.ts';

const ORIGIN = 'https://strata.example';

function textOf(id: 'registry' | 'nginx', options: Partial<FixOptions>): string {
  const fixes = configFixes({ origin: ORIGIN, registry: 'localhost:5000', needsProxy: false, ...options });
  return fixes.find((fix) => fix.id === id)!.text;
}

/** What a browser looks at before it sends, and in the answer. */
async function expectOpen(url: string, status: number): Promise<void> {
  const preflight = await fetch(url, { method: 'OPTIONS' });
  expect(preflight.ok).toBe(true);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(preflight.headers.get('access-control-allow-methods')).toMatch(/PUT.*PATCH.*DELETE/);
  expect(preflight.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Content-Type/);
  const answer = await fetch(url);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(answer.headers.get('access-control-expose-headers')).toMatch(/Location.*WWW-Authenticate/);
}

describe.skipIf(registryMissing !== undefined)(`registry:2${told(registryMissing)}`, () => {
  it('lets the page in by the configuration the doctor writes for it', async () => {
    const registry = await startDockerRegistry(undefined, (domain, data) =>
      `version: 0.1\nlog: { level: error }\n${textOf('registry', {})}`
        .replace('http:\n', `http:\n  addr: ${domain}\n`)
        .replace('storage:\n', `storage:\n  filesystem: { rootdirectory: ${data} }\n`),
    );
    try {
      await expectOpen(`http://${registry.domain}/v2/`, 200);
    } finally {
      await registry.stop();
    }
  });
});

const proxyMissing = registryMissing ?? nginxMissing;
describe.skipIf(proxyMissing !== undefined)(`nginx in front of a registry with passwords${told(proxyMissing)}`, () => {
  it('answers OPTIONS itself, and lets the page in with and without a password', async () => {
    const registry = await startDockerRegistry({ kind: 'htpasswd' });
    const folder = await mkdtemp(join(tmpdir(), 'strata-nginx-'));
    const port = await freePort();
    const server = textOf('nginx', { registry: registry.domain, needsProxy: true });
    const config = join(folder, 'nginx.conf');
    await writeFile(
      config,
      `daemon off; pid ${folder}/pid; error_log stderr crit; events {}
http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
${server.replace('listen 5001', `listen 127.0.0.1:${port}`)} }\n`,
    );
    const nginx = spawn('nginx', ['-p', folder, '-c', config], { stdio: 'ignore' });
    const url = `http://127.0.0.1:${port}/v2/`;
    try {
      await expect
        .poll(
          () =>
            fetch(url).then(
              ({ status }) => status,
              () => 0,
            ),
          { timeout: 10_000 },
        )
        .toBe(401);
      await expectOpen(url, 401);
      const { username, password } = REGISTRY_USER;
      const authorization = `Basic ${btoa(`${username}:${password}`)}`;
      const upload = await fetch(`${url}team/app/blobs/uploads/`, { method: 'POST', headers: { authorization } });
      expect(upload.status).toBe(202);
      // the address of the upload leads through the proxy again
      expect(upload.headers.get('location')).toContain(`127.0.0.1:${port}/v2/team/app`);
    } finally {
      const ended = new Promise((resolve) => nginx.once('exit', resolve));
      nginx.kill();
      await ended;
      await registry.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

function told(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason})`;
}

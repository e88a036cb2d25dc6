/** Getting into real registries: a password file, and tokens of a server of the test's own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pullImage } from '../../worker/registry/pull.ts';
import { pushImage } from '../../worker/registry/push.ts';
import type { Credentials } from '../../worker/registry/credentials.ts';
import { REGISTRY_USER, registryMissing, startDockerRegistry, type RunningRegistry } from './docker-registry.ts';
import { opensslMissing, output, skopeoMissing } from './peers.ts';
import { createClient, createJob, createStore, pullRequest, pushRequest, storeImage } from './registry-world.ts';
import { startTokenServer, type TokenServer } from './token-server.ts';

/** A client that knows what `keep` was given. */
function clientWithMemory() {
  let kept: Credentials | undefined;
  const client = createClient(fetch, { credentials: () => Promise.resolve(kept) });
  return { client, keep: (credentials: Credentials) => void (kept = credentials), kept: () => kept };
}

const PASSWORD = { kind: 'basic', ...REGISTRY_USER } as const;

describe.skipIf(registryMissing !== undefined)(`a registry with a password file${told(registryMissing)}`, () => {
  let registry: RunningRegistry;
  beforeAll(async () => {
    registry = await startDockerRegistry({ kind: 'htpasswd' });
  });
  afterAll(() => registry.stop());

  it('refuses strangers and wrong passwords, and takes an image of its user', async () => {
    const { client, keep } = clientWithMemory();
    const store = createStore();
    const image = await storeImage(store, [{ a: 'secret' }]);
    const name = `${registry.domain}/team/secret:1`;
    const push = () => pushImage(pushRequest(client, store, image, name));
    await expect(push()).rejects.toMatchObject({ code: 'unauthorized' });
    const wrong = { ...PASSWORD, password: 'wrong' };
    await expect(client.login(registry.domain, wrong, keep, createJob())).rejects.toMatchObject({
      code: 'unauthorized',
    });
    await client.login(registry.domain, PASSWORD, keep, createJob());
    await push();
    const pulled = await pullImage(pullRequest(client, createStore(), name));
    expect(pulled.manifest.config.digest).toBe(image.config.digest);
    if (skopeoMissing === undefined) {
      const credentials = `${REGISTRY_USER.username}:${REGISTRY_USER.password}`;
      const config = await output(
        'skopeo',
        'inspect',
        '--config',
        '--tls-verify=false',
        '--creds',
        credentials,
        `docker://${name}`,
      );
      expect(JSON.parse(config)).toMatchObject({ rootfs: { diff_ids: image.layers } });
    }
  });
});

describe.skipIf((registryMissing ?? opensslMissing) !== undefined)(
  `a registry behind a token server${told(registryMissing ?? opensslMissing)}`,
  () => {
    let registry: RunningRegistry;
    let tokens: TokenServer;
    beforeAll(async () => {
      tokens = await startTokenServer(REGISTRY_USER);
      registry = await startDockerRegistry({
        kind: 'token',
        realm: tokens.realm,
        certificatePath: tokens.certificatePath,
      });
    });
    afterAll(async () => {
      await registry.stop();
      await tokens.stop();
    });

    it('gives its user an identity token, by which layers are pushed and mounted; strangers pull', async () => {
      const { client, keep, kept } = clientWithMemory();
      const store = createStore();
      const image = await storeImage(store, [{ a: 'by token' }]);
      const name = `${registry.domain}/team/app:1`;
      const push = (to: string) => pushImage(pushRequest(client, store, image, to));
      await expect(push(name)).rejects.toMatchObject({ code: 'denied' });

      await client.login(registry.domain, PASSWORD, keep, createJob());
      expect(kept()?.kind).toBe('identity-token');
      const pushed = await push(name);
      expect(tokens.asked).toContain('refresh_token');

      const stranger = createClient(fetch);
      const pulled = await pullImage(pullRequest(stranger, createStore(), name));
      expect(pulled.manifestDescriptor.digest).toBe(pushed.descriptor.digest);

      const layer = pulled.manifest.layers[0]!;
      const actions: (string | undefined)[] = [];
      await pushImage(
        pushRequest(client, store, image, `${registry.domain}/other/app:1`, {
          layerBlobs: new Map([[image.layers[0]!, layer]]),
          mountFrom: () => ['team/app'],
          progress: ({ statuses = [] }) => actions.push(...statuses.map(({ action }) => action)),
        }),
      );
      expect(actions.at(-1)).toBe('Mounted from team/app');
    });

    it('refuses a wrong password in its own words', async () => {
      const { client, keep, kept } = clientWithMemory();
      await expect(
        client.login(registry.domain, { ...PASSWORD, password: 'wrong' }, keep, createJob()),
      ).rejects.toMatchObject({ code: 'unauthorized', message: 'unauthorized: incorrect username or password' });
      expect(kept()).toBeUndefined();
    });
  },
);

function told(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason})`;
}

/** Registries from the page itself: what Docker makes of a push, logins, connections that break, and each way of being kept out. */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { expect, test, type Locator, type Page } from '@playwright/test';
import {
  REGISTRY_USER,
  registryMissing,
  startDockerRegistry,
  type RunningRegistry,
} from '../interop/docker-registry.ts';
import { dockerMissing, opensslMissing, output, skopeoMissing } from '../interop/peers.ts';
import {
  forward,
  FULL_CORS,
  startRegistryProxy,
  type CorsRules,
  type RegistryProxy,
} from '../interop/registry-proxy.ts';
import { startTokenServer } from '../interop/token-server.ts';
import { decodeFragment } from '../../web/share/fragment.ts';
import { DockerTerminal } from './docker-terminal.ts';
import { foreignCodeThatRuns } from './foreign-code.ts';
import { Playground } from './playground.ts';
import { pushForTwoPlatforms } from './two-platforms.ts';

const DOCKERFILE = 'FROM busybox\nRUN echo from the page > /greeting\nCMD ["cat", "/greeting"]\n';
/** Incompressible, and of more than one piece. */
const LARGE_DOCKERFILE =
  'FROM busybox\nRUN head -c 12000000 /dev/urandom > /noise && sha256sum /noise | cut -c1-64 > /sum\nCMD ["cat", "/sum"]\n';

test.skip(registryMissing !== undefined, registryMissing ?? '');

let registry: RunningRegistry;
let proxy: RegistryProxy;
test.beforeAll(async () => {
  registry = await startDockerRegistry();
  proxy = await startRegistryProxy(registry.domain);
});
test.afterAll(async () => {
  await proxy.stop();
  await registry.stop();
});

/** Fails at its end when the page did what its own policy forbids. */
async function openWatched(page: Page, dockerfile: string): Promise<Playground> {
  await page.addInitScript(() => {
    Reflect.set(globalThis, 'violations', []);
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (Reflect.get(globalThis, 'violations') as string[]).push(`${violatedDirective} ${blockedURI}`),
    );
  });
  const playground = new Playground(page);
  await playground.openWith(dockerfile);
  return playground;
}

async function push(playground: Playground, reference: string): Promise<Locator> {
  await playground.button('Publish').click();
  const dialog = playground.page.getByRole('dialog', { name: 'Publish' });
  await dialog.getByLabel('Reference').fill(reference);
  await dialog.getByRole('button', { name: 'Push', exact: true }).click();
  return dialog;
}

async function pushed(dialog: Locator, reference: string): Promise<void> {
  await expect(dialog.getByLabel('Command to pull it')).toHaveValue(`docker pull ${reference}`, { timeout: 60_000 });
}

/** What the doctor says of a registry with these headers. */
async function examine(page: Page, address: string): Promise<Locator> {
  const panel = page.getByRole('region', { name: 'Registry', exact: true });
  await panel.getByLabel('Registry', { exact: true }).fill(address);
  await panel.getByRole('button', { name: 'CORS doctor' }).click();
  await expect(panel.getByRole('list', { name: 'Verdict' })).toBeVisible();
  return panel;
}

test('what the page pushes Docker pulls and runs, to the words the page itself printed', async ({ page }) => {
  const playground = await openWatched(page, DOCKERFILE);
  const reference = `${registry.domain}/page/greeting:1`;
  const dialog = await push(playground, reference);
  await pushed(dialog, reference);
  await expect(dialog.getByRole('status')).toHaveText(/^Pushed sha256:[0-9a-f]{64}$/);
  await page.keyboard.press('Escape');
  await playground.button('Publish').click();
  await expect(dialog.getByText('All layers are there already.')).toBeVisible();
  await page.keyboard.press('Escape');
  await playground.run('cat /greeting', 'from the page');

  expect(await page.evaluate<unknown>('globalThis.violations')).toEqual([]);
  expect(await foreignCodeThatRuns(page)).toEqual([]);
  test.skip(dockerMissing !== undefined, dockerMissing ?? '');
  try {
    await output('docker', 'pull', '-q', reference);
    expect(await output('docker', 'run', '--rm', '--network=none', reference)).toBe('from the page');
  } finally {
    await output('docker', 'rmi', '-f', reference).catch(() => '');
  }
});

test('a push that breaks in the middle goes on where it stopped, and so does the pull of it', async ({ page }) => {
  const playground = await openWatched(page, LARGE_DOCKERFILE);
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(request.url()));
  let patches = 0;
  proxy.intercept = ({ method }, response) => method === 'PATCH' && ++patches === 2 && fail(response);
  const reference = `${proxy.domain}/page/large:1`;
  const dialog = await push(playground, reference);
  await pushed(dialog, reference);
  expect(patches).toBe(3);
  // it was compressed by workers that were started for it
  expect(scripts.some((url) => url.includes('segment.worker'))).toBe(true);
  await page.keyboard.press('Escape');

  // pulled into an empty engine, over a connection that is cut in each answer's middle; compressed by zstd, where that can be had
  const again = skopeoMissing === undefined ? await withZstd('page/large:1') : reference;
  const ranges: string[] = [];
  proxy.intercept = (request, response) => {
    const isBlob = request.method === 'GET' && request.url?.includes('/blobs/sha256:') === true;
    if (!isBlob) return false;
    if (request.headers.range !== undefined) ranges.push(request.headers.range);
    else if (ranges.length === 0) cutAfter(response, 3_000_000);
    forward(registry.domain, request, response);
    return true;
  };
  const other = await page.context().browser()!.newContext();
  const second = await other.newPage();
  const elsewhere = new Playground(second);
  await elsewhere.openWith(`FROM scratch\nCOPY . /\n`);
  await second.getByRole('tab', { name: 'Images' }).click();
  await second.getByLabel('Pull an image').fill(again);
  await second.getByRole('button', { name: 'Pull', exact: true }).click();
  await expect(second.getByRole('button', { name: /Open the layers of .*large/ })).toBeVisible({ timeout: 60_000 });
  expect(ranges.length).toBeGreaterThan(0);
  proxy.intercept = undefined;

  // the same layers for another processor beside it, under one name: the page asks which
  const { name, armConfig } = await pushForTwoPlatforms(proxy.domain, 'page/large', '1');
  await second.getByLabel('Pull an image').fill(name);
  await second.getByRole('button', { name: 'Pull', exact: true }).click();
  await expect(second.getByRole('radio')).toHaveCount(2);
  await second.getByRole('radio', { name: 'linux/arm64' }).check();
  await second.getByRole('button', { name: 'Pull linux/arm64' }).click();
  await expect(second.getByRole('button', { name: /Open the layers of .*large:both/ })).toBeVisible();
  expect(proxy.asked).toContain(`GET /v2/page/large/blobs/${armConfig}`);
  await other.close();
});

/** The same image with its layers compressed anew; returns its name at the proxy. */
async function withZstd(name: string): Promise<string> {
  const copy = name.replace(':', '-zstd:');
  const flags = ['--src-tls-verify=false', '--dest-tls-verify=false', '--format=oci', '--dest-compress-format=zstd'];
  const [from, to] = [name, copy].map((path) => `docker://${registry.domain}/${path}`);
  await output('skopeo', 'copy', '-q', ...flags, from!, to!);
  expect(await output('skopeo', 'inspect', '--raw', '--tls-verify=false', to!)).toContain('tar+zstd');
  return `${proxy.domain}/${copy}`;
}

function fail(response: ServerResponse): boolean {
  response.writeHead(500).end();
  return true;
}

/** Ends the connection once so many bytes were written to it. */
function cutAfter(response: ServerResponse, bytes: number): void {
  const write = response.write.bind(response) as (chunk: Buffer) => boolean;
  let sent = 0;
  response.write = (chunk: Buffer) => {
    sent += chunk.byteLength;
    if (sent > bytes) response.destroy();
    return write(chunk);
  };
}

test('each way a registry keeps a browser out is named, with what to write in its configuration', async ({ page }) => {
  const playground = await openWatched(page, DOCKERFILE);
  await pushed(await push(playground, `${proxy.domain}/page/examined:1`), `${proxy.domain}/page/examined:1`);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Registry' }).click();
  const { allowOrigin, exposeHeaders, allowMethods, allowHeaders } = FULL_CORS as Required<CorsRules>;
  const cases: readonly (readonly [CorsRules, string, RegExp])[] = [
    [{}, 'Access-Control-Allow-Origin', /pull does not work/],
    [{ allowOrigin: 'https://elsewhere.example' }, 'Access-Control-Allow-Origin', /pull does not work/],
    [{ allowOrigin, exposeHeaders }, 'OPTIONS (preflight)', /pull works.*push does not work/],
    [{ ...FULL_CORS, preflightStatus: 401 }, 'OPTIONS (preflight)', /push does not work/],
    [{ ...FULL_CORS, allowMethods: 'GET, HEAD, POST' }, 'Access-Control-Allow-Methods: PUT', /push does not work/],
    [
      { ...FULL_CORS, allowHeaders: 'Accept, Content-Type' },
      'Access-Control-Allow-Headers: Authorization',
      /login does not work/,
    ],
    [
      { allowOrigin, allowMethods, allowHeaders },
      'Access-Control-Expose-Headers: Location',
      /pull works.*push does not work/,
    ],
  ];
  for (const [cors, title, verdict] of cases) {
    proxy.cors = cors;
    const panel = await examine(page, proxy.domain);
    await expect(panel.getByRole('list', { name: 'Verdict' })).toHaveText(verdict);
    const finding = panel
      .getByRole('list', { name: 'Findings' })
      .getByRole('listitem')
      .filter({ hasText: title })
      .first();
    await expect(finding).toContainText('Missing');
    await expect(panel.getByLabel(/config\.yml|nginx\.conf/)).toContainText(new URL(page.url()).origin);
  }

  proxy.cors = { ...FULL_CORS, exposeHeaders: exposeHeaders.replace('Docker-Content-Digest, ', '') };
  const panel = await examine(page, `${proxy.domain}/page/examined`);
  await expect(panel.getByText('The digest is hidden')).toBeVisible();

  // blobs that are sent on to a storage which does not let the page in
  const storage = await startRegistryProxy(registry.domain, {});
  proxy.cors = FULL_CORS;
  proxy.intercept = ({ url = '', method }, response) => {
    if (method !== 'GET' || !url.includes('/blobs/sha256:')) return false;
    response.writeHead(307, { Location: `http://${storage.domain}${url}` }).end();
    return true;
  };
  await examine(page, `${proxy.domain}/page/examined`);
  await expect(panel.getByText('storage.redirect.disable', { exact: false }).first()).toBeVisible();
  proxy.intercept = undefined;
  await storage.stop();

  await examine(page, 'localhost:9');
  await expect(panel.getByText('Nothing answers at http://localhost:9')).toBeVisible();
});

test('a login lasts for the visit, is remembered on request, and leaves no trace elsewhere', async ({ page }) => {
  const guarded = await startDockerRegistry({ kind: 'htpasswd' });
  const door = await startRegistryProxy(guarded.domain);
  const { username, password } = REGISTRY_USER;
  try {
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    page.on('request', (request) => told.push(request.url()));
    const playground = await openWatched(page, DOCKERFILE);
    await page.getByRole('tab', { name: 'Registry' }).click();
    const panel = page.getByRole('region', { name: 'Registry', exact: true });
    await panel.getByLabel('Registry', { exact: true }).fill(door.domain);
    const logIn = async (word: string, remember: boolean): Promise<void> => {
      const form = panel.getByRole('form', { name: 'Log in' });
      await form.getByLabel('User').fill(username);
      await form.getByLabel('Password or token').fill(word);
      await form.getByLabel('Remember in this browser').setChecked(remember);
      await form.getByRole('button', { name: 'Log in' }).click();
    };
    await logIn('wrong', false);
    await expect(panel.getByText('unauthorized', { exact: false })).toBeVisible();
    await logIn(password, false);
    await expect(panel.getByRole('list', { name: 'Logged in' })).toContainText('for this visit');

    const reference = `${door.domain}/team/app:1`;
    const dialog = await push(playground, reference);
    await pushed(dialog, reference);
    await page.keyboard.press('Escape');

    // nor by the command line, which a project from a link may not let out
    await page.getByRole('tab', { name: 'Terminal' }).click();
    const terminal = new DockerTerminal(page);
    await terminal.say(`docker login -u ${username} -p ${password} ${door.domain}`, 'was not allowed to ask');
    await terminal.say('docker images', 'team/app');
    await playground.button('Share').click();
    const link = await page.getByLabel('Link to this project').inputValue();
    const shared = JSON.stringify(await decodeFragment(new URL(link).hash));
    expect(shared).toContain('FROM busybox');
    await expect(page.getByRole('dialog')).toContainText('docker images');
    await expect(page.getByRole('dialog')).not.toContainText(password);
    await page.keyboard.press('Escape');
    for (const word of [password, btoa(`${username}:${password}`)]) {
      for (const place of [page.url(), shared, told.join('\n'), await storedText(page)])
        expect(place).not.toContain(word);
    }

    await page.reload();
    await expect(panel.getByRole('form', { name: 'Log in' })).toBeVisible();
    await expect(panel.getByRole('list', { name: 'Logged in' })).toHaveCount(0);
    await panel.getByLabel('Registry', { exact: true }).fill(door.domain);
    await logIn(password, true);
    await expect(panel.getByRole('list', { name: 'Logged in' })).toContainText('remembered');
    await page.reload();
    await expect(panel.getByRole('list', { name: 'Logged in' })).toContainText('remembered');
    await panel.getByRole('button', { name: `Log out of ${door.domain}` }).click();
    await expect(panel.getByRole('list', { name: 'Logged in' })).toHaveCount(0);
    expect(await storedText(page)).not.toContain(password);

    // the same at a registry that sends its users to a token server
    if (opensslMissing === undefined) await logInByToken(playground, panel, logIn);
  } finally {
    await door.stop();
    await guarded.stop();
  }
});

/** Logs in at a registry behind a token server, pushes there, and keeps but the identity token. */
async function logInByToken(
  playground: Playground,
  panel: Locator,
  logIn: (word: string, remember: boolean) => Promise<void>,
): Promise<void> {
  const tokens = await startTokenServer(REGISTRY_USER);
  const guarded = await startDockerRegistry({ kind: 'token', ...tokens });
  const door = await startRegistryProxy(guarded.domain);
  try {
    await panel.getByLabel('Registry', { exact: true }).fill(door.domain);
    await logIn('wrong', false);
    await expect(panel.getByText('incorrect username or password', { exact: false })).toBeVisible();
    await logIn(REGISTRY_USER.password, true);
    await expect(panel.getByRole('list', { name: 'Logged in' })).toContainText(`${door.domain} ada, remembered`);
    const reference = `${door.domain}/team/app:1`;
    await pushed(await push(playground, reference), reference);
    expect(tokens.asked).toContain('refresh_token');
    expect(await storedText(playground.page)).not.toContain(REGISTRY_USER.password);
    await playground.page.keyboard.press('Escape');
  } finally {
    await door.stop();
    await guarded.stop();
    await tokens.stop();
  }
}

/** Everything this origin stores but blobs, as text. */
function storedText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const parts: unknown[] = [{ ...localStorage }, { ...sessionStorage }];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
      for (const store of database.objectStoreNames) {
        parts.push(
          await new Promise((resolve) => {
            const request = database.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => resolve(request.result);
          }),
        );
      }
      database.close();
    }
    return JSON.stringify(parts);
  });
}

test('archives dropped on the page become images, and a damaged one nothing', async ({ page }, info) => {
  const playground = await openWatched(page, DOCKERFILE);
  await playground.button('Publish').click();
  const dialog = page.getByRole('dialog', { name: 'Publish' });
  await dialog.getByLabel('OCI layout, compressed').check();
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as file' }).click();
  const path = info.outputPath('image.oci.tar');
  await (await downloading).saveAs(path);
  await page.keyboard.press('Escape');

  const bytes = await readFile(path);
  await dropFile(page, 'again.tar', bytes);
  await expect(page.getByText(/Loaded .* from again\.tar/)).toBeVisible();
  await dropFile(page, 'damaged.tar', bytes.subarray(0, bytes.length / 2));
  await expect(page.getByText(/damaged\.tar was not loaded, and nothing of it was kept/)).toBeVisible();
  await dropFile(page, 'notes.txt', Buffer.from('no tar'));
  await expect(page.getByText('That holds no image', { exact: false })).toBeVisible();
  expect(await page.evaluate<unknown>('globalThis.violations')).toEqual([]);
});

/** Drops a file on the middle of the page. */
async function dropFile(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ({ name: fileName, base64 }) => {
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName));
      const target = document.querySelector('header') ?? document.body;
      target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    },
    { name, base64: bytes.toString('base64') },
  );
}

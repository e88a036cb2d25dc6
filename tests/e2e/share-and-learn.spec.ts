/** A demo is a link, a course is a sequence of them: sharing, embedding, lessons, projects as files. */
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { encodeFragment } from '../../web/share/fragment.ts';
import { filesOfTexts } from '../../web/state/project-files.ts';
import { Playground } from './playground.ts';
import { dockerfileAddress } from './starting-project.ts';

const PROJECT = {
  name: 'demo',
  files: filesOfTexts({ Dockerfile: 'ARG WORD=none\nFROM alpine\nARG WORD\nRUN date > /when; echo $WORD > /word\n' }),
  build: { buildArgs: { WORD: 'shared' } },
  commands: ['docker run --rm demo cat /word'],
};

test('a link opens in a fresh profile, gives the same digest, and runs its commands when asked', async ({
  page,
  browser,
}) => {
  const playground = new Playground(page);
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/mirror/**', (route) => asked.then(() => route.continue()));
  await page.goto(`/#${await encodeFragment(PROJECT)}`);
  await playground.button('Share').click();
  await expect(page.getByText(/characters of 32,000/)).toBeVisible();
  await expect(page.getByText('It says no digest yet: the build is running.')).toBeVisible();
  answer();
  await expect(page.getByText('It says the digest to expect.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('checkbox', { name: /^The digest to expect sha256:/ })).toBeChecked();
  const link = await page.getByRole('textbox', { name: 'Link to this project' }).inputValue();

  const elsewhere = await browser.newContext();
  const other = new Playground(await elsewhere.newPage());
  await other.open(link);
  const note = other.page.getByRole('complementary', { name: 'Shared project' });
  await expect(note).toContainText('Same digest');
  await note.getByRole('button', { name: '1 command to run' }).click();
  await other.page.getByRole('button', { name: 'Run all, in order' }).click();
  await expect(other.page.getByRole('region', { name: /^Docker terminal/ }).getByRole('list')).toContainText(
    /cat \/word\s*shared/,
    { timeout: 60_000 },
  );
  await elsewhere.close();
});

test('a shared project asks before it reaches another host; a damaged link loses nothing', async ({ page }) => {
  const playground = new Playground(page);
  await page.goto(await dockerfileAddress('FROM alpine\nADD https://files.example/x /x\n'));
  const question = page.getByRole('complementary', { name: 'A host was refused' });
  await expect(question).toContainText('files.example', { timeout: 60_000 });
  await expect(question.getByRole('button', { name: 'Allow files.example and build again' })).toBeVisible();

  await page.goto('/#p=2.damaged');
  await expect(page.getByText(/The link is damaged/)).toBeVisible();
  await expect(playground.editor.getByText('files.example', { exact: false }).first()).toBeVisible();
});

test('a project goes out as a zip and a folder and comes back, as a build context too, and a deleted one with Undo', async ({
  page,
}, info) => {
  const playground = new Playground(page);
  await playground.openWith('FROM alpine\nCOPY helloworld.go /kept\n');
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Project/ })
    .click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as zip' }).click();
  const zip = info.outputPath('small.zip');
  await (await downloading).saveAs(zip);

  await openProjects(page);
  await page.getByLabel('Zip or project file to import').setInputFiles(zip);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(playground.editor.getByText('helloworld.go /kept', { exact: false })).toBeVisible();

  await openProjects(page);
  const list = page.getByRole('list', { name: 'Stored projects' });
  const count = 2;
  await expect(list.getByRole('listitem')).toHaveCount(count);
  await list
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  const undo = page.getByRole('dialog').getByRole('button', { name: /^Undo/ });
  await expect(undo).toBeFocused();
  await undo.press('Enter');
  await expect(list.getByRole('listitem')).toHaveCount(2);

  // a folder of the page's own stands in for one of the disk: the browser asks a person for that
  await page.evaluate(() => Object.assign(globalThis, { showDirectoryPicker: () => navigator.storage.getDirectory() }));
  await list
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Write into a folder…' }).click();
  await expect(page.getByRole('contentinfo')).toContainText(/Wrote \d files into the folder/);
  const written = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    return (await (await root.getFileHandle('Dockerfile')).getFile()).text();
  });
  expect(written).toContain('helloworld.go /kept');
  await page.getByRole('button', { name: 'Close', exact: true }).click();

  await playground.replaceText('FROM alpine\nRUN echo of my own\n');
  await page.getByLabel('Files to upload').setInputFiles(zip);
  await page.getByRole('button', { name: /^The build context/ }).click();
  await expect(playground.editor.getByText('helloworld.go /kept', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(playground.editor.getByText('echo of my own', { exact: false })).toBeVisible();
});

test('the Help has an address and finds everything; a bad and a good image stand side by side; an app is offered', async ({
  page,
}) => {
  await page.goto('/#help=dockerfile/COPY');
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByText('COPY [options] source ... destination')).toBeVisible();
  await help.getByRole('searchbox').fill('docker images');
  await help.getByText('docker image ls', { exact: true }).click();
  await expect(help.getByText('--digests')).toBeVisible();
  await help.getByRole('button', { name: 'What is real' }).click();
  await expect(help.getByRole('row', { name: /^Builds/ })).toContainText(/\d{3} builds/);

  await help.getByRole('button', { name: 'Lessons and examples' }).click();
  await page.getByRole('link', { name: /^Bad and good: size/ }).click();
  const compare = page.getByRole('dialog', { name: 'Compare two images' });
  await expect(compare.getByRole('region', { name: 'Layers of Dockerfile.bad' })).toContainText(/6\sMB/);
  await expect(compare.getByRole('region', { name: 'Layers of bad-and-good-size:latest' })).not.toContainText(/6\sMB/);
  await page.keyboard.press('Escape');

  await page.evaluate(() => {
    const offer = new Event('beforeinstallprompt', { cancelable: true });
    const prompt = () => {
      document.documentElement.setAttribute('data-asked', 'once');
      return Promise.resolve();
    };
    dispatchEvent(Object.assign(offer, { prompt }));
  });
  await expect(page.locator('html')).not.toHaveAttribute('data-asked');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Command or path' }).fill('install');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-asked', 'once');
});

test('in a foreign page, in a sandbox without an origin, the embedded views build and tell their height', async ({
  page,
}) => {
  const site = await serve(siteFile);
  const fragment = await encodeFragment({ ...PROJECT, commands: [] });
  const frame = `<iframe sandbox="allow-scripts" width="900" height="460" src="${site.address}/?embed=editor,layers#${fragment}"></iframe>`;
  const listen = '<script>addEventListener("message", ({ data }) => (window.told = data));</script>';
  const foreign = await serve(() => Promise.resolve(['text/html', Buffer.from(listen + frame)]));
  await page.goto(foreign.address.replace('127.0.0.1', 'localhost'));
  const embedded = page.frameLocator('iframe');
  await expect(embedded.getByRole('region', { name: /^Layers of/ })).toBeVisible({ timeout: 60_000 });
  await expect(embedded.getByRole('link', { name: 'Open in Strata' })).toBeVisible();
  await expect(embedded.getByRole('button', { name: 'Open a shell here' })).toHaveCount(0);
  // without leave to open windows
  await embedded.getByRole('link', { name: 'Open in Strata' }).click();
  await expect(embedded.getByRole('textbox', { name: 'Address of this project in Strata' })).toHaveValue(/#p=2\./);
  expect(await page.evaluate(() => (globalThis as { told?: unknown }).told)).toMatchObject({ type: 'strata:height' });
  for (const theme of ['light', 'dark']) {
    await page.evaluate((message) => document.querySelector('iframe')?.contentWindow?.postMessage(message, '*'), {
      type: 'strata:theme',
      theme,
    });
    await expect(embedded.locator('html')).toHaveAttribute('data-theme', theme);
  }
  site.server.close();
  foreign.server.close();
});

async function openProjects(page: Page): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Project/ })
    .click();
  await page.getByRole('menuitem', { name: /^All projects/ }).click();
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const DIST = resolve(import.meta.dirname, '../../dist');

async function siteFile(path: string): Promise<readonly [type: string, body: Buffer]> {
  const name = path === '/' ? '/index.html' : path;
  return [TYPES[extname(name)] ?? 'application/octet-stream', await readFile(join(DIST, name))];
}

/** A static host that lets every origin read, as docs/hosting.md asks for. */
async function serve(
  answer: (path: string) => Promise<readonly [type: string, body: Buffer]>,
): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://x').pathname).then(
      ([type, body]) => response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

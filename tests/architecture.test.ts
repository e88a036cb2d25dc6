/** Holds the import table: who may know whom. ARCHITECTURE.md tells why. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Rooms of `worker/`, each with the rooms it may import besides `base`, `oci` and itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  oci: [],
  codec: [],
  vfs: [],
  store: ['vfs', 'codec'],
  layer: ['codec', 'vfs', 'store'],
  registry: ['codec', 'store'],
  dockerfile: [],
  shell: ['vfs', 'codec'],
  scan: ['layer', 'vfs', 'shell'],
  build: ['dockerfile', 'layer', 'registry', 'shell', 'store', 'vfs', 'codec'],
  engine: ['build', 'dockerfile', 'layer', 'registry', 'scan', 'shell', 'store', 'vfs', 'codec'],
  cli: ['engine', 'build', 'scan', 'shell', 'dockerfile', 'vfs', 'codec'],
  // implements the interfaces of the rooms below; host/node is also the composition root of the command line tools
  host: ['store', 'registry', 'vfs', 'codec', 'shell', 'build', 'engine', 'layer', 'dockerfile', 'cli'],
  api: ['engine', 'cli', 'store', 'vfs', 'dockerfile'],
};

/** Files of `api/` that the page may reach: types and the client, nothing that pulls the engine in. */
const PAGE_MAY_IMPORT = ['worker/api/types.ts', 'worker/api/client.ts', 'worker/api/wire.ts'];

/** Globals that only `host/` (and the composition roots) may touch. */
const HOST_ONLY = [
  /\bindexedDB\b/,
  /(?<![.\w])fetch\(/,
  /\bDate\.now\(/,
  /\bnew Date\(\)/,
  /\bperformance\.now\(/,
  /\bMath\.random\(/,
  /\bcrypto\.getRandomValues\(/,
  /\bnavigator\.locks\b/,
  /\bsetTimeout\(/,
];

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourcesBelow(path);
    return /\.(ts|svelte)$/.test(name) && !/\.test\.ts$/.test(name) ? [path] : [];
  });
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const names = [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)]
    .map((match) => match[1]!)
    // the address of a worker's script is none of its code
    .filter((name) => !name.endsWith('?worker&url'));
  return names.map((name) => relative(root, resolve(dirname(path), name.replace(/\?.*$/, ''))));
}

const roomOf = (path: string): string | undefined => /^worker\/([^/]+)\//.exec(path)?.[1];
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

describe('the house', () => {
  const worker = sourcesBelow(join(root, 'worker')).map((path) => relative(root, path));
  const web = sourcesBelow(join(root, 'web')).map((path) => relative(root, path));

  it.each(worker.filter((path) => roomOf(path) !== undefined))('%s imports only what its room may', (path) => {
    const room = roomOf(path)!;
    const allowed = MAY_IMPORT[room];
    expect(allowed, `${room} is not in the table`).toBeDefined();
    for (const imported of importsOf(join(root, path))) {
      const other = roomOf(imported);
      expect(other, `${path} imports ${imported}, outside the worker's rooms`).toBeDefined();
      expect([room, 'base', 'oci', ...allowed!], `${path} imports ${imported}`).toContain(other);
    }
  });

  it('the base rooms know only themselves', () => {
    for (const path of worker.filter((path) => ['base', 'oci'].includes(roomOf(path)!))) {
      for (const imported of importsOf(join(root, path))) {
        expect(roomOf(path) === 'base' ? ['base'] : ['base', 'oci'], `${path} imports ${imported}`).toContain(
          roomOf(imported),
        );
      }
    }
  });

  it('nothing outside host reads a clock, random, fetch, timers or indexedDB', () => {
    for (const path of worker.filter((path) => roomOf(path) !== undefined && roomOf(path) !== 'host')) {
      const code = withoutComments(readFileSync(join(root, path), 'utf8'));
      for (const pattern of HOST_ONLY) expect(pattern.test(code), `${path} uses ${pattern.source}`).toBe(false);
    }
  });

  it('the page imports the contract alone', () => {
    for (const path of web) {
      for (const imported of importsOf(join(root, path)).filter((name) => name.startsWith('worker/'))) {
        expect(PAGE_MAY_IMPORT, `${path} imports ${imported}`).toContain(imported);
      }
    }
  });

  it('no two rooms import each other', () => {
    const pairs = new Set<string>();
    for (const path of worker) {
      for (const imported of importsOf(join(root, path))) {
        const [from, to] = [roomOf(path), roomOf(imported)];
        if (from !== undefined && to !== undefined && from !== to) pairs.add(`${from} ${to}`);
      }
    }
    for (const pair of pairs) expect(pairs.has(pair.split(' ').reverse().join(' ')), `${pair} and back`).toBe(false);
  });
});

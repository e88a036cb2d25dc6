import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import { isEngineError } from '../base/errors.ts';
import { parseImageConfig } from './config.ts';
import { descriptor } from './descriptor.ts';
import { parseDigest } from './digest.ts';
import { exactly, parseJSON, shape } from './document.ts';
import { parseIndex, parseManifest } from './manifest.ts';
import { formatPlatform, matchesPlatform, parsePlatform, type Platform } from './platform.ts';

const folder = resolve(import.meta.dirname, '../../../shared/vectors');
const missing = !existsSync(folder);

interface Case {
  readonly name: string;
  readonly kind: string;
  readonly input: { json?: string; text?: string; digest?: string; platform?: Platform };
  readonly expect: Record<string, unknown> & {
    valid?: boolean;
    error?: string | boolean;
    platform?: Platform;
    matches?: Platform[];
  };
}

function casesOf(file: string, kinds: RegExp): Case[] {
  if (missing) return [];
  const { cases } = JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as { cases: Case[] };
  return cases.filter((test) => kinds.test(test.kind));
}

const READERS: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  config: parseImageConfig,
  manifest: (bytes) => parseManifest(bytes),
  index: parseIndex,
  descriptor: (bytes) => descriptor(parseJSON(bytes), ''),
  layout: (bytes) => shape({ imageLayoutVersion: exactly('1.0.0') })(parseJSON(bytes), ''),
};

function reads(kind: string, json: string): boolean {
  try {
    READERS[kind]!(utf8(json));
    return true;
  } catch (error) {
    expect(isEngineError(error, 'invalid-document'), String(error)).toBe(true);
    return false;
  }
}

describe.skipIf(missing)('documents of the image spec (skipped where ../shared/vectors is missing)', () => {
  const documents = casesOf('oci_image_spec.json', /^(config|manifest|index|descriptor|layout)$/);
  it.each(documents.map((test) => [test.name, test] as const))('%s', (_, test) => {
    expect(reads(test.kind, test.input.json!)).toBe(test.expect.valid);
  });

  const compatible = casesOf('oci_image_spec.json', /^compat-/);
  it.each(compatible.map((test) => [test.name, test] as const))('%s: as Docker registries write it', (_, test) => {
    const json = test.input.json!;
    expect(`sha256:${createHash('sha256').update(json).digest('hex')}`).toBe(test.expect['digest']);
    expect(reads(test.kind.replace('compat-', ''), json)).toBe(true);
  });

  const digests = casesOf('oci_image_spec.json', /^digest$/);
  it.each(digests.map((test) => [test.name, test] as const))('%s', (_, test) => {
    const text = test.input.digest ?? test.input.text ?? '';
    const read = (): string => parseDigest(text);
    if (test.expect.error !== undefined) expect(read).toThrow(String(test.expect.error));
    else expect(read()).toBe(text);
  });

  const platforms = casesOf('docker_formats.json', /^platform/);
  it.each(platforms.map((test) => [test.name, test] as const))('%s', (_, test) => {
    const { kind, input, expect: wanted } = test;
    if (kind === 'platform-format') expect(formatPlatform(input.platform!)).toBe(wanted['text']);
    else if (kind === 'platform-error') expect(() => parsePlatform(input.text!)).toThrow();
    else {
      const platform = parsePlatform(input.text!);
      expect(platform).toEqual(wanted.platform);
      expect(formatPlatform(platform)).toBe(wanted['formatted']);
      for (const other of wanted.matches ?? [])
        expect(matchesPlatform(platform, other), JSON.stringify(other)).toBe(true);
    }
  });
});

describe('an image config', () => {
  it('loses the nulls that Go writes for empty lists', () => {
    const config = parseImageConfig(
      utf8(
        '{"os":"linux","architecture":"amd64","config":{"Entrypoint":null,"Cmd":["sh"]},"rootfs":{"type":"layers","diff_ids":null}}',
      ),
    );
    expect(config.config).toEqual({ Cmd: ['sh'] });
    expect(config.rootfs.diff_ids).toEqual([]);
  });
});

describe('a platform', () => {
  it('is refused with a percent sign that escapes nothing', () => {
    for (const text of ['windows(50%)', 'windows(%zz)', 'linux(+a%2)']) {
      expect(() => parsePlatform(text), text).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    }
  });
});

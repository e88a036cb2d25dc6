import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { matchPattern } from '../vfs/glob.ts';
import {
  familiarName,
  familiarReference,
  formatReference,
  fullReference,
  matchesFamiliar,
  parseReference,
  parseReferenceOrID,
  parseStrictName,
  parseStrictReference,
  type Reference,
} from './reference.ts';
import { DOMAIN_RULE, IDENTIFIER_RULE, NAME_RULE, REFERENCE_RULE } from './reference-grammar.ts';
import type { Digest } from './digest.ts';

const VECTORS = resolve(import.meta.dirname, '../../../shared/vectors/reference.json');

interface Case {
  readonly name: string;
  readonly kind: string;
  readonly input: Readonly<Record<string, string>>;
  readonly expect: Readonly<Record<string, unknown>>;
}

function messageOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
}

const CHECKS: Readonly<Record<string, (test: Case) => void>> = {
  parse({ input, expect: wanted }) {
    if (wanted['error'] !== undefined) {
      expect(messageOf(() => parseStrictReference(input['reference']!))).toBe(wanted['error']);
      return;
    }
    const { domain, path, tag, digest } = parseStrictReference(input['reference']!);
    const repository = formatReference({ domain, path });
    expect({ repository, domain, tag: tag ?? '', digest: digest ?? '' }).toMatchObject(wanted);
  },
  'with-name'({ input, expect: wanted }) {
    if (wanted['error'] !== undefined) expect(messageOf(() => parseStrictName(input['name']!))).toBe(wanted['error']);
    else expect(parseStrictName(input['name']!)).toEqual(wanted);
  },
  'with-tag': composed,
  'with-digest': composed,
  'parse-named'({ input, expect: wanted }) {
    const message = messageOf(() => parseReference(input['reference']!));
    const canonical =
      message === undefined && formatReference(parseReference(input['reference']!)) === input['reference'];
    if (wanted['error'] !== undefined) expect(canonical).toBe(false);
    else expect({ ...parseReference(input['reference']!) }).toEqual(wanted);
  },
  'normalize-valid'({ input, expect: wanted }) {
    expect(messageOf(() => parseReference(input['reference']!)) === undefined).toBe(wanted['ok']);
  },
  normalize({ input, expect: wanted }) {
    const reference = parseReference(input['reference']!);
    const named = reference.tag === undefined && reference.digest === undefined;
    expect({
      familiar: named ? familiarName(reference) : familiarReference(reference),
      familiar_string: familiarReference(reference),
      full: formatReference(reference),
      string: formatReference(reference),
      domain: reference.domain,
      path: reference.path,
    }).toMatchObject(wanted);
  },
  'normalize-split'({ input, expect: wanted }) {
    expect({ ...parseReference(input['reference']!) }).toEqual(wanted);
  },
  any({ input, expect: wanted }) {
    const parsed = parseReferenceOrID(input['reference']!);
    expect(typeof parsed === 'string' ? parsed : formatReference(parsed)).toBe(wanted['string']);
  },
  'docker-ref'({ input, expect: wanted }) {
    expect(fullReference(parseReference(input['reference']!))).toBe(wanted['string']);
  },
  'familiar-match'({ input, expect: wanted }) {
    const matches = (): boolean =>
      matchesFamiliar(parseStrictReference(input['reference']!), (text) => matchPattern(input['pattern']!, text));
    if (wanted['error'] === true) expect(matches).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    else expect(matches()).toBe(wanted['match']);
  },
  regexp({ input, expect: wanted }) {
    const rules: Readonly<Record<string, RegExp>> = {
      'domain-and-port': DOMAIN_RULE,
      name: NAME_RULE,
      reference: REFERENCE_RULE,
      identifier: IDENTIFIER_RULE,
    };
    const match = rules[input['rule']!]!.exec(input['text']!);
    expect(match !== null).toBe(wanted['match']);
    if (wanted['parts'] === undefined || match === null) return;
    const parts =
      input['rule'] === 'reference' ? referenceParts(match) : match.slice(1).map((part?: string) => part ?? '');
    expect(parts).toEqual(wanted['parts']);
  },
};

/** The grammar's own groups are name, tag and digest. */
function referenceParts(match: RegExpExecArray): string[] {
  const [, domain, path, tag, digest] = match;
  return [domain === undefined ? path! : `${domain}/${path!}`, tag ?? '', digest ?? ''];
}

function composed({ input, expect: wanted }: Case): void {
  const { name = '', tag, digest } = input;
  const reference: Reference = {
    ...parseStrictName(name),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest: digest as Digest }),
  };
  expect(formatReference(reference)).toBe(wanted['reference']);
}

describe.skipIf(!existsSync(VECTORS))(
  'references, as distribution/reference (skipped where ../shared/vectors is missing)',
  () => {
    const { cases } = JSON.parse(existsSync(VECTORS) ? readFileSync(VECTORS, 'utf8') : '{"cases":[]}') as {
      cases: Case[];
    };
    it.each(cases.map((test) => [test.name, test] as const))('%s', (_, test) => {
      const check = CHECKS[test.kind];
      expect(check, `no check for ${test.kind}`).toBeDefined();
      check!(test);
    });
  },
);

describe('what Docker shows', () => {
  it('fills in the tag for people and for keys', () => {
    expect(familiarReference(parseReference('busybox'))).toBe('busybox:latest');
    expect(fullReference(parseReference('busybox'))).toBe('docker.io/library/busybox:latest');
    expect(familiarReference(parseReference('localhost:5000/a/b:1'))).toBe('localhost:5000/a/b:1');
  });

  it('refuses an image ID as a name', () => {
    expect(messageOf(() => parseReference('a'.repeat(64)))).toContain('cannot specify 64-byte hexadecimal strings');
  });
});

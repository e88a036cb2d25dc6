import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../base/errors.ts';
import type { ScannedPackage } from '../report.ts';
import { advisorySet, matchAdvisories } from './advisory-set.ts';
import { cvss3Score } from './cvss3.ts';
import { parseOsvFile, type OsvAffected } from './osv.ts';
import { affectionOf } from './ranges.ts';
import { comparisonOf } from './versions/index.ts';

const npm = comparisonOf('npm');
const affected = (events: readonly Record<string, string>[], versions?: readonly string[]): OsvAffected => ({
  ranges: [{ type: 'SEMVER', events }],
  ...(versions === undefined ? {} : { versions }),
});

describe('a file of advisories', () => {
  it('is one document, a list, an answer of OSV’s API, or a document a line', () => {
    const document = { id: 'X-1', affected: null, modified: '2026-01-02T03:04:05Z' };
    const text = JSON.stringify(document);
    for (const content of [text, `[${text}]`, `{"vulns":[${text}]}`, `${text}\n${text}\n`, `\uFEFF${text}`]) {
      expect(parseOsvFile(content)[0]).toEqual({ id: 'X-1', modified: document.modified });
    }
  });

  it.each([
    ['', /is empty/],
    ['[]', /holds no advisory/],
    ['hello', /should be an OSV document/],
    ['{"id":"A"}\n{"id":', /line 2 is not JSON/],
    ['{"id":"A"}\n{"id":7}', /the advisory of line 2\.id must be an ID/],
    ['{"name":"lodash"}', /the advisory/],
    ['[{"id":"A"},{"id":"B","affected":[{"ranges":[{"type":"SEMVER"}]}]}]', /advisory 2\.affected\[0\]\.ranges\[0\]/],
    ['[{"id":"A","affected":[{"package":{"name":"x"}}]}]', /advisory 1\.affected\[0\]\.package/],
  ])('that is wrong says where: %s', (content, message) => {
    expect(() => parseOsvFile(content)).toThrow(message);
  });

  it('of any content is read or refused, and never crashes a match', () => {
    const event = fc.dictionary(fc.constantFrom('introduced', 'fixed', 'last_affected', 'limit'), fc.string(), {
      maxKeys: 2,
    });
    const document = fc.record({
      id: fc.oneof(fc.string(), fc.constant('CVE-2024-1')),
      affected: fc.array(
        fc.record({
          package: fc.record({ ecosystem: fc.constantFrom('npm', 'PyPI', 'Alpine:v3.22'), name: fc.constant('x') }),
          ranges: fc.array(
            fc.record({
              type: fc.constantFrom('SEMVER', 'ECOSYSTEM', 'GIT'),
              events: fc.array(event, { maxLength: 4 }),
            }),
          ),
        }),
      ),
      references: fc.array(fc.record({ type: fc.string(), url: fc.string() })),
    });
    const content = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(document, { maxLength: 3 }).map((list) => JSON.stringify(list)),
    );
    fc.assert(
      fc.property(content, (text) => {
        try {
          const set = advisorySet({ name: 'mine', bundled: false, advisories: 0 }, parseOsvFile(text));
          matchAdvisories([PACKAGE], undefined, [set]);
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
        }
      }),
      { numRuns: 80 },
    );
  });
});

const PACKAGE: ScannedPackage = {
  type: 'npm',
  name: 'x',
  version: '1.5.0',
  purl: 'pkg:npm/x@1.5.0',
  layer: 0,
  path: '/app/node_modules/x/package.json',
};

describe('a range', () => {
  it.each([
    ['1.5.0', [{ introduced: '0' }, { fixed: '1.5.0' }], undefined],
    ['1.4.9', [{ introduced: '0' }, { fixed: '1.5.0' }], { range: '<1.5.0', fixed: '1.5.0' }],
    ['1.5.0', [{ introduced: '0' }, { last_affected: '1.5.0' }], { range: '<=1.5.0' }],
    ['1.5.1', [{ introduced: '0' }, { last_affected: '1.5.0' }], undefined],
    ['3.0.0', [{ introduced: '2.0.0' }], { range: '>=2.0.0' }],
    ['3.0.0', [{ introduced: '0' }], { range: '>=0' }],
    ['1.0.0', [{ introduced: '2.0.0' }], undefined],
    // a second stretch, its events in no order
    [
      '4.0.1',
      [{ fixed: '4.1.0' }, { introduced: '4.0.0' }, { introduced: '0' }, { fixed: '1.0.0' }],
      { range: '>=4.0.0, <4.1.0', fixed: '4.1.0' },
    ],
    ['2.0.0', [{ fixed: '4.1.0' }, { introduced: '4.0.0' }, { introduced: '0' }, { fixed: '1.0.0' }], undefined],
    ['1.0.0', [{ introduced: 'what' }], undefined],
    ['what', [{ introduced: '0' }, { fixed: '1.0.0' }], undefined],
  ])('of %s by %j', (version, events, wanted) => {
    expect(affectionOf(version, affected(events), npm)).toEqual(wanted);
  });

  it('is not all: listed versions count beside it, and alone where versions cannot be compared', () => {
    expect(affectionOf('9.9.9', affected([{ introduced: '0' }, { fixed: '1.0.0' }], ['9.9.9']), npm)).toEqual({
      range: '=9.9.9',
    });
    expect(affectionOf('odd', affected([{ introduced: '0' }], ['odd']), undefined)).toEqual({ range: '=odd' });
    expect(affectionOf('1.0.0', { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }, npm)).toBeUndefined();
  });
});

describe('matching', () => {
  const set = (...documents: readonly object[]) =>
    advisorySet(
      { name: 'mine', bundled: false, advisories: documents.length },
      parseOsvFile(JSON.stringify(documents)),
    );
  const glibc: ScannedPackage = {
    type: 'deb',
    name: 'libc6',
    version: '2.36-9+b1',
    purl: 'pkg:deb/debian/libc6@2.36-9%2Bb1',
    source: { name: 'glibc', version: '2.36-9' },
    layer: 0,
    path: '/var/lib/dpkg/status',
  };
  const debian = { id: 'debian', versionID: '12', title: 'Debian 12' };
  const advisory = (ecosystem: string, name: string, more: object = {}) => ({
    id: 'DEBIAN-CVE-2024-1234',
    summary: 'Something.',
    affected: [
      {
        package: { ecosystem, name },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.36-10' }] }],
      },
    ],
    ...more,
  });

  it('asks by source package and release, and tells several binaries of one source once', () => {
    const packages = [glibc, { ...glibc, name: 'libc-bin', purl: 'pkg:deb/debian/libc-bin' }];
    const matches = matchAdvisories(packages, debian, [set(advisory('Debian:12', 'glibc'))]);
    expect(matches).toEqual([
      expect.objectContaining({
        id: 'CVE-2024-1234',
        subject: { type: 'deb', name: 'glibc', version: '2.36-9' },
        purls: packages.map(({ purl }) => purl),
        fixedVersion: '2.36-10',
        url: 'https://osv.dev/vulnerability/DEBIAN-CVE-2024-1234',
      }),
    ]);
    expect(matchAdvisories(packages, debian, [set(advisory('Debian:11', 'glibc'))])).toEqual([]);
    expect(matchAdvisories(packages, undefined, [set(advisory('Debian:12', 'glibc'))])).toEqual([]);
  });

  it('leaves withdrawn ones out, takes severity by word before vector, and no addresses but the web’s', () => {
    expect(matchAdvisories([glibc], debian, [set(advisory('Debian', 'glibc', { withdrawn: '2025-01-01' }))])).toEqual(
      [],
    );
    const vector = { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] };
    const rated = (more: object) => matchAdvisories([glibc], debian, [set(advisory('Debian', 'glibc', more))])[0];
    expect(rated(vector)).toMatchObject({ severity: 'critical', score: 9.8 });
    expect(rated({ ...vector, database_specific: { severity: 'MODERATE' } })).toMatchObject({ severity: 'medium' });
    expect(rated({ references: [{ type: 'ADVISORY', url: 'javascript:alert(1)' }] })?.url).toMatch(
      /^https:\/\/osv\.dev/,
    );
  });

  it('knows PyPI’s names in their other spellings', () => {
    const one: ScannedPackage = { ...PACKAGE, type: 'pypi', name: 'Python_Multipart', version: '0.0.1' };
    const document = {
      id: 'PYSEC-1',
      affected: [{ package: { ecosystem: 'PyPI', name: 'python-multipart' }, versions: ['0.0.1'] }],
    };
    expect(matchAdvisories([one], undefined, [set(document)])).toHaveLength(1);
  });
});

describe('a CVSS vector', () => {
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['CVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N', 2.2],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
    ['CVSS:4.0/AV:N/AC:L', undefined],
    ['AV:N/AC:L/Au:N/C:N/I:N/A:P', undefined],
    ['CVSS:3.1/AV:N', undefined],
  ])('%s is %s', (vector, score) => {
    expect(cvss3Score(vector)).toBe(score);
  });
});

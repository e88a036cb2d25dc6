import { describe, expect, it } from 'vitest';
import { IMAGE } from '../../../tests/page/fixture-image.ts';
import { SCAN } from '../../../tests/page/fixture-scan.ts';
import {
  advisoryCounts,
  countsOf,
  weakSpotGroups,
  packagesWith,
  placeWords,
  sourceWords,
  vulnerablePackages,
} from './scan-words.ts';

describe('a scan in words', () => {
  it('counts by severity, worst first, and leaves out what there is none of', () => {
    expect(countsOf([{ severity: 'low' }, { severity: 'critical' }, { severity: 'low' }])).toEqual([
      ['critical', 1],
      ['low', 2],
    ]);
  });

  it('puts the advisories of a package together, with its layers and what came of it', () => {
    expect(vulnerablePackages(SCAN, IMAGE)).toEqual([
      expect.objectContaining({ name: 'openssl', version: '3.5.0-r0', binaries: ['libssl3'] }),
    ]);
    expect(vulnerablePackages(SCAN, IMAGE)[0]?.layers.map(({ index }) => index)).toEqual([0]);
    expect(advisoryCounts(SCAN.advisories).get(SCAN.packages[0]!.purl)).toBe(1);
  });

  it('finds packages by name, version and type', () => {
    expect(packagesWith(SCAN.packages, ' LIBSSL ')).toHaveLength(1);
    expect(packagesWith(SCAN.packages, 'apk lib')).toHaveLength(1);
    expect(packagesWith(SCAN.packages, 'musl')).toEqual([]);
    expect(packagesWith(SCAN.packages, '')).toBe(SCAN.packages);
  });

  it('says where a secret lies', () => {
    const [secret] = SCAN.secrets;
    expect(placeWords(secret!, IMAGE)).toBe('/root/.ssh/id_rsa, line 1');
    expect(placeWords({ ...secret!, place: { kind: 'env', name: 'TOKEN' } }, IMAGE)).toContain('variable TOKEN');
    expect(placeWords({ ...secret!, place: { kind: 'history', row: 99, name: 'KEY' } }, IMAGE)).toBe(
      'line 100 of the image’s history (KEY)',
    );
  });

  it('says what it was held to, and puts weakSpots of a kind together', () => {
    expect(sourceWords({ name: 'mine.json', bundled: false, advisories: 1 })).toBe('1 advisory of mine.json');
    expect(sourceWords(SCAN.sources[0]!)).toMatch(/small set of 1 advisory that Strata brings.*as of 2026-02-01$/);
    const su = {
      ...SCAN.weakSpots[0]!,
      kind: 'setuid' as const,
      title: 'Setuid program of root',
      severity: 'critical' as const,
      layer: 0,
    };
    const spots = [...SCAN.weakSpots, { ...su, path: '/bin/su' }, { ...su, path: '/bin/mount' }];
    expect(weakSpotGroups(spots, IMAGE).map(({ title, places }) => [title, places.map(({ path }) => path)])).toEqual([
      ['Setuid program of root', ['/bin/su', '/bin/mount']],
      ['Containers run as root', []],
    ]);
  });
});

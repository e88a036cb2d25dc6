import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonOf } from './index.ts';

/** Versions in their order, oldest first. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  'Debian:12': [
    '0.1~beta-1',
    '0.1-1',
    '1.0~rc1-1',
    '1.0-1',
    '1.0-1+b13',
    '1.0-1+deb12u2',
    '1.0-1+deb12u10',
    '1.0-2',
    '1.1',
    '1:0.5-1',
    '1:1.2.13.dfsg-1',
    '1:1.3.dfsg-2',
  ],
  'Ubuntu:18.04:LTS': ['2.27-3ubuntu1', '2.27-3ubuntu1.6', '2.27-3ubuntu1.6+esm1', '2.27-3ubuntu1.6+esm2'],
  'Alpine:v3.22': [
    '1.0_alpha1-r0',
    '1.0_beta-r0',
    '1.0_pre2-r0',
    '1.0_rc1-r0',
    '1.0-r0',
    '1.0-r2',
    '1.0-r10',
    '1.0_p1-r0',
    '1.0.1-r0',
    '1.0.1a-r0',
    '1.0.1t-r2',
    '1.0.1u-r0',
    '1.37.0-r9',
    '1.37.0-r20',
    '20241121-r2',
  ],
  npm: [
    '0.9.9',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.2.0',
    '1.10.0',
    '4.17.21',
  ],
  PyPI: [
    '1.dev0',
    '1.0.dev456',
    '1.0a1',
    '1.0a2.dev456',
    '1.0a12.dev456',
    '1.0a12',
    '1.0b1.dev456',
    '1.0b2',
    '1.0b2.post345',
    '1.0rc1.dev456',
    '1.0rc1',
    '1.0',
    '1.0+abc.5',
    '1.0+abc.7',
    '1.0+5',
    '1.0.post456.dev34',
    '1.0.post456',
    '1.1.dev1',
    '2025.7.14',
    '1!0.1',
  ],
};

describe('versions of an ecosystem', () => {
  it.each(Object.entries(ORDERS))('%s are in order', (ecosystem, versions) => {
    const compare = comparisonOf(ecosystem)!;
    for (const [place, version] of versions.entries()) {
      for (const [otherPlace, other] of versions.entries()) {
        const wanted = Math.sign(place - otherPlace);
        expect(Math.sign(compare(version, other)!), `${version} against ${other}`).toBe(wanted);
      }
    }
  });

  it('are equal in other spellings', () => {
    expect(comparisonOf('PyPI')!('1.0-ALPHA_1', '1.0a1')).toBe(0);
    expect(comparisonOf('PyPI')!('v1.0.0', '1')).toBe(0);
    expect(comparisonOf('PyPI')!('1.0-1', '1.0.post1')).toBe(0);
    expect(comparisonOf('npm')!('1.2.3+build5', 'v1.2.3')).toBe(0);
    expect(comparisonOf('Debian:12')!('0:1.0-1', '1.0-1')).toBe(0);
  });

  it('are told apart from what is none', () => {
    expect(comparisonOf('Alpine:v3.22')!('not a version', '1.0-r0')).toBeUndefined();
    expect(comparisonOf('npm')!('latest', '1.0.0')).toBeUndefined();
    expect(comparisonOf('PyPI')!('1.0', '1.0-final-really')).toBeUndefined();
    expect(comparisonOf('Debian:12')!('', '1')).toBeUndefined();
    expect(comparisonOf('npm')!(`1.0.${'9'.repeat(1000)}`, '1.0.0')).toBeUndefined();
    expect(comparisonOf('Hackage')).toBeUndefined();
  });

  it('order any two texts the same way round, or not at all', () => {
    const text = fc.oneof(fc.string({ maxLength: 20 }), fc.stringMatching(/^[0-9]+([.~+-][0-9a-z]+){0,3}$/));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(ORDERS)), text, text, (ecosystem, a, b) => {
        const compare = comparisonOf(ecosystem)!;
        const [there, back] = [compare(a, b), compare(b, a)];
        expect(there === undefined).toBe(back === undefined);
        if (there !== undefined) expect(Math.sign(there)).toBe(Math.sign(-back!));
      }),
      { numRuns: 300 },
    );
  });
});

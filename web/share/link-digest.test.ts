import { expect, it } from 'vitest';
import { linkDigest, withoutDigest } from './link-digest.ts';

it('a link says the digest of a build that is done, if it is to', () => {
  expect(linkDigest('done', true)).toBe('said');
  expect(linkDigest('done', false)).toBe('left-out');
  expect(withoutDigest('done')).toBe('');
});

it('while the build runs the digest is on its way, and never said to be there', () => {
  expect(linkDigest('running', true)).toBe('coming');
  expect(linkDigest('running', false)).toBe('left-out');
  expect(withoutDigest('running')).toContain('running');
});

it.each(['failed', 'stopped', 'idle'] as const)('a build that is %s gives no digest, and says why', (phase) => {
  expect(linkDigest(phase, true)).toBe('left-out');
  expect(withoutDigest(phase)).not.toBe('');
});

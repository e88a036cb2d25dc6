import { expect, it } from 'vitest';
import { buildOf, rowsOf } from './build-settings.ts';

it('empty fields are as by default; a value may be empty, a name may not', () => {
  expect(buildOf(' ', '', [{ name: ' ', value: 'lost' }])).toEqual({});
  const build = { target: 'tests', platform: 'linux/arm64', buildArgs: { A: '1', EMPTY: '' } };
  expect(buildOf(' tests ', 'linux/arm64', rowsOf(build))).toEqual(build);
});

import { expect, it } from 'vitest';
import { packTokens, TOKEN_TYPES } from './semantic-tokens.ts';

it('places of tokens are told relative to the token before, columns anew on each line', () => {
  const data = packTokens([
    { line: 3, startColumn: 5, length: 2, type: 'flag' },
    { line: 1, startColumn: 1, length: 4, type: 'keyword' },
    { line: 1, startColumn: 6, length: 6, type: 'string' },
  ]);
  expect([...data]).toEqual([
    ...[0, 0, 4, TOKEN_TYPES.indexOf('keyword'), 0],
    ...[0, 5, 6, TOKEN_TYPES.indexOf('string'), 0],
    ...[2, 4, 2, TOKEN_TYPES.indexOf('flag'), 0],
  ]);
});

/** The language worker's tokens as Monaco takes them. */
import type { LanguageToken } from '../../worker/api/types.ts';

/** The legend: a token's type travels as its place here. */
export const TOKEN_TYPES: readonly LanguageToken['type'][] = [
  'keyword',
  'flag',
  'string',
  'variable',
  'comment',
  'directive',
  'stage',
  'operator',
  'number',
  'path',
  'heredoc',
  'control',
  'command',
];

/** Tokens in the form of the language server protocol: five numbers each, places relative to the one before. */
export function packTokens(tokens: readonly LanguageToken[]): Uint32Array {
  const sorted = [...tokens].sort((a, b) => a.line - b.line || a.startColumn - b.startColumn);
  const data = new Uint32Array(sorted.length * 5);
  let [line, column] = [1, 1];
  for (const [place, token] of sorted.entries()) {
    const sameLine = token.line === line;
    const deltaColumn = sameLine ? token.startColumn - column : token.startColumn - 1;
    data.set([token.line - line, deltaColumn, token.length, TOKEN_TYPES.indexOf(token.type), 0], place * 5);
    [line, column] = [token.line, token.startColumn];
  }
  return data;
}

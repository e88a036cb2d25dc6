/**
 * The Dockerfile language in Monaco: the language worker's tokens give the colours; a small grammar gives rough ones for
 * the moment before they arrive.
 */
import type { LanguageClient, LanguageToken } from '../../worker/api/types.ts';
import { languages } from './monaco.ts';

export const DOCKERFILE_LANGUAGE = 'dockerfile';

const TYPES: readonly LanguageToken['type'][] = [
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
];

/** Registers the language once, coloured by `client`. */
export function registerDockerfile(client: LanguageClient): void {
  languages.register({ id: DOCKERFILE_LANGUAGE, filenames: ['Dockerfile'], extensions: ['.dockerfile'] });
  languages.setLanguageConfiguration(DOCKERFILE_LANGUAGE, {
    comments: { lineComment: '#' },
    brackets: [
      ['[', ']'],
      ['(', ')'],
      ['{', '}'],
    ],
    autoClosingPairs: [
      { open: '[', close: ']' },
      { open: '(', close: ')' },
      { open: '{', close: '}' },
      { open: '"', close: '"', notIn: ['string'] },
    ],
    onEnterRules: [
      // The lines after a continued one are indented under it.
      { beforeText: /^\S.*\\\s*$/, action: { indentAction: languages.IndentAction.Indent } },
    ],
  });
  languages.setMonarchTokensProvider(DOCKERFILE_LANGUAGE, {
    defaultToken: '',
    ignoreCase: true,
    tokenizer: {
      root: [
        [/^\s*#.*$/, 'comment'],
        [
          /^(\s*)(FROM|RUN|CMD|LABEL|MAINTAINER|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL)\b/,
          ['', 'keyword'],
        ],
        [/\s(AS)(?=\s)/, 'keyword'],
        [/--[\w-]+=?/, 'flag'],
        [/\$(?:\{[^}]*\}|\w+)/, 'variable'],
        [/"(?:[^"\\]|\\.)*"?/, 'string'],
        [/'[^']*'?/, 'string'],
      ],
    },
  });
  languages.registerDocumentSemanticTokensProvider(DOCKERFILE_LANGUAGE, {
    getLegend: () => ({ tokenTypes: [...TYPES], tokenModifiers: [] }),
    async provideDocumentSemanticTokens(model) {
      return { data: packTokens(await client.tokens(model.getValue())) };
    },
    releaseDocumentSemanticTokens: () => undefined,
  });
}

/** Tokens in the form of the language server protocol: five numbers each, places relative to the one before. */
export function packTokens(tokens: readonly LanguageToken[]): Uint32Array {
  const sorted = [...tokens].sort((a, b) => a.line - b.line || a.startColumn - b.startColumn);
  const data = new Uint32Array(sorted.length * 5);
  let [line, column] = [1, 1];
  for (const [place, token] of sorted.entries()) {
    const sameLine = token.line === line;
    const deltaColumn = sameLine ? token.startColumn - column : token.startColumn - 1;
    data.set([token.line - line, deltaColumn, token.length, TYPES.indexOf(token.type), 0], place * 5);
    [line, column] = [token.line, token.startColumn];
  }
  return data;
}

/**
 * The Dockerfile language in Monaco: the language worker's tokens give the colours; a small grammar gives rough ones for
 * the moment before they arrive.
 */
import type { LanguageClient } from '../../worker/api/types.ts';
import { registerFeatures } from './language-features.ts';
import { languages } from './monaco.ts';
import { packTokens, TOKEN_TYPES } from './semantic-tokens.ts';

export const DOCKERFILE_LANGUAGE = 'dockerfile';

/** Registers the language once; `client` answers what is asked about its texts. */
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
    getLegend: () => ({ tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] }),
    async provideDocumentSemanticTokens(model) {
      return { data: packTokens(await client.tokens(model.getValue())) };
    },
    releaseDocumentSemanticTokens: () => undefined,
  });
  registerFeatures(DOCKERFILE_LANGUAGE, client);
}

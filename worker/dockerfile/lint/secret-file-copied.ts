import { placeOf } from './places.ts';
import type { LintRule } from './rule.ts';

const SECRET_FILES: readonly RegExp[] = [
  /^\.env(?:\.(?!example|sample|template|dist)[\w-]+)?$/,
  /^\.(?:npmrc|netrc|pypirc|pgpass|git-credentials|htpasswd)$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)$/,
  /\.(?:pem|key|p12|pfx|jks|keystore)$/,
  /^(?:credentials|credentials\.json|service-account.*\.json|secrets?\.(?:json|ya?ml|toml))$/,
];

export const secretFileCopied: LintRule = {
  name: 'SecretFileCopied',
  origin: 'strata',
  severity: 'warning',
  description: 'A file with secrets should not be copied into a layer',
  why: 'A layer can be unpacked by everyone who can pull the image, also where a later step deletes the file. Give it to the one RUN that needs it (`RUN --mount=type=secret,id=...`) or to the container when it starts, and name it in .dockerignore.',
  *check(file) {
    for (const { node, contextSources } of file.instructions) {
      for (const source of contextSources) {
        const name = source.replace(/\/$/, '').replace(/^.*\//, '');
        if (!SECRET_FILES.some((pattern) => pattern.test(name))) continue;
        const range = placeOf(file, node, source);
        const message = `${name} looks like it holds secrets, and becomes part of a layer`;
        yield { node, message, ...(range === undefined ? {} : { range }) };
      }
    }
  },
};

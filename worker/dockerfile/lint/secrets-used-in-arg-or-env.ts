import { arg } from '../directives/arg.ts';
import { env } from '../directives/env.ts';
import type { Instruction } from '../directive.ts';
import { quote } from '../go-quote.ts';
import { placeOf } from './places.ts';
import { buildkitPage, type LintRule } from './rule.ts';

const SECRET = /(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const HARMLESS = /(?:_|^)(?:public|file|version)(?:_|$)/i;

export const secretsUsedInArgOrEnv: LintRule = {
  name: 'SecretsUsedInArgOrEnv',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Sensitive data should not be used in the ARG or ENV commands',
  why: 'An ENV is kept in the image and an ARG in its history: whoever can pull the image can read both. Give the secret to the one RUN that needs it: `RUN --mount=type=secret,id=token ...`, built with `--secret id=token`.',
  url: buildkitPage('secrets-used-in-arg-or-env'),
  *check(file) {
    for (const { instructions } of file.stages) {
      for (const instruction of instructions) {
        for (const name of namesSetBy(instruction)) {
          if (!SECRET.test(name) || HARMLESS.test(name)) continue;
          const { node } = instruction;
          const message = `Do not use ARG or ENV instructions for sensitive data (${node.name.toUpperCase()} ${quote(name)})`;
          const range = placeOf(file, node, name, (before, after) => /\s/.test(before) && !/\w/.test(after));
          yield { node, message, ...(range === undefined ? {} : { range }) };
        }
      }
    }
  },
};

function namesSetBy(instruction: Instruction): readonly string[] {
  if (arg.made(instruction)) return instruction.data.definitions.map(({ name }) => name);
  return env.made(instruction) ? instruction.data.variables.map(({ name }) => name) : [];
}

import type { LintRule } from './rule.ts';
import { shellCommands } from './shell-commands.ts';

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['cd', 'WORKDIR'],
  ['export', 'ENV'],
  ['unset', 'ENV'],
  ['umask', 'the RUN that needs it'],
  ['alias', 'the RUN that needs it'],
]);

export const forgottenState: LintRule = {
  name: 'ForgottenState',
  origin: 'strata',
  severity: 'warning',
  description: 'What lasts no longer than its RUN should not end it',
  why: 'Each RUN is a new shell: its directory and variables are gone in the next one, and only files stay. WORKDIR and ENV last.',
  *check(file) {
    for (const { instructions } of file.stages) {
      for (const instruction of instructions) {
        const last = shellCommands(instruction).at(-1);
        const program = last?.words[0] ?? '';
        const instead = last === undefined || last.words.length > 2 ? undefined : INSTEAD.get(program);
        if (instead === undefined) continue;
        yield {
          node: instruction.node,
          message: `"${last?.words.join(' ') ?? ''}" is forgotten when the RUN ends: use ${instead}`,
        };
      }
    }
  },
};

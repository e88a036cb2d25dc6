import { EngineError } from '../../base/errors.ts';
import { requireSome } from '../argument-count.ts';
import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';

export interface ShellData {
  readonly words: readonly string[];
}

const SHELLS = ['["/bin/bash", "-o", "pipefail", "-c"]', '["/bin/ash", "-eo", "pipefail", "-c"]', '["/bin/sh", "-c"]'];

export const shell = defineDirective<ShellData>({
  name: 'SHELL',
  summary: 'Sets the program that runs the shell forms of RUN, CMD and ENTRYPOINT.',
  syntax: ['SHELL ["program", "argument", ...]'],
  docs: `A shell form is run as these words with the command line as one more. The default is \`["/bin/sh", "-c"]\`. It must be JSON, holds
for the instructions that follow, and is kept in the image for those that build on it. \`SHELL ["/bin/bash", "-o", "pipefail", "-c"]\`
makes a failing part of a pipeline fail its RUN.`,
  flags: [],
  argumentSyntax: 'exec-or-line',
  suggestions: { place: 'arguments', values: SHELLS.map((label) => ({ label })) },
  expands: 'nothing',
  interpret: (node) => {
    readFlags(node.flags, []);
    requireSome('SHELL', node.args);
    if (!node.json) throw new EngineError('dockerfile', 'SHELL requires the arguments to be in JSON form');
    return { words: node.args };
  },
  lower: ({ words }, stage) => {
    stage.config.Shell = [...words];
    stage.metadata(`SHELL [${words.join(' ')}]`);
  },
});

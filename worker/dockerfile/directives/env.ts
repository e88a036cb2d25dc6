import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';
import { expandPairs, historyOfPairs, readNameValuePairs, type NameValuePair } from '../name-value-pairs.ts';

export interface EnvData {
  readonly variables: readonly NameValuePair[];
}

export const env = defineDirective<EnvData>({
  name: 'ENV',
  summary: 'Sets environment variables for later instructions and for containers.',
  syntax: ['ENV name=value ...', 'ENV name value'],
  docs: `The variables are seen by the instructions that follow, are kept in the image, and are set in its containers. A value with
blanks is quoted or its blanks escaped. Values may use variables set before; those set in the same instruction are not seen yet.

An ENV wins over an ARG of the same name. For a value that only one RUN needs, set it there: \`RUN NAME=value command\`. The old
form without \`=\` takes all that follows the name as its value.`,
  flags: [],
  argumentSyntax: 'assignments',
  expands: 'all',
  interpret: (node) => {
    readFlags(node.flags, []);
    return { variables: readNameValuePairs('ENV', node.args) };
  },
  lower: ({ variables }, stage) => {
    const expanded = expandPairs(variables, stage);
    for (const { name, value } of expanded) stage.setEnv(name, value);
    stage.metadata(historyOfPairs('ENV', expanded));
  },
});

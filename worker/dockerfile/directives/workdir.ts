import { exactlyOne } from '../argument-count.ts';
import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';

export interface WorkdirData {
  readonly path: string;
}

export const workdir = defineDirective<WorkdirData>({
  name: 'WORKDIR',
  summary: 'Sets the working directory, and creates it.',
  syntax: ['WORKDIR path'],
  docs: `Instructions that follow, and containers, start in this directory. It is created where it is missing, with its parents, for the
current USER. A relative path goes on from the WORKDIR before. A \`cd\` in a RUN does not last beyond that RUN; this does.`,
  flags: [],
  argumentSyntax: 'line',
  expands: 'all',
  isStep: true,
  interpret: (node) => {
    const path = exactlyOne('WORKDIR', node.args);
    readFlags(node.flags, []);
    return { path };
  },
  lower: ({ path }, stage) => {
    stage.workdir(stage.expand(path));
  },
});

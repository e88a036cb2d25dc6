import { exactlyOne } from '../argument-count.ts';
import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';

export interface MaintainerData {
  readonly author: string;
}

export const maintainer = defineDirective<MaintainerData>({
  name: 'MAINTAINER',
  summary: 'Names the author of the image (deprecated: use a LABEL).',
  syntax: ['MAINTAINER name'],
  docs: `Sets the image's author field. It is deprecated, as \`LABEL org.opencontainers.image.authors="name"\` says the same where more
tools look.`,
  flags: [],
  argumentSyntax: 'line',
  expands: 'nothing',
  interpret: (node) => {
    const author = exactlyOne('MAINTAINER', node.args);
    readFlags(node.flags, []);
    return { author };
  },
  lower: ({ author }, stage) => {
    stage.setAuthor(author);
    stage.metadata(`MAINTAINER ${author}`);
  },
});

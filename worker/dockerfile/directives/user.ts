import { exactlyOne } from '../argument-count.ts';
import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';

export interface UserData {
  readonly user: string;
}

export const user = defineDirective<UserData>({
  name: 'USER',
  summary: 'Sets the user, and optionally the group, that later commands and containers run as.',
  syntax: ['USER user[:group]', 'USER uid[:gid]'],
  docs: `RUN, CMD and ENTRYPOINT run as this user. A name must be in the image's \`/etc/passwd\` by the time something runs; a number need
not. COPY and ADD do not follow USER: their files belong to root unless \`--chown\` says otherwise. Without a group the user's own
groups are taken.`,
  flags: [],
  argumentSyntax: 'line',
  expands: 'all',
  interpret: (node) => {
    const name = exactlyOne('USER', node.args);
    readFlags(node.flags, []);
    return { user: name };
  },
  lower: (data, stage) => {
    const name = stage.expand(data.user);
    stage.config.User = name;
    stage.metadata(`USER ${name}`);
  },
});

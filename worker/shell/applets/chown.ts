/** chown and chgrp */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';
import { changeTrees } from './ownership.ts';
import { parseGroup, parseOwner, readUsers } from './users.ts';

export const chown: Applet = {
  names: ['chown', 'chgrp'],
  summary: 'Change the owner and/or group of FILEs',
  usage: '[-RhLHPcvf] USER[:[GRP]] FILE...',
  async run(context) {
    const options = parseOptions(context.args, 'RhLHPcvf', {
      recursive: 'R',
      'no-dereference': 'h',
      dereference: 'dereference',
      changes: 'c',
      verbose: 'v',
      quiet: 'f',
      silent: 'f',
      reference: 'reference:',
      'preserve-root': 'preserve',
    });
    const reference = options.value('reference');
    const [ownerText, ...rest] = reference === undefined ? options.operands : ['', ...options.operands];
    if (ownerText === undefined || rest.length === 0) throw new UsageError('');
    let owner: { uid: number | undefined; gid: number | undefined } | { unknown: string };
    if (reference === undefined) {
      const users = await readUsers(context);
      const gid = context.name === 'chgrp' ? parseGroup(ownerText, users) : undefined;
      owner =
        context.name === 'chown'
          ? parseOwner(ownerText, users)
          : gid === undefined
            ? { unknown: `unknown group ${ownerText}` }
            : { uid: undefined, gid };
    } else {
      const { inode } = context.files.stat(reference);
      owner = { uid: inode.uid, gid: inode.gid };
    }
    if ('unknown' in owner) return context.complain(owner.unknown);
    const { uid, gid } = owner;
    return changeTrees(context, rest, {
      recursive: options.has('R'),
      quiet: options.has('f'),
      change(path, _, link) {
        // With -R a link itself is changed, unless links are to be followed.
        const follow = !options.has('h') && !(options.has('R') && link && !options.has('L'));
        context.files.changeOwner(path, uid, gid, follow);
      },
    });
  },
};

/** chown and chgrp */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
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
      'no-preserve-root': 'nopreserve',
      from: 'from:',
    });
    const reference = options.value('reference');
    const [ownerText, ...rest] = reference === undefined ? options.operands : ['', ...options.operands];
    if (ownerText === undefined || rest.length === 0)
      throw new UsageError(
        '',
        undefined,
        ownerText === undefined ? undefined : `missing operand after ${context.quote(ownerText)}`,
      );
    const users = await readUsers(context);
    let owner: { uid: number | undefined; gid: number | undefined } | { unknown: string };
    if (reference === undefined) {
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
    if ('unknown' in owner) return context.complain(unknownOwner(context, ownerText, owner.unknown));
    const { uid, gid } = owner;
    const verb = context.name === 'chgrp' ? 'group' : 'ownership';
    const messages: string[] = [];
    const status = await changeTrees(context, rest, {
      recursive: options.has('R'),
      quiet: options.has('f'),
      contentsFirst: context.flavour === 'gnu',
      failure: (path) => `changing ${verb} of '${path}'`,
      change(path, { inode }, link) {
        // With -R a link itself is changed, unless links are to be followed.
        const follow = !options.has('h') && !(options.has('R') && link && !options.has('L'));
        context.files.changeOwner(path, uid, gid, follow);
        if (context.flavour === 'busybox') return;
        const changed = (uid ?? inode.uid) !== inode.uid || (gid ?? inode.gid) !== inode.gid;
        if (!options.has('v') && !(options.has('c') && changed)) return;
        const show = (user: number, group: number): string =>
          [
            ...(uid === undefined ? [] : [users.userName(user) ?? user]),
            ...(gid === undefined ? [] : [users.groupName(group) ?? group]),
          ].join(':');
        const before = show(inode.uid, inode.gid);
        messages.push(
          changed
            ? `changed ${verb} of '${path}' from ${before} to ${reference === undefined ? ownerText : show(uid ?? inode.uid, gid ?? inode.gid)}\n`
            : `${verb} of '${path}' retained as ${before}\n`,
        );
      },
    });
    await context.out.write(messages.join(''));
    return status;
  },
};

/** GNU's chown tells the whole of what it was given, except for a user alone or a group alone. */
function unknownOwner(context: AppletContext, text: string, message: string): string {
  if (context.flavour === 'busybox') return message;
  return `invalid ${message.startsWith('unknown group') ? 'group' : 'user'}: ${context.quote(text)}`;
}

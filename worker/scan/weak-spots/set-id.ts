/** Programs that run as their owner or group, whoever starts them. */
import type { WeakSpotRule } from './weak-spot-rule.ts';

const SETUID = 0o4000;
const SETGID = 0o2000;
const EXECUTE = 0o111;

export const setId: WeakSpotRule = {
  ofPath({ path, inode, layer }) {
    if (inode.kind !== 'file' || (inode.mode & (SETUID | SETGID)) === 0 || (inode.mode & EXECUTE) === 0)
      return undefined;
    const isUser = (inode.mode & SETUID) !== 0;
    const owner = isUser ? inode.uid : inode.gid;
    const who = owner === 0 ? 'root' : `${isUser ? 'user' : 'group'} ${owner}`;
    return {
      kind: isUser ? 'setuid' : 'setgid',
      title: `${isUser ? 'Setuid' : 'Setgid'} program of ${who}`,
      severity: isUser && owner === 0 ? 'medium' : 'low',
      path,
      layer,
      why: `Whoever starts it runs it as ${who}: a fault in it is a way up for a process that was confined to another user.`,
      advice:
        'Where no container needs it, take the bit away with RUN chmod a-s. Or start containers with --security-opt no-new-privileges.',
    };
  },
};

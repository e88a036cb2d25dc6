/** Files and directories that every user may change. */
import type { WeakSpotRule } from './weak-spot-rule.ts';

const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

export const worldWritable: WeakSpotRule = {
  ofPath({ path, inode, layer }) {
    const { kind, mode } = inode;
    if ((kind !== 'file' && kind !== 'directory') || (mode & OTHERS_WRITE) === 0) return undefined;
    // as in /tmp: all may add there, and none may take away what is another's
    if (kind === 'directory' && (mode & STICKY) !== 0) return undefined;
    return {
      kind: 'world-writable',
      title:
        kind === 'file' ? 'File that everyone may write' : 'Directory that everyone may write, without the sticky bit',
      severity: 'medium',
      path,
      layer,
      why:
        kind === 'file'
          ? 'Any process in the container may change it, whatever user it runs as; what reads or runs the file next trusts it.'
          : 'Any process in the container may put files there, and replace or remove those of others.',
      advice:
        kind === 'file'
          ? 'Take the right away with RUN chmod o-w, or copy it with COPY --chmod.'
          : 'Take the right away with RUN chmod o-w; where all are to write there, set the sticky bit: chmod +t.',
    };
  },
};

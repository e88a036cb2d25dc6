/** A RUN's mounts, from what the instruction says to what its operation does. */
import { ROOT, baseName, resolvePath, type AbsolutePath } from '../../base/path.ts';
import type { RunMount } from '../../dockerfile/stage-builder.ts';
import type { RunMountDefinition } from '../ops/run-mounts.ts';

const CACHE_MODE = 0o755;
const SECRET_MODE = 0o400;
/** Where an agent's socket is, unless the mount says otherwise. */
const SSH_SOCKET = resolvePath('/run/buildkit/ssh_agent.0');

/** The mount's definition; `inputOf` gives the source for a `from`. */
export function mountDefinition(
  mount: RunMount,
  directory: AbsolutePath,
  inputOf: (from: string | undefined) => number,
): RunMountDefinition {
  const source = resolvePath(mount.source ?? '', ROOT);
  const uid = mount.uid ?? 0;
  const gid = mount.gid ?? 0;
  const target = resolvePath(mount.target ?? '', directory);
  switch (mount.type) {
    case 'bind':
      return { type: 'bind', target, input: inputOf(mount.from), source, readOnly: mount.readOnly };
    case 'tmpfs':
      return { type: 'tmpfs', target };
    case 'cache':
      return {
        type: 'cache',
        target,
        id: mount.id ?? target,
        sharing: mount.sharing ?? 'shared',
        readOnly: mount.readOnly,
        ...(mount.from === undefined ? {} : { input: inputOf(mount.from) }),
        source,
        mode: mount.mode ?? CACHE_MODE,
        uid,
        gid,
      };
    case 'secret': {
      const id = mount.id ?? mount.source ?? baseName(target);
      return {
        type: 'secret',
        target: mount.target === undefined ? resolvePath(`/run/secrets/${baseName(resolvePath(id))}`) : target,
        id,
        required: mount.required ?? false,
        mode: mount.mode ?? SECRET_MODE,
        uid,
        gid,
        ...(mount.env === undefined ? {} : { env: mount.env }),
        asFile: mount.env === undefined || mount.target !== undefined,
      };
    }
    case 'ssh':
      return {
        type: 'ssh',
        target: mount.target === undefined ? SSH_SOCKET : target,
        id: mount.id ?? 'default',
        required: mount.required ?? false,
      };
  }
}

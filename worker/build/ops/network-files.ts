/** `/etc/hosts` and `/etc/resolv.conf` of a RUN: the builder's own, read-only, and no part of the image. */
import { utf8 } from '../../base/bytes.ts';
import { ROOT, childPath, resolvePath, type AbsolutePath } from '../../base/path.ts';
import { bodyOf } from '../../vfs/body.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import type { UnionView } from '../../vfs/view.ts';
import type { OperationContext } from '../operation.ts';
import { stepView } from '../step-view.ts';

/** A name that `--add-host` gives an address. */
export interface ExtraHost {
  readonly host: string;
  readonly address: string;
}

/** What the processes of a build call their machine. */
export const BUILD_HOSTNAME = 'buildkitsandbox';

/** What Docker writes where the machine's own name servers cannot be used. */
const RESOLVER = 'nameserver 8.8.8.8\nnameserver 8.8.4.4\n';

/** A file to mount over a path. */
export interface MountedFile {
  readonly target: AbsolutePath;
  readonly view: UnionView;
  readonly source: AbsolutePath;
  readonly readOnly: true;
}

export function networkFiles(
  extraHosts: readonly ExtraHost[],
  context: Pick<OperationContext, 'timeMs'>,
): MountedFile[] {
  const view = stepView(EMPTY_TREE, context);
  const file = (name: string, text: string): MountedFile => {
    const source = childPath(ROOT, name);
    view.writeFile(source, bodyOf(utf8(text)), { mode: 0o644, uid: 0, gid: 0 });
    return { target: resolvePath(`/etc/${name}`), view, source, readOnly: true };
  };
  const hosts = [
    `127.0.0.1\tlocalhost ${BUILD_HOSTNAME}`,
    '::1\tlocalhost ip6-localhost ip6-loopback',
    ...extraHosts.map(({ host, address }) => `${address}\t${host}`),
  ];
  return [file('resolv.conf', RESOLVER), file('hosts', `${hosts.join('\n')}\n`)];
}

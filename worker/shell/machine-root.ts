/** The file system of the machine that the terminal runs on: a small Linux whose programs are those of this room. */
import { utf8 } from '../base/bytes.ts';
import { resolvePath, type AbsolutePath } from '../base/path.ts';
import type { Clock } from '../base/ports.ts';
import { bodyOf } from '../vfs/body.ts';
import type { UnionView } from '../vfs/view.ts';
import { appletNames } from './applets/index.ts';
import { createTmpfs } from './kernel/environment.ts';

const ROOT_OWNER = { uid: 0, gid: 0 };
const DIRECTORIES = [
  'boot dev etc home media mnt opt proc root run srv sys usr var',
  'usr/bin usr/lib usr/local usr/local/bin usr/sbin usr/share',
  'var/cache var/lib var/log var/spool',
].flatMap((names) => names.split(' '));
const LINKS = [
  ['bin', 'usr/bin'],
  ['sbin', 'usr/sbin'],
  ['lib', 'usr/lib'],
  ['var/run', '/run'],
] as const;
const FILES = [
  ['etc/passwd', 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n'],
  ['etc/group', 'root:x:0:\nnogroup:x:65534:\n'],
  ['etc/hosts', '127.0.0.1\tlocalhost\n'],
  ['etc/os-release', 'PRETTY_NAME="Strata"\nNAME="Strata"\nID=strata\n'],
] as const;
/** Names that are another program's: those of busybox itself, and syntax. */
const NOT_FILES = new Set(['busybox', '[[', 'sh']);
/** What the kernel takes for a binary: the first bytes of a 64-bit ELF file. */
const PROGRAM_HEADER = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1);

/** A fresh root with every applet in `/usr/bin`, and `programs` besides. */
export function createMachineRoot(hostname: string, programs: Iterable<string>, clock: Clock): UnionView {
  const root = createTmpfs(clock);
  for (const name of DIRECTORIES)
    root.mkdir(resolvePath(name), { mode: name === 'root' ? 0o700 : 0o755, ...ROOT_OWNER });
  for (const name of ['tmp', 'var/tmp']) {
    root.mkdir(resolvePath(name), { mode: 0o1777, ...ROOT_OWNER });
  }
  for (const [name, target] of LINKS) root.symlink(resolvePath(name), target, { mode: 0o777, ...ROOT_OWNER });
  for (const [name, text] of [...FILES, ['etc/hostname', `${hostname}\n`] as const]) {
    root.writeFile(resolvePath(name), bodyOf(utf8(text)), { mode: 0o644, ...ROOT_OWNER });
  }
  const body = bodyOf(PROGRAM_HEADER);
  const inPath = (name: string): AbsolutePath => resolvePath(`usr/bin/${name}`);
  for (const name of [...appletNames(), ...programs]) {
    if (!NOT_FILES.has(name)) root.writeFile(inPath(name), body, { mode: 0o755, ...ROOT_OWNER });
  }
  root.symlink(inPath('sh'), 'dash', { mode: 0o777, ...ROOT_OWNER });
  return root;
}

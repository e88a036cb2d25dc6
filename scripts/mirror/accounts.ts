/** Users that a Dockerfile adds to the accounts of its base image, as `groupadd` and `useradd` (or busybox's) do. */
import { textIn, type LaidFiles } from './file-layer.ts';
import type { MirrorLayer } from './layer-tar.ts';

export interface NewUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
  readonly comment?: string;
  /** What stands in the shadow file for the password; `!` by default. */
  readonly password?: string;
}

/** The files of accounts with one more user and its group, over those of the layers below. */
export function accountFiles(below: readonly MirrorLayer[], user: NewUser): LaidFiles {
  const { name, uid, gid, home, shell } = user;
  const added: Readonly<Record<string, string>> = {
    '/etc/group': `${name}:x:${gid}:`,
    '/etc/gshadow': `${name}:!::`,
    '/etc/passwd': `${name}:x:${uid}:${gid}:${user.comment ?? ''}:${home}:${shell}`,
    '/etc/shadow': `${name}:${user.password ?? '!'}:20249::::::`,
  };
  const files = Object.entries(added).map(([path, line]) => ({ path, before: textIn(below, path), line }));
  return Object.fromEntries(
    files
      .filter(({ before }) => before !== '')
      .map(({ path, before, line }) => [
        path,
        { text: `${before}${line}\n`, ...(path.endsWith('shadow') ? { mode: 0o640, gid: 42 } : {}) },
      ]),
  );
}

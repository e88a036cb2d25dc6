/** Who a process or a user is, for `id`, `groups` and `whoami`. */
import type { AppletContext } from './context.ts';
import type { UserDatabase } from './users.ts';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
  /** All groups, the own one first. */
  readonly groups: readonly number[];
}

/** Of this process, or of a user of the image; undefined when it is not known there. */
export function identityOf(context: AppletContext, users: UserDatabase, name?: string): Identity | undefined {
  if (name === undefined) {
    const { uid, gid, groups } = context.process.credentials;
    return { uid, gid, groups: [...new Set([gid, ...groups])] };
  }
  const user = users.users.find((one) => one.name === name);
  if (user === undefined) return undefined;
  const further = users.groups.filter((group) => group.members.includes(name)).map((group) => group.gid);
  return { uid: user.uid, gid: user.gid, groups: [...new Set([user.gid, ...further])] };
}

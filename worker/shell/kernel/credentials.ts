/** Who may do what: the permission checks of POSIX, made by the credentials of a process. */
import type { Inode } from '../../vfs/inode.ts';
import type { Credentials } from '../process.ts';

/** What is asked of a file: read 4, write 2, execute or search 1, added up. */
export const READ = 4;
export const WRITE = 2;
export const EXECUTE = 1;

const isRoot = (who: Credentials): boolean => who.uid === 0;

/** True when `who` belongs to group `gid`. */
export function inGroup(who: Credentials, gid: number): boolean {
  return who.gid === gid || who.groups.includes(gid);
}

/** True when the mode bits of `inode` grant all of `wanted` to `who`. Root needs an execute bit to execute, nothing else. */
export function mayAccess(inode: Inode, who: Credentials, wanted: number): boolean {
  if (isRoot(who)) {
    return (wanted & EXECUTE) === 0 || inode.kind === 'directory' || (inode.mode & 0o111) !== 0;
  }
  const shift = inode.uid === who.uid ? 6 : inGroup(who, inode.gid) ? 3 : 0;
  return ((inode.mode >> shift) & wanted) === wanted;
}

/** True for the owner and for root: who may change mode and times. */
export function ownsFile(inode: Inode, who: Credentials): boolean {
  return isRoot(who) || inode.uid === who.uid;
}

/** True when `who`, allowed to write `directory`, may remove or rename `entry` in it: the sticky bit protects others' files. */
export function mayRemoveFrom(directory: Inode, entry: Inode, who: Credentials): boolean {
  const sticky = (directory.mode & 0o1000) !== 0;
  return !sticky || isRoot(who) || entry.uid === who.uid || directory.uid === who.uid;
}

/** True when `who` may give a file of theirs to `uid` and `gid` (undefined: unchanged). */
export function mayChangeOwner(
  inode: Inode,
  who: Credentials,
  uid: number | undefined,
  gid: number | undefined,
): boolean {
  if (isRoot(who)) return true;
  if (inode.uid !== who.uid || (uid !== undefined && uid !== inode.uid)) return false;
  return gid === undefined || gid === inode.gid || inGroup(who, gid);
}

/** Mode bits a change of owner or a write by another than root takes away: set-uid, and set-gid of group-executables. */
export function withoutPrivilegeBits(mode: number): number {
  const setGid = (mode & 0o010) !== 0 ? 0o2000 : 0;
  return mode & ~(0o4000 | setGid);
}

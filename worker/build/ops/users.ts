/**
 * User and group names of an image: `/etc/passwd` and `/etc/group` of the root, read as runc's and BuildKit's user package
 * reads them.
 */
import { utf8Text } from '../../base/bytes.ts';
import { EngineError } from '../../base/errors.ts';
import { resolvePath, type AbsolutePath } from '../../base/path.ts';
import type { Credentials } from '../../shell/process.ts';
import { readBody } from '../../vfs/body.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import type { UnionView } from '../../vfs/view.ts';
import type { FileSystem } from '../operation.ts';

interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}
interface GroupEntry {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** Whom a process runs as, and where it is at home. */
export interface ProcessUser {
  readonly credentials: Credentials;
  readonly home: string;
}

/** Who owns what a COPY makes. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const PASSWD = resolvePath('/etc/passwd');
const GROUP = resolvePath('/etc/group');
const MAX_ID = 2 ** 31 - 1;

/**
 * The user of a process from `user[:group]`, names or numbers; empty is root. Throws `run`, worded as runc words it, for a
 * name that the image does not know.
 */
export async function processUser(root: UnionView, user: string): Promise<ProcessUser> {
  const [userName = '', groupName = ''] = splitUser(user);
  const users = await readPasswd(root);
  const groups = await readGroups(root);
  const userNumber = parseID(userName);
  const entry = users.find(({ name, uid }) =>
    userName === '' ? uid === 0 : name === userName || (userNumber !== undefined && uid === userNumber),
  );
  if (entry === undefined && userName !== '' && userNumber === undefined) {
    throw new EngineError('run', `unable to find user ${userName}: no matching entries in passwd file`);
  }
  const uid = entry?.uid ?? userNumber ?? 0;
  const home = entry?.home ?? '';
  if (groupName !== '') {
    return { credentials: { uid, gid: groupID(groups, groupName), groups: [] }, home: home === '' ? '/' : home };
  }
  const supplementary = entry === undefined ? [] : groups.filter(({ members }) => members.includes(entry.name));
  return {
    credentials: { uid, gid: entry?.gid ?? 0, groups: supplementary.map(({ gid }) => gid) },
    home: home === '' ? '/' : home,
  };
}

function groupID(groups: readonly GroupEntry[], group: string): number {
  const number = parseID(group);
  const entry = groups.find(({ name, gid }) => name === group || (number !== undefined && gid === number));
  const gid = entry?.gid ?? number;
  if (gid === undefined) {
    throw new EngineError('run', `unable to find group ${group}: no matching entries in group file`);
  }
  return gid;
}

/** The name that BuildKit takes for 0 without looking it up. */
const ROOT_NAME = 'root';

/**
 * The owner `--chown` (or WORKDIR, from USER) names. Unlike a process, a file operation takes an unknown name for 0, and a user
 * number alone for the group's number too. Throws `build` for a name where there is no root to look it up in.
 */
export async function fileOwner(root: UnionView | undefined, owner: string): Promise<Owner> {
  const [userName = '', groupName] = splitUser(owner);
  const named = [userName, groupName ?? ''].some(isLookedUp);
  if (named && root === undefined) throw new EngineError('build', 'invalid user index: -1');
  let uid = 0;
  let gid = 0;
  const userNumber = parseID(userName);
  if (userNumber !== undefined) {
    uid = userNumber;
    gid = userNumber;
  } else if (root !== undefined && isLookedUp(userName)) {
    const entry = (await readPasswd(root)).find(({ name }) => name === userName);
    uid = entry?.uid ?? 0;
    gid = entry?.gid ?? 0;
  }
  if (groupName === undefined) return { uid, gid };
  if (groupName === '' || groupName === ROOT_NAME) return { uid, gid: 0 };
  const number = parseID(groupName);
  if (number !== undefined) return { uid, gid: number };
  const entry = root && (await readGroups(root)).find(({ name }) => name === groupName);
  return { uid, gid: entry?.gid ?? gid };
}

/** Where a step looks names up: nowhere when it stands on nothing. */
export function namesIn(base: FileSystem, view: UnionView): UnionView | undefined {
  return base.tree === EMPTY_TREE ? undefined : view;
}

function isLookedUp(name: string): boolean {
  return name !== '' && name !== ROOT_NAME && parseID(name) === undefined;
}

function splitUser(text: string): string[] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function parseID(text: string): number | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const id = Number(text);
  return id <= MAX_ID ? id : undefined;
}

async function readPasswd(root: UnionView): Promise<PasswdEntry[]> {
  return (await readColonFile(root, PASSWD)).map(([name = '', , uid = '', gid = '', , home = '']) => ({
    name,
    uid: parseID(uid) ?? 0,
    gid: parseID(gid) ?? 0,
    home,
  }));
}

async function readGroups(root: UnionView): Promise<GroupEntry[]> {
  return (await readColonFile(root, GROUP)).map(([name = '', , gid = '', members = '']) => ({
    name,
    gid: parseID(gid) ?? 0,
    members: members.split(',').filter((member) => member !== ''),
  }));
}

/** Lines of fields; none where there is no such file. */
async function readColonFile(root: UnionView, path: AbsolutePath): Promise<string[][]> {
  const inode = root.lookup(path);
  if (inode?.kind !== 'file') return [];
  const text = utf8Text(await readBody(inode.body));
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'));
}

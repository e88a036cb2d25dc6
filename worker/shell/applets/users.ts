/** Users and groups of the image: /etc/passwd and /etc/group (formats: passwd(5), group(5)). */
import { errnoOf } from '../kernel/errno.ts';
import { readBody } from '../../vfs/body.ts';
import { decodeText } from '../text.ts';
import type { AppletContext } from './context.ts';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** All users and groups, read once. Missing files are empty. */
export interface UserDatabase {
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  userName(uid: number): string | undefined;
  groupName(gid: number): string | undefined;
}

export async function readUsers(context: AppletContext): Promise<UserDatabase> {
  const users = (await lines(context, '/etc/passwd')).map(
    ([name = '', , uid = '', gid = '', , home = '', shell = '']) => ({
      name,
      uid: Number(uid),
      gid: Number(gid),
      home,
      shell,
    }),
  );
  const groups = (await lines(context, '/etc/group')).map(([name = '', , gid = '', members = '']) => ({
    name,
    gid: Number(gid),
    members: members.split(',').filter((member) => member !== ''),
  }));
  return {
    users,
    groups,
    userName: (uid) => users.find((user) => user.uid === uid)?.name,
    groupName: (gid) => groups.find((group) => group.gid === gid)?.name,
  };
}

async function lines(context: AppletContext, path: string): Promise<string[][]> {
  try {
    const text = decodeText(await readBody(context.files.body(path)));
    return text.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [line.split(':')]));
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return [];
  }
}

/** What `chown` takes: `user`, `user:group`, `user:`, `:group`, names or numbers. Says which name is unknown. */
export function parseOwner(
  text: string,
  database: UserDatabase,
): { readonly uid: number | undefined; readonly gid: number | undefined } | { readonly unknown: string } {
  const match = /^([^:.]*)(?:([:.])(.*))?$/s.exec(text);
  const [, userText = '', separator, groupText = ''] = match ?? [];
  const user = database.users.find((one) => one.name === userText);
  const uid = userText === '' ? undefined : (user?.uid ?? numeric(userText));
  if (userText !== '' && uid === undefined) return { unknown: `unknown user ${userText}` };
  if (separator === undefined) return { uid, gid: undefined };
  if (groupText === '') return { uid, gid: userText === '' ? undefined : user?.gid };
  const gid = parseGroup(groupText, database);
  return gid === undefined ? { unknown: `unknown group ${groupText}` } : { uid, gid };
}

export function parseGroup(text: string, database: UserDatabase): number | undefined {
  return database.groups.find((group) => group.name === text)?.gid ?? numeric(text);
}

function numeric(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

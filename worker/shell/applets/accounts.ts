/** Changing the files users and groups are kept in: lines of fields with `:` between, the name first. */
import { bodyOf, readBody } from '../../vfs/body.ts';
import { decodeText, encodeText } from '../text.ts';
import type { AppletContext } from './context.ts';

export const PASSWD = '/etc/passwd';
export const SHADOW = '/etc/shadow';
export const GROUP = '/etc/group';
export const GSHADOW = '/etc/gshadow';

/** Where ids are taken from: system accounts below 1000, all others above. */
const SYSTEM_IDS = [100, 999] as const;
const USER_IDS = [1000, 60_000] as const;

/** Passes all lines through `edit`; one for which it gives undefined is left out. False when there is no such file. */
export async function editAccounts(
  context: AppletContext,
  path: string,
  edit: (fields: readonly string[]) => readonly string[] | undefined,
): Promise<boolean> {
  if (context.files.find(path) === undefined) return false;
  const text = decodeText(await readBody(context.files.body(path)));
  const lines = text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const fields = edit(line.split(':'));
    return fields === undefined ? [] : [fields.join(':')];
  });
  context.files.writeBody(path, bodyOf(encodeText(lines.map((line) => `${line}\n`).join(''))));
  return true;
}

/** Adds a line at the end. `make` creates the file where there is none; else nothing is done then. */
export async function addAccount(
  context: AppletContext,
  path: string,
  fields: readonly (string | number)[],
  make: boolean,
): Promise<void> {
  const known = context.files.find(path) === undefined ? undefined : context.files.body(path);
  if (known === undefined && !make) return;
  const text = known === undefined ? '' : decodeText(await readBody(known));
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  context.files.writeBody(path, bodyOf(encodeText(`${text}${separator}${fields.join(':')}\n`)), 0o644);
}

/** Makes a user a member of a group; nothing when it is one. */
export async function addMember(context: AppletContext, group: string, user: string): Promise<void> {
  const withMember = (fields: readonly string[]): readonly string[] => {
    if (fields[0] !== group) return fields;
    const members = (fields[3] ?? '').split(',').filter((member) => member !== '');
    return members.includes(user) ? fields : [...fields.slice(0, 3), [...members, user].join(',')];
  };
  await editAccounts(context, GROUP, withMember);
  await editAccounts(context, GSHADOW, withMember);
}

/** Takes a user out of one group, or of all. */
export async function removeMember(context: AppletContext, user: string, group?: string): Promise<void> {
  const withoutMember = (fields: readonly string[]): readonly string[] => {
    if (group !== undefined && fields[0] !== group) return fields;
    const members = (fields[3] ?? '').split(',').filter((member) => member !== '' && member !== user);
    return [...fields.slice(0, 3), members.join(',')];
  };
  await editAccounts(context, GROUP, withoutMember);
  await editAccounts(context, GSHADOW, withoutMember);
}

/** Removes the line of a name. */
export async function removeAccount(context: AppletContext, path: string, name: string): Promise<void> {
  await editAccounts(context, path, (fields) => (fields[0] === name ? undefined : fields));
}

/** The first id that is free; undefined when none is left. */
export function freeId(system: boolean, taken: (id: number) => boolean): number | undefined {
  const [first, last] = system ? SYSTEM_IDS : USER_IDS;
  for (let id = first; id <= last; id++) if (!taken(id)) return id;
  return undefined;
}

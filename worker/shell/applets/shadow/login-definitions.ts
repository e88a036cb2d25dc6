/** What shadow's programs read before they make accounts: /etc/login.defs and /etc/default/useradd (login.defs(5), useradd(8)). */
import { readBody } from '../../../vfs/body.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { decodeText } from '../../text.ts';
import type { AppletContext } from '../context.ts';

/** The settings, by their names in the files; those of the second as `default SHELL`. */
export interface LoginDefinitions {
  text(name: string, otherwise: string): string;
  number(name: string, otherwise: number): number;
  flag(name: string): boolean;
}

export async function readLoginDefinitions(context: AppletContext): Promise<LoginDefinitions> {
  const settings = new Map<string, string>();
  for (const line of await linesOf(context, '/etc/login.defs')) {
    const [, name, value] = /^\s*([A-Z_]+)\s+(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) settings.set(name, value.replace(/^"(.*)"$/, '$1'));
  }
  for (const line of await linesOf(context, '/etc/default/useradd')) {
    const [, name, value] = /^\s*([A-Z_]+)=(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) settings.set(`default ${name}`, value);
  }
  const text = (name: string, otherwise: string): string => settings.get(name) ?? otherwise;
  return {
    text,
    number: (name, otherwise) => {
      const value = Number(settings.get(name) ?? NaN);
      return Number.isNaN(value) ? otherwise : value;
    },
    flag: (name) => text(name, 'no').toLowerCase() === 'yes',
  };
}

async function linesOf(context: AppletContext, path: string): Promise<string[]> {
  try {
    return decodeText(await readBody(context.files.body(path))).split('\n');
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return [];
  }
}

/** The ids an account of a kind may have: system ones are given from the top down, others go on from the highest. */
export function idRange(
  definitions: LoginDefinitions,
  kind: 'UID' | 'GID',
  system: boolean,
): readonly [number, number] {
  const first = definitions.number(`${kind}_MIN`, 1000);
  if (!system) return [first, definitions.number(`${kind}_MAX`, 60_000)];
  return [definitions.number(`SYS_${kind}_MIN`, 101), definitions.number(`SYS_${kind}_MAX`, first - 1)];
}

/** The id the next account gets; undefined when none is left. */
export function nextId(
  range: readonly [number, number],
  system: boolean,
  taken: ReadonlySet<number>,
): number | undefined {
  const [first, last] = range;
  if (system) {
    for (let id = last; id >= first; id--) if (!taken.has(id)) return id;
    return undefined;
  }
  let highest = first - 1;
  for (const id of taken) if (id >= first && id <= last && id > highest) highest = id;
  if (highest < last) return highest + 1;
  for (let id = first; id <= last; id++) if (!taken.has(id)) return id;
  return undefined;
}

/** Build settings as the dialog's fields have them. */
import type { ProjectBuild } from '../../worker/api/types.ts';

export interface ArgumentRow {
  name: string;
  value: string;
}

/** Its arguments, a row each. */
export function rowsOf({ buildArgs = {} }: ProjectBuild): ArgumentRow[] {
  return Object.entries(buildArgs).map(([name, value]) => ({ name, value }));
}

/** What the fields say; empty ones are as by default, and a row without a name is none. */
export function buildOf(target: string, platform: string, rows: readonly ArgumentRow[]): ProjectBuild {
  const named = rows
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, value }): [string, string] => [name.trim(), value]);
  return {
    ...(target.trim() === '' ? {} : { target: target.trim() }),
    ...(platform.trim() === '' ? {} : { platform: platform.trim() }),
    ...(named.length === 0 ? {} : { buildArgs: Object.fromEntries<string>(named) }),
  };
}

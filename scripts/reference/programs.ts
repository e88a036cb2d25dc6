/** Every program of the shell room, as it tells of itself: names, summary, and what of it is simulated. */
import { applets } from '../../worker/shell/applets/index.ts';
import { tools } from '../../worker/shell/tools/index.ts';

export interface ListedProgram {
  /** The main one first. */
  readonly names: readonly string[];
  readonly summary: string;
  /** What follows the name. */
  readonly usage: string;
  /** Undefined: it does what it says. */
  readonly simulated: string | undefined;
}

/** All of them by their first names. A name that an applet answers to is not the tools' any more. */
export async function listPrograms(): Promise<readonly ListedProgram[]> {
  const found: ListedProgram[] = [];
  const taken = new Set<string>();
  for (const { names, load } of applets) {
    const { summary, usage, simulated } = await load();
    names.forEach((name) => taken.add(name));
    found.push({ names, summary, usage, simulated });
  }
  for (const { names, load } of tools) {
    const own = names.filter((name) => !taken.has(name));
    const { summary, usage, simulated } = await load();
    if (own.length > 0) found.push({ names: own, summary, usage, simulated: simulated ?? 'a stand-in of Strata' });
  }
  return found.sort((a, b) => ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1));
}

/** How many names these programs answer to. */
export function countNames(programs: readonly ListedProgram[]): number {
  return programs.reduce((total, { names }) => total + names.length, 0);
}

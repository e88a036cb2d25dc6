/**
 * Lists every program of the shell room, with what it says of itself: `tsx scripts/programs.ts` prints a table, `--json` the same
 * as data. The programs themselves are the only source: names, summary, and what of it is simulated.
 */
import { applets } from '../worker/shell/applets/index.ts';
import { tools } from '../worker/shell/tools/index.ts';

interface Listed {
  readonly names: readonly string[];
  readonly summary: string;
  /** Undefined: it does what it says. */
  readonly simulated: string | undefined;
}

async function listed(): Promise<Listed[]> {
  const found: Listed[] = [];
  const taken = new Set<string>();
  for (const { names, load } of applets) {
    const { summary, simulated } = await load();
    names.forEach((name) => taken.add(name));
    found.push({ names, summary, simulated });
  }
  for (const { names, load } of tools) {
    const own = names.filter((name) => !taken.has(name));
    const { summary, simulated } = await load();
    if (own.length > 0) found.push({ names: own, summary, simulated: simulated ?? 'a stand-in of Strata' });
  }
  return found.sort((a, b) => ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1));
}

const all = await listed();
if (process.argv.includes('--json')) console.log(JSON.stringify(all, null, 1));
else {
  for (const { names, summary, simulated } of all)
    console.log(
      `| ${names.map((name) => `\`${name}\``).join(' ')} | ${summary} | ${simulated === undefined ? 'real' : `simulated: ${simulated}`} |`,
    );
  const count = (some: readonly Listed[]): number => some.reduce((total, one) => total + one.names.length, 0);
  const simulated = all.filter((one) => one.simulated !== undefined);
  console.log(
    `\n${count(all)} names of ${all.length} programs; ${count(simulated)} names of ${simulated.length} are simulated, wholly or in part.`,
  );
}

/**
 * Lists every program of the shell room, with what it says of itself: `tsx scripts/programs.ts` prints a table, `--json` the same
 * as data. The programs themselves are the only source: names, summary, and what of it is simulated.
 */
import { countNames, listPrograms } from './reference/programs.ts';

const all = await listPrograms();
if (process.argv.includes('--json')) console.log(JSON.stringify(all, null, 1));
else {
  for (const { names, summary, simulated } of all)
    console.log(
      `| ${names.map((name) => `\`${name}\``).join(' ')} | ${summary} | ${simulated === undefined ? 'real' : `simulated: ${simulated}`} |`,
    );
  const simulated = all.filter((one) => one.simulated !== undefined);
  console.log(
    `\n${countNames(all)} names of ${all.length} programs; ${countNames(simulated)} names of ${simulated.length} are simulated, wholly or in part.`,
  );
}

/** `caller`: where the function that is running was called from. */
import type { Builtin } from './builtin.ts';

export const caller: Builtin = {
  names: ['caller'],
  dialects: ['bash'],
  async run(shell, [depth]) {
    const level = Number(depth ?? '0');
    const lines = [...shell.callLines].reverse();
    const functions = [...shell.functionNames].reverse();
    const line = lines[level];
    if (line === undefined) return 1;
    // `bash -c` has no file that it could tell
    const inFile = shell.source.kind !== 'command';
    const called = functions[level + 1] ?? (inFile ? 'main' : undefined);
    if (depth !== undefined && called === undefined) return 1;
    const file = inFile ? shell.name : 'NULL';
    await shell.write(1, depth === undefined ? `${line} ${file}\n` : `${line} ${called ?? ''} ${file}\n`);
    return 0;
  },
};

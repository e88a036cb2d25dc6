/** Gives the page what the Help tells, as a module that is loaded when the Help is first opened. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';

const NAME = 'virtual:strata-reference';
const RESOLVED = `\0${NAME}`;
const MAX_BYTES = 16 << 20;

/** Answers to `virtual:strata-reference`. Nothing is made before somebody asks for it. */
export function reference(): Plugin {
  return {
    name: 'strata:reference',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined;
      const program = fileURLToPath(new URL('print.ts', import.meta.url));
      const run = promisify(execFile);
      const { stdout } = await run(process.execPath, ['--import', 'tsx', program], { maxBuffer: MAX_BYTES });
      // a text that is parsed: browsers do that faster than they compile the same as an object
      return `export default JSON.parse(${JSON.stringify(stdout)});`;
    },
  };
}

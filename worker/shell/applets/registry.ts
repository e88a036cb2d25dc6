/** The programs of this room as the kernel asks for them: by the name of a binary. */
import type { Body } from '../../vfs/body.ts';
import type { ProgramMain, ProgramRegistry } from '../kernel/exec.ts';
import { loadTool } from '../tools/index.ts';
import { recogniseGoProgram } from '../tools/go/program.ts';
import type { Applet } from './applet.ts';
import { runApplet } from './context.ts';
import { loadApplet } from './index.ts';

/** All applets and tools, each loaded when it is first run, and the `extra` programs of a machine. */
export function createPrograms(extra: readonly Applet[] = []): ProgramRegistry {
  const own = new Map(extra.flatMap((applet) => applet.names.map((name) => [name, applet] as const)));
  const programs: ProgramRegistry = {
    async find(name: string): Promise<ProgramMain | undefined> {
      const applet = own.get(name) ?? (await (loadApplet(name) ?? loadTool(name)));
      if (applet === undefined) return undefined;
      return (process) => runApplet(applet, process, programs, process.argv);
    },
    recognise: (body: Body) => recogniseGoProgram(body),
  };
  return programs;
}

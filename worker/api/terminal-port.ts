/** The worker's end of a terminal's port: a shell session with the docker program, on the page's project. */
import { errorToWire } from '../base/errors.ts';
import type { Clock, Random } from '../base/ports.ts';
import { completeLine } from '../cli/completion.ts';
import { ProjectSync, type ProjectChanges } from '../cli/project-sync.ts';
import type { CliEnvironment } from '../cli/context.ts';
import {
  completionSources,
  createMachine,
  openTerminal,
  PROJECT_PATH,
  TerminalInput,
  type Terminal,
} from '../cli/terminal.ts';
import type { Engine } from '../engine/engine.ts';
import type { UnionView } from '../vfs/view.ts';
import type { LineOutcome, TerminalReport, TerminalRequest, TerminalSize } from './terminal-types.ts';

/** The machine that all terminals of a page are on, and what it and the page agree on. */
interface Machine {
  readonly files: UnionView;
  readonly project: ProjectSync;
}

const machines = new WeakMap<Engine, Machine>();

function machineOf(environment: CliEnvironment): Machine {
  const known = machines.get(environment.engine);
  if (known !== undefined) return known;
  const files = createMachine(environment);
  const machine = { files, project: new ProjectSync(files, PROJECT_PATH) };
  machines.set(environment.engine, machine);
  return machine;
}

/** Serves one terminal until the page closes it. */
export function serveTerminal(
  port: MessagePort,
  engine: Engine,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  firstSize: TerminalSize,
): void {
  const report = (message: TerminalReport): void => port.postMessage(message);
  const output = (data: Uint8Array): void => report({ kind: 'output', data });
  const keyboard = new TerminalInput();
  let size = firstSize;
  let imageTree = false;
  const environment = { docker: engine.docker, engine, clock, listsImagesAsTree: () => imageTree };
  const { files, project } = machineOf(environment);
  const terminal = openTerminal({
    environment,
    random,
    machine: files,
    io: { stdout: output, stderr: output },
    terminal: { keyboard, size: () => size },
    onRawInput: (raw) => report({ kind: 'raw', raw }),
  });
  const sources = completionSources(environment, terminal);

  async function runLine(text: string, changes: ProjectChanges): Promise<void> {
    keyboard.restart();
    try {
      const outcome = await outcomeOf(terminal, project, text, changes);
      report({ kind: 'done', outcome: { ...outcome, bytesRead: keyboard.bytesTaken } });
    } catch (error) {
      report({ kind: 'failed', error: errorToWire(error) });
    }
  }

  async function complete(question: number, text: string): Promise<void> {
    // what cannot be listed is not offered
    const completion = await completeLine(text, sources).catch(() => ({ start: text.length, candidates: [] }));
    report({ kind: 'completion', question, completion });
  }

  port.onmessage = ({ data: request }: MessageEvent<TerminalRequest>) => {
    switch (request.kind) {
      case 'line':
        void runLine(request.text, request.changes);
        break;
      case 'input':
        keyboard.enter(request.data);
        break;
      case 'interrupt':
        keyboard.flush();
        terminal.interrupt();
        break;
      case 'resize':
        ({ size } = request);
        break;
      case 'image-tree':
        imageTree = request.tree;
        break;
      case 'complete':
        void complete(request.question, request.text);
        break;
      case 'close':
        port.close();
        void terminal.close();
        break;
    }
  };
}

/** Runs a line between the two halves of the sync: the page's changes before it, the machine's behind it. */
async function outcomeOf(
  terminal: Terminal,
  project: ProjectSync,
  text: string,
  changes: ProjectChanges,
): Promise<Omit<LineOutcome, 'bytesRead'>> {
  project.apply(changes);
  const { status, ended } = await terminal.runLine(text);
  return { status, ended, cwd: terminal.cwd, changes: await project.changes() };
}

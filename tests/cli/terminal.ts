/** A terminal for tests: a fresh engine, and lines to say to it. */
import { openTerminal, type Terminal } from '../../worker/cli/terminal.ts';
import { createEngine, type Engine } from '../../worker/engine/engine.ts';
import { nodeEngineParts } from '../../worker/host/node/node-engine.ts';

export interface TestTerminal {
  readonly terminal: Terminal;
  readonly engine: Engine;
  /** Runs a line; gives what it printed, and `[N]` behind it where it ended with N. */
  say(line: string): Promise<string>;
}

export async function openTestTerminal(options: { readonly busybox?: boolean } = {}): Promise<TestTerminal> {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  let output: Uint8Array[] = [];
  const write = (data: Uint8Array): void => void output.push(data);
  const terminal = openTerminal({
    environment: { docker: engine.docker, engine, clock: parts.clock },
    random: parts.random,
    io: { stdout: write, stderr: write },
  });
  const say = async (line: string): Promise<string> => {
    output = [];
    const { status } = await terminal.runLine(line);
    const text = await new Blob(output as Uint8Array<ArrayBuffer>[]).text();
    return status === 0 ? text : `${text}[${status}]`;
  };
  if (options.busybox === true) await say('docker pull -q busybox');
  return { terminal, engine, say };
}

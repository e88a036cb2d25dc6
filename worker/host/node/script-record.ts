/**
 * Transcripts of docker commands, as the recorder of the golden suite makes them: a script's lines, run one at a time in one
 * terminal on a fresh engine that has busybox, each followed by what it printed and `[N]` where it ended with N.
 */
import { concatBytes, utf8Text } from '../../base/bytes.ts';
import { createUnstoppableJob } from '../../base/job.ts';
import { openTerminal, PROJECT_PATH } from '../../cli/terminal.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import { nodeEngineParts } from './node-engine.ts';
import { TranscriptNormaliser } from './transcript-normaliser.ts';

const ENVIRONMENT = new Map([
  ['BUILDKIT_PROGRESS', 'plain'],
  ['TZ', 'UTC'],
]);

/** A line that never ends is interrupted after this time. */
const LINE_LIMIT_MS = 60_000;

/** The statements of a script: its lines, a here-document with the line it belongs to; comments and empty lines left out. */
export function scriptStatements(script: string): string[] {
  const found: string[] = [];
  const lines = script.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || line.startsWith('#')) continue;
    const mark = /<<-?\s*'?(\w+)'?/.exec(line)?.[1];
    const block = [line];
    while (mark !== undefined && at + 1 < lines.length) {
      const next = lines[++at] ?? '';
      block.push(next);
      if (next.trim() === mark) break;
    }
    found.push(block.join('\n'));
  }
  return found;
}

/** Runs a script and gives its transcript. */
export async function recordScript(script: string): Promise<string> {
  const { engine, parts } = await freshEngine();
  const output: Uint8Array[] = [];
  const terminal = openTerminal({
    environment: { docker: engine.docker, engine, clock: parts.clock },
    random: parts.random,
    env: ENVIRONMENT,
    io: { stdout: (data) => void output.push(data), stderr: (data) => void output.push(data) },
  });
  const said = new TranscriptNormaliser(PROJECT_PATH);
  let transcript = '';
  try {
    for (const statement of scriptStatements(script)) {
      const limit = setTimeout(() => terminal.interrupt(), LINE_LIMIT_MS);
      const { status, ended } = await terminal.runLine(statement);
      clearTimeout(limit);
      const text = utf8Text(concatBytes(output.splice(0)));
      transcript += `$ ${statement}\n${said.normalise(withNewline(text))}${status === 0 ? '' : `[${status}]\n`}`;
      if (ended) break;
    }
  } finally {
    await terminal.close();
  }
  return transcript;
}

const withNewline = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

async function freshEngine(): Promise<{ engine: Engine; parts: ReturnType<typeof nodeEngineParts> }> {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  await engine.docker.images.pull('busybox:latest', {}, () => undefined, createUnstoppableJob('pull', parts.clock));
  // the recorder's engine was given its busybox, and knows no digest of it
  for (const [name] of await parts.store.images.names()) if (name.includes('@')) await parts.store.images.untag(name);
  return { engine, parts };
}

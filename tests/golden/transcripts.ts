/** The golden transcripts of docker commands, and what Strata's terminal makes of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordScript } from '../../worker/host/node/script-record.ts';
import { compareTranscripts, type CommandVerdict } from './compare-transcripts.ts';

const TRANSCRIPTS = join(import.meta.dirname, 'cli');

/** Names of all transcripts, sorted. */
export function transcriptNames(): string[] {
  const files = readdirSync(TRANSCRIPTS).filter((file) => file.endsWith('.sh'));
  return files.map((file) => file.slice(0, -'.sh'.length)).sort();
}

/** Runs a script in a terminal of its own, and compares each command with what the real engine answered. */
export async function runTranscript(name: string): Promise<readonly CommandVerdict[]> {
  const read = (extension: string): string => readFileSync(join(TRANSCRIPTS, `${name}.${extension}`), 'utf8');
  // the recorder takes a carriage return for the end of a line
  const ours = (await recordScript(read('sh'))).replace(/\r\n?/g, '\n');
  return compareTranscripts(read('out'), ours);
}

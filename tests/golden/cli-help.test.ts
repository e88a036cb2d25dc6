/** `--help` of every command against what Docker's own client prints, recorded at 80 columns. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../worker/cli/commands/index.ts';
import { commandHelp } from '../../worker/cli/usage.ts';

const RECORDS = join(import.meta.dirname, 'cli-help');

/** Docker's plugins for scanning, which the recorded client came without. */
const UNRECORDED = ['scan', 'scout'];

/** Help texts by the command's main spelling. */
function recordedHelp(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(RECORDS)) {
    for (const record of readFileSync(join(RECORDS, file), 'utf8')
      .split(/^\$ docker (?=.*--help$)/m)
      .slice(1)) {
      const [title = '', ...lines] = record.split('\n');
      texts.set(title.replace(/ --help$/, ''), lines.join('\n').trimEnd());
    }
  }
  return texts;
}

describe('docker COMMAND --help', () => {
  const recorded = recordedHelp();
  const names = COMMANDS.filter(({ path: [noun = ''] }) => !UNRECORDED.includes(noun)).map(
    (command) => [command.path.join(' '), command] as const,
  );

  it.each(names)('%s', (name, command) => {
    expect(commandHelp(command, name).trimEnd()).toBe(recorded.get(name));
  });

  it.each(names.filter(([, { buildx }]) => buildx !== true))('%s by its other names', (name, command) => {
    for (const words of command.aliases ?? []) {
      const usage = (called: string): string => `Usage:  docker ${called}`;
      const other = words.join(' ');
      expect(commandHelp(command, other).trimEnd()).toBe(recorded.get(name)?.replaceAll(usage(name), usage(other)));
    }
  });
});

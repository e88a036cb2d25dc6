/**
 * Programs that are compared with the real interpreter of their language; topics.ts tells where they are kept. A case's further files
 * stand below lines `--- path`; its heading may end with `[FILE]`, what is run in place of the language's usual `main`, or with
 * `[stdin: text]`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { caseTexts, recordsPath, topicsIn } from './topics.ts';

export interface ProgramCase {
  readonly name: string;
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
  readonly stdin: string;
}

export interface ProgramRecord {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** The programs of a topic; `usualMain` is the file that most are. */
export function readPrograms(folder: string, topic: string, usualMain: string): ProgramCase[] {
  return caseTexts(folder, topic).map(({ heading, text }) => {
    const [, name = '', main = usualMain, stdin = ''] =
      /^(.*?)(?: \[(?:(main\.\w+)|stdin: (.*))\])?$/.exec(heading) ?? [];
    const [source = '', ...others] = text.split(/^--- /m);
    const files = Object.fromEntries(
      others.map((file) => [file.slice(0, file.indexOf('\n')), file.slice(file.indexOf('\n') + 1)]),
    );
    return { name, main, files: { ...files, [main]: source }, stdin: stdin.replaceAll('\\n', '\n') };
  });
}

/** Writes down what the interpreter does with the programs of these topics, or of all; `commandOf` tells how one is run. */
export function recordPrograms(
  folder: string,
  usualMain: string,
  wanted: readonly string[],
  commandOf: (main: string, directory: string) => readonly [command: string, ...args: string[]],
): void {
  for (const topic of wanted.length > 0 ? wanted : topicsIn(folder)) {
    const programs = readPrograms(folder, topic, usualMain);
    const records = Object.fromEntries(programs.map((one) => [one.name, recordProgram(one, commandOf)]));
    writeFileSync(recordsPath(folder, topic), `${JSON.stringify(records, null, 2)}\n`);
  }
}

function recordProgram(
  { files, main, stdin }: ProgramCase,
  commandOf: (main: string, directory: string) => readonly [command: string, ...args: string[]],
): ProgramRecord {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'program-case-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const [command, ...args] = commandOf(main, directory);
    const env = { PATH: process.env['PATH'] ?? '', HOME: '/root', TZ: 'UTC' };
    const { stdout, stderr, status } = spawnSync(command, args, {
      cwd: directory,
      env,
      input: stdin,
      encoding: 'utf8',
    });
    const neutral = (text: string): string => text.replaceAll(directory, '/case');
    return { stdout: neutral(stdout), stderr: neutral(stderr), exitCode: status ?? -1 };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

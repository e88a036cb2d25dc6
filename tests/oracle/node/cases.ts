/**
 * Programs that are compared with the real Node. `cases/TOPIC.txt` holds them, each under a line `### name`, further files below
 * `--- path`; `records/TOPIC.json` holds what Node 20 did with each. A name may end with `[main.mjs]`, the file that is run, or
 * `[stdin: text]`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface NodeCase {
  readonly name: string;
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
  readonly stdin: string;
}

export interface NodeRecord {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const FOLDER = import.meta.dirname;

export function topics(): string[] {
  return readdirSync(join(FOLDER, 'cases')).map((file) => file.replace(/\.txt$/, ''));
}

export function recordsPath(topic: string): string {
  return join(FOLDER, 'records', `${topic}.json`);
}

export function readRecords(topic: string): Readonly<Record<string, NodeRecord>> {
  return JSON.parse(readFileSync(recordsPath(topic), 'utf8')) as Record<string, NodeRecord>;
}

export function readCases(topic: string): NodeCase[] {
  const text = readFileSync(join(FOLDER, 'cases', `${topic}.txt`), 'utf8');
  return text
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      const [, name = '', main, stdin = ''] =
        /^(.*?)(?: \[(?:(main\.\w+)|stdin: (.*))\])?$/.exec(part.slice(0, end)) ?? [];
      const [source = '', ...others] = part.slice(end + 1).split(/^--- /m);
      const files = Object.fromEntries(
        others.map((file) => [file.slice(0, file.indexOf('\n')), file.slice(file.indexOf('\n') + 1)]),
      );
      const file = main ?? 'main.js';
      return { name, main: file, files: { ...files, [file]: source }, stdin: stdin.replaceAll('\\n', '\n') };
    });
}

/**
 * Standard error without what lies inside of Node: calls of its own files, its version, and the place in them where an error was
 * thrown. Strata has no such files.
 */
export function withoutInternals(stderr: string): string {
  const kept: string[] = [];
  for (const line of stderr.replace(/^node:[^\n]*\n(?:[^\n]+\n)*\n/, '').split('\n')) {
    if (!INTERNAL.test(line)) kept.push(line);
    // the properties of an error open behind the last call
    else if (line.endsWith(' {')) kept.push(`${kept.pop() ?? ''} {`);
  }
  return kept.join('\n').replace(/\nNode\.js v[\d.]+\n$/, '\n');
}

const INTERNAL = /^ +at (?:.*\()?node:|^ +at .*\(<anonymous>\)|^ +\.\.\. \d+ lines matching cause/;

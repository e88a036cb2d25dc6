/**
 * What is compared with a real program, by topic: `cases/TOPIC.txt` of a folder holds the cases, each under a line `### heading`, and
 * `records/TOPIC.json` what the real program did with each, by its name.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function topicsIn(folder: string): string[] {
  return readdirSync(join(folder, 'cases')).map((file) => file.replace(/\.txt$/, ''));
}

/** The headings of a topic's cases with the text below each. */
export function caseTexts(folder: string, topic: string): { readonly heading: string; readonly text: string }[] {
  return readFileSync(join(folder, 'cases', `${topic}.txt`), 'utf8')
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { heading: part.slice(0, end), text: part.slice(end + 1) };
    });
}

export function recordsPath(folder: string, topic: string): string {
  return join(folder, 'records', `${topic}.json`);
}

/** The records of a topic as its recorder wrote them. */
export function readRecords<T>(folder: string, topic: string): Readonly<Record<string, T>> {
  return JSON.parse(readFileSync(recordsPath(folder, topic), 'utf8')) as Record<string, T>;
}

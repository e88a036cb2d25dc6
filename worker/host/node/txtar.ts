/**
 * Golden cases: a build context as one text. Header lines, then `-- PATH --` before each file. The header says what a text cannot:
 *
 *     about: what the case shows
 *     args: further words for docker build, with a shell's quoting
 *     mode: 0755 PATH          permission bits of a file or directory
 *     link: PATH -> TARGET     a symbolic link
 *     tar: PATH.tar.gz <- DIR  packs a directory into an archive and removes it; .tar .tgz .tar.gz .tar.bz2 .tar.xz
 *     dir: PATH                an empty directory
 *     base64: PATH             the file's text is base64
 *     env: NAME=VALUE          environment of the client
 */
import { EngineError } from '../../base/errors.ts';

export interface TxtarCase {
  /** Header lines in order. */
  readonly header: readonly TxtarHeader[];
  /** Texts by path, as written. */
  readonly files: ReadonlyMap<string, string>;
}

interface TxtarHeader {
  readonly key: 'about' | 'args' | 'mode' | 'link' | 'tar' | 'dir' | 'base64' | 'env';
  readonly value: string;
}

const HEADER = /^(about|args|mode|link|tar|dir|base64|env): *(.*)$/;
const FILE = /^-- (.+) --$/;

/** Reads a case. Throws `invalid-document` for a header line that is none. */
export function parseTxtar(text: string): TxtarCase {
  const header: TxtarHeader[] = [];
  const files = new Map<string, string>();
  let name: string | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const bare = line.replace(/\n$/, '');
    const mark = FILE.exec(bare)?.[1];
    if (mark !== undefined) {
      name = mark;
      files.set(name, '');
    } else if (name !== undefined) files.set(name, (files.get(name) ?? '') + line);
    else if (bare.trim() !== '') header.push(parseHeader(bare));
  }
  return { header, files };
}

function parseHeader(line: string): TxtarHeader {
  const match = HEADER.exec(line);
  if (match === null) throw new EngineError('invalid-document', `not a header line: ${line}`);
  const [, key, value = ''] = match;
  return { key: key as TxtarHeader['key'], value };
}

/** The values of one header key, in order. */
export function headerValues(txtar: TxtarCase, key: TxtarHeader['key']): string[] {
  return txtar.header.filter((line) => line.key === key).map(({ value }) => value);
}

/** Words of a text with a POSIX shell's quoting, as Python's `shlex.split` and sh split them. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let begun = false;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && /["\\]/.test(text.charAt(i + 1))) word += text.charAt(++i);
      else word += char;
    } else if (/\s/.test(char)) {
      if (begun) words.push(word);
      word = '';
      begun = false;
    } else {
      begun = true;
      if (char === '"' || char === "'") quote = char;
      else if (char === '\\') word += text.charAt(++i);
      else word += char;
    }
  }
  if (quote !== '') throw new EngineError('invalid-document', `no closing quotation: ${text}`);
  return begun ? [...words, word] : words;
}

/** What a terminal sends when keys are pressed, as keys: control characters and the sequences of xterm (ctlseqs, "PC-Style Function Keys"). */

export type KeyName =
  | 'enter'
  | 'tab'
  | 'backspace'
  | 'delete'
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'home'
  | 'end'
  | 'up'
  | 'down'
  | 'erase-word'
  | 'erase-word-right'
  | 'erase-before'
  | 'erase-after'
  | 'yank'
  | 'clear'
  | 'search'
  | 'escape'
  | 'interrupt'
  | 'end-of-input';

export type Key =
  | { readonly kind: 'key'; readonly name: KeyName }
  | { readonly kind: 'text'; readonly text: string }
  /** Pasted as one, lines and all. */
  | { readonly kind: 'paste'; readonly text: string };

const KEYS: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u001b[3~': 'delete',
  '\u001b[D': 'left',
  '\u0002': 'left',
  '\u001b[C': 'right',
  '\u0006': 'right',
  '\u001b[1;5D': 'word-left',
  '\u001b[1;3D': 'word-left',
  '\u001bb': 'word-left',
  '\u001b[1;5C': 'word-right',
  '\u001b[1;3C': 'word-right',
  '\u001bf': 'word-right',
  '\u001b[H': 'home',
  '\u001bOH': 'home',
  '\u001b[1~': 'home',
  '\u0001': 'home',
  '\u001b[F': 'end',
  '\u001bOF': 'end',
  '\u001b[4~': 'end',
  '\u0005': 'end',
  '\u001b[A': 'up',
  '\u001bOA': 'up',
  '\u0010': 'up',
  '\u001b[B': 'down',
  '\u001bOB': 'down',
  '\u000e': 'down',
  '\u0017': 'erase-word',
  '\u001b\u007f': 'erase-word',
  '\u001bd': 'erase-word-right',
  '\u0015': 'erase-before',
  '\u000b': 'erase-after',
  '\u0019': 'yank',
  '\u000c': 'clear',
  '\u0012': 'search',
  '\u0007': 'escape',
  '\u001b': 'escape',
  '\u0003': 'interrupt',
  '\u0004': 'end-of-input',
};

const PASTE_START = '\u001b[200~';
const PASTE_END = '\u001b[201~';
/** A sequence of a key, whole: CSI, SS3, or Alt with a character. */
// eslint-disable-next-line no-control-regex -- keys are control sequences
const SEQUENCE = /^\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|[^[O])/;

/** The keys that what a terminal sent means; keys that mean nothing here are left out. */
export function keysOf(data: string): Key[] {
  const keys: Key[] = [];
  for (let rest = data; rest !== '';) {
    if (rest.startsWith(PASTE_START)) {
      const end = rest.indexOf(PASTE_END);
      const text = rest.slice(PASTE_START.length, end === -1 ? undefined : end);
      keys.push({ kind: 'paste', text: text.replace(/\r\n?/g, '\n') });
      rest = end === -1 ? '' : rest.slice(end + PASTE_END.length);
      continue;
    }
    const plain = /^[^\p{Cc}]+/u.exec(rest)?.[0];
    if (plain !== undefined) {
      keys.push({ kind: 'text', text: plain });
      rest = rest.slice(plain.length);
      continue;
    }
    const sequence = SEQUENCE.exec(rest)?.[0] ?? rest.charAt(0);
    const name = KEYS[sequence];
    if (name !== undefined) keys.push({ kind: 'key', name });
    rest = rest.slice(sequence.length);
  }
  return keys;
}

/**
 * The colours of shell: of a RUN's line, and of a heredoc that a shell reads, line by line. What is coloured follows the grammar of
 * POSIX sh as far as colours need it: which word is the program, what is quoted, which heredoc of its own a line begins.
 */
import { variableSpans, type Span, type TokenType } from './spans.ts';

const TOKEN =
  /'[^']*'?|"(?:\\[^]|[^"\\])*"?|\\[^]|(?<=^|[\s;&|()])#[^\n]*|<<-?\s*(?:'[^'\n]+'|"[^"\n]+"|\w+)|&&|\|\||;;|[|;&()]|[<>]+&?|\$\(\(?|\$(?:\{[^{}]*\}?|\w+|[@*#?$!-])|[^\S\n]+|\n|[^\s'"\\;|&()<>$]+|\$/g;

/** Words that steer, and whether a command follows them. */
const CONTROL: ReadonlyMap<string, boolean> = new Map([
  ...['if', 'then', 'elif', 'else', 'while', 'until', 'do', '{', '!', 'time'].map((word) => [word, true] as const),
  ...['fi', 'done', 'esac', '}', 'case', 'for', 'select', 'function'].map((word) => [word, false] as const),
]);

/** What the next word is. */
type Place = 'command' | 'argument' | 'target' | 'name' | 'in';

/** Reads a shell's text from its first line to its last; what a line leaves open goes on in the next. */
export class ShellColours {
  #place: Place = 'command';
  /** The quote that is open at the end of a line. */
  #quote = '';
  /** Names of heredocs whose lines come next. */
  #heredocs: string[] = [];
  #depth = 0;

  /** Pieces of a text, or of a line of one. */
  spans(text: string, start = 0, end = text.length): Span[] {
    const spans: Span[] = [];
    let position = this.#finishQuote(text, start, end, spans);
    TOKEN.lastIndex = position;
    while (position < end) {
      TOKEN.lastIndex = position;
      const written = TOKEN.exec(text)?.[0] ?? '';
      const next = Math.min(position + Math.max(written.length, 1), end);
      this.#add(spans, text, position, next);
      position = next;
    }
    return spans;
  }

  /** Pieces of the next line of a heredoc. */
  line(line: string): Span[] {
    const [heredoc] = this.#heredocs;
    if (heredoc !== undefined && this.#quote === '') {
      if (line.replace(/^\t+/, '') === heredoc) this.#heredocs.shift();
      return [{ start: 0, end: line.length, type: 'heredoc' }];
    }
    const spans = this.spans(line);
    if (this.#quote === '' && !line.endsWith('\\')) this.#place = 'command';
    return spans;
  }

  /** A string that the line before left open; gives where it ends. */
  #finishQuote(text: string, start: number, end: number, spans: Span[]): number {
    if (this.#quote === '') return start;
    const closing = text.indexOf(this.#quote, start);
    const stop = closing < 0 ? end : closing + 1;
    this.#addString(spans, text, start, stop, this.#quote);
    if (closing >= 0) this.#quote = '';
    return stop;
  }

  #add(spans: Span[], text: string, start: number, end: number): void {
    const first = text[start] ?? '';
    const put = (type: TokenType): void => {
      spans.push({ start, end, type });
    };
    if (first === '\n') this.#place = 'command';
    else if (first === '"' || first === "'") this.#addQuoted(spans, text, start, end);
    else if (first === '#' && this.#startsWord(text, start)) put('comment');
    else if (/^[;&|()]/.test(first)) this.#operate(text.slice(start, end), put);
    else if (first === '<' || first === '>') this.#redirect(text.slice(start, end), put);
    else if (first === '$') this.#addVariable(text.slice(start, end), put);
    else if (/[^\s\\]/.test(first)) this.#addWord(text, start, end, put);
  }

  #startsWord(text: string, start: number): boolean {
    return start === 0 || /[\s;&|()]/.test(text[start - 1] ?? '');
  }

  #addQuoted(spans: Span[], text: string, start: number, end: number): void {
    const quote = text[start] ?? '';
    const isOpen = end - start === 1 || text[end - 1] !== quote || isEscaped(text, end - 1, quote);
    this.#addString(spans, text, start, end, quote);
    if (isOpen) this.#quote = quote;
    this.#takeWord();
  }

  #addString(spans: Span[], text: string, start: number, end: number, quote: string): void {
    if (quote === '"') for (const span of variableSpans(text, start, end, 'string')) spans.push(span);
    else spans.push({ start, end, type: 'string' });
  }

  #operate(written: string, put: (type: TokenType) => void): void {
    put('operator');
    if (written === '(') this.#depth++;
    // One that closes nothing ends a pattern of `case`.
    const closes = written === ')' && this.#depth > 0;
    if (closes) this.#depth--;
    this.#place = closes ? 'argument' : 'command';
  }

  #redirect(written: string, put: (type: TokenType) => void): void {
    const heredoc = /^<<-?\s*(['"]?)(.+)\1$/.exec(written);
    if (heredoc !== null) {
      this.#heredocs.push(heredoc[2] ?? '');
      put('heredoc');
      return;
    }
    put('operator');
    this.#place = 'target';
  }

  #addVariable(written: string, put: (type: TokenType) => void): void {
    if (written.startsWith('$(')) {
      put('operator');
      this.#depth += written.length - 1;
      this.#place = written === '$(' ? 'command' : 'argument';
      return;
    }
    put('variable');
    this.#takeWord();
  }

  #takeWord(): void {
    if (this.#place !== 'in') this.#place = 'argument';
  }

  #addWord(text: string, start: number, end: number, put: (type: TokenType) => void): void {
    const word = text.slice(start, end);
    if (!this.#startsWord(text, start)) return;
    if (this.#place === 'in' && word === 'in') {
      put('control');
      this.#place = 'argument';
    } else if (this.#place === 'name') {
      put('variable');
      this.#place = 'in';
    } else if (this.#place !== 'command') this.#takeWord();
    else if (/^\w+\+?=/.test(word)) return;
    else this.#addCommand(word, text, end, put);
  }

  #addCommand(word: string, text: string, end: number, put: (type: TokenType) => void): void {
    const isFollowed = CONTROL.get(word);
    // `a | b)` of a `case`: patterns, not programs.
    const isPattern = this.#depth === 0 && /^[^\S\n]*(?:\|[^()|;&\n]*)*\)/.test(text.slice(end, end + 80));
    if (isPattern) return;
    if (isFollowed === undefined) {
      put('command');
      this.#place = 'argument';
      return;
    }
    put('control');
    this.#place = isFollowed
      ? 'command'
      : word === 'for' || word === 'select'
        ? 'name'
        : word === 'case'
          ? 'in'
          : 'argument';
  }
}

/** A double quote behind an odd number of backslashes closes nothing. */
function isEscaped(text: string, at: number, quote: string): boolean {
  if (quote !== '"') return false;
  let count = 0;
  while (text[at - 1 - count] === '\\') count++;
  return count % 2 === 1;
}

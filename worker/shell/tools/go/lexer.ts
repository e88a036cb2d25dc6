/** Tokens of Go source (the Go specification, "Lexical elements"), semicolons inserted as it says. */

export type GoToken =
  | {
      readonly kind: 'name' | 'number' | 'operator';
      readonly text: string;
      readonly line: number;
      readonly column: number;
    }
  | {
      readonly kind: 'string';
      readonly text: string;
      readonly value: string;
      readonly line: number;
      readonly column: number;
    };

/** Thrown where the source is no Go; the place is counted from 1. */
export class GoSyntaxError extends Error {
  override readonly name = 'GoSyntaxError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

const TOKEN =
  /([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)|(\d[\w.]*(?:[eEpP][-+]\d+)?|\.\d[\w]*)|("(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.[^'\n]*)')|(<<=|>>=|&\^=|\.\.\.|&&|\|\||<-|\+\+|--|==|!=|<=|>=|:=|<<|>>|&\^|[-+*/%&|^]=|[-+*/%&|^<>=!()[\]{},;.:~])/y;
const SPACE = /(?:[ \t\r]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const ENDS_STATEMENT = new Set(['break', 'continue', 'fallthrough', 'return', '++', '--', ')', ']', '}']);
const KEYWORDS = new Set([
  'break',
  'case',
  'chan',
  'const',
  'continue',
  'default',
  'defer',
  'else',
  'fallthrough',
  'for',
  'func',
  'go',
  'goto',
  'if',
  'import',
  'interface',
  'map',
  'package',
  'range',
  'return',
  'select',
  'struct',
  'switch',
  'type',
  'var',
]);

/** The tokens of a file. Throws {@link GoSyntaxError}. */
export function tokenise(source: string): GoToken[] {
  const tokens: GoToken[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  const newline = (end: number): void => {
    for (let next = source.indexOf('\n', at); next !== -1 && next < end; next = source.indexOf('\n', next + 1)) {
      line++;
      lineStart = next + 1;
    }
  };
  const endStatement = (): void => {
    const last = tokens.at(-1);
    if (last !== undefined && endsStatement(last))
      tokens.push({ kind: 'operator', text: ';', line, column: at - lineStart + 1 });
  };
  while (at < source.length) {
    if (source[at] === '\n') {
      endStatement();
      newline(at + 1);
      at++;
      continue;
    }
    SPACE.lastIndex = at;
    const space = SPACE.exec(source);
    if (space !== null) {
      if (space[0].includes('\n')) endStatement();
      newline(at + space[0].length);
      at += space[0].length;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    const place = { line, column: at - lineStart + 1 };
    if (match === null) throw unreadable(source, at, place);
    const [text, name, number, string] = match;
    if (string !== undefined) tokens.push({ kind: 'string', text, value: stringValue(string), ...place });
    else
      tokens.push({ kind: name !== undefined ? 'name' : number !== undefined ? 'number' : 'operator', text, ...place });
    newline(at + text.length);
    at += text.length;
  }
  endStatement();
  return tokens;
}

function endsStatement(token: GoToken): boolean {
  if (token.kind === 'string' || token.kind === 'number') return true;
  return ENDS_STATEMENT.has(token.text) || (token.kind === 'name' && !KEYWORDS.has(token.text));
}

function unreadable(source: string, at: number, { line, column }: { line: number; column: number }): GoSyntaxError {
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (character === '"') return new GoSyntaxError('string literal not terminated', line, column);
  if (character === '`') return new GoSyntaxError('raw string literal not terminated', line, column);
  return new GoSyntaxError(
    `invalid character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${character}'`,
    line,
    column,
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function stringValue(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner.replaceAll('\r', '');
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs,
    (_, x?: string, u?: string, U?: string, octal?: string, simple?: string) => {
      if (simple !== undefined) return ESCAPES[simple] ?? simple;
      return String.fromCodePoint(octal !== undefined ? parseInt(octal, 8) : parseInt(x ?? u ?? U ?? '0', 16));
    },
  );
}

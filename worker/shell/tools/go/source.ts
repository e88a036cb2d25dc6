/** Go source files as far as building needs them: package, imports, functions, and the constants of the package. */
import { GoSyntaxError, tokenise, type GoToken } from './lexer.ts';

export interface GoImport {
  readonly path: string;
  /** The name it is used by; `_` and `.` for imports that need no use. */
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

export interface GoFile {
  readonly name: string;
  readonly packageName: string;
  readonly imports: readonly GoImport[];
  /** Bodies of functions without receiver, by name, braces left out. */
  readonly functions: ReadonlyMap<string, readonly GoToken[]>;
  /** Top-level `const` and `var` declarations: the tokens behind the keyword, one for each specification. */
  readonly declarations: readonly (readonly GoToken[])[];
  /** What is wrong with it, as the compiler prints it. */
  readonly problems: readonly string[];
}

/** Parses one file. Throws {@link GoSyntaxError}. */
export function parseGoFile(name: string, source: string): GoFile {
  const tokens = tokenise(source);
  const reader = new Reader(tokens);
  if (reader.peek() !== 'package') throw reader.error(`expected 'package', found ${reader.shown}`);
  reader.next();
  const packageName = reader.take();
  reader.accept(';');
  const imports: GoImport[] = [];
  const functions = new Map<string, readonly GoToken[]>();
  const declarations: (readonly GoToken[])[] = [];
  while (!reader.ended) {
    if (reader.accept(';')) continue;
    const keyword = reader.peek();
    if (keyword === 'import') imports.push(...readGroup(reader).map(parseImport));
    else if (keyword === 'func') readFunction(reader, functions);
    else if (keyword === 'const' || keyword === 'var') declarations.push(...readGroup(reader));
    else if (keyword === 'type') readGroup(reader);
    else throw reader.error(`syntax error: non-declaration statement outside function body`);
  }
  return { name, packageName, imports, functions, declarations, problems: unusedImports(name, imports, tokens) };
}

class Reader {
  readonly #tokens: readonly GoToken[];
  #at = 0;

  constructor(tokens: readonly GoToken[]) {
    this.#tokens = tokens;
  }

  get ended(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(): string {
    return this.#tokens[this.#at]?.text ?? '';
  }

  get shown(): string {
    return this.ended ? "'EOF'" : this.peek() === ';' ? 'newline' : this.peek();
  }

  next(): GoToken {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw this.error('syntax error: unexpected EOF');
    return token;
  }

  take(): string {
    return this.next().text;
  }

  accept(text: string): boolean {
    if (this.peek() !== text) return false;
    this.#at++;
    return true;
  }

  error(message: string): GoSyntaxError {
    const token = this.#tokens[Math.min(this.#at, this.#tokens.length - 1)];
    return new GoSyntaxError(message, token?.line ?? 1, token?.column ?? 1);
  }

  /** The tokens up to (not with) a `;` or `closing` outside of all brackets. */
  upTo(closing: string): GoToken[] {
    const taken: GoToken[] = [];
    for (let depth = 0; !this.ended;) {
      if (depth === 0 && (this.peek() === ';' || this.peek() === closing)) break;
      const token = this.next();
      if (token.kind === 'operator' && '([{'.includes(token.text)) depth++;
      if (token.kind === 'operator' && ')]}'.includes(token.text)) depth--;
      taken.push(token);
    }
    return taken;
  }

  /** The tokens between a brace, which is next, and the one that closes it. */
  block(): GoToken[] {
    const open = this.next();
    const taken: GoToken[] = [];
    for (let depth = 1; ;) {
      if (this.ended) throw new GoSyntaxError('syntax error: unexpected EOF, expecting }', open.line, open.column);
      const token = this.next();
      if (token.kind === 'operator' && token.text === '{') depth++;
      if (token.kind === 'operator' && token.text === '}' && --depth === 0) return taken;
      taken.push(token);
    }
  }
}

/** The specifications behind `import`, `const`, `var` or `type`: one, or several in parentheses. */
function readGroup(reader: Reader): GoToken[][] {
  reader.next();
  if (!reader.accept('(')) return [reader.upTo('')];
  const group: GoToken[][] = [];
  while (!reader.accept(')')) {
    const one = reader.upTo(')');
    if (one.length > 0) group.push(one);
    if (!reader.accept(';') && reader.peek() !== ')') throw reader.error(`syntax error: unexpected ${reader.shown}`);
  }
  return group;
}

function parseImport(tokens: readonly GoToken[]): GoImport {
  const path = tokens.at(-1);
  if (path?.kind !== 'string') {
    throw new GoSyntaxError(
      `syntax error: missing import path; require quoted string`,
      tokens[0]?.line ?? 1,
      tokens[0]?.column ?? 1,
    );
  }
  const name = tokens.length > 1 ? (tokens[0]?.text ?? '') : defaultName(path.value);
  return { path: path.value, name, line: path.line, column: path.column };
}

/** The package name an import path mostly has: its last segment, but for a major version (`…/v2`). */
function defaultName(path: string): string {
  const segments = path.split('/');
  const last = segments.at(-1) ?? '';
  return /^v\d+$/.test(last) && segments.length > 1 ? (segments.at(-2) ?? last) : last.replace(/^go-|\.v\d+$/g, '');
}

function readFunction(reader: Reader, functions: Map<string, readonly GoToken[]>): void {
  const start = reader.next();
  const receiver = reader.peek() === '(';
  if (receiver) skipParentheses(reader);
  const name = reader.next();
  if (name.kind !== 'name')
    throw new GoSyntaxError(`syntax error: unexpected ${name.text}, expected name or (`, start.line, start.column);
  while (!reader.ended && reader.peek() !== '{' && reader.peek() !== ';') {
    if (reader.peek() === '(') skipParentheses(reader);
    else reader.next();
  }
  const body = reader.peek() === '{' ? reader.block() : [];
  if (!receiver) functions.set(name.text, body);
}

function skipParentheses(reader: Reader): void {
  for (let depth = 0; ;) {
    const text = reader.take();
    if (text === '(') depth++;
    if (text === ')' && --depth === 0) return;
  }
}

function unusedImports(file: string, imports: readonly GoImport[], tokens: readonly GoToken[]): string[] {
  const used = new Set<string>();
  tokens.forEach((token, index) => {
    if (token.kind === 'name' && tokens[index + 1]?.text === '.') used.add(token.text);
  });
  return imports.flatMap(({ name, path, line, column }) =>
    name === '_' || name === '.' || used.has(name) || path.includes('.')
      ? []
      : [`./${file}:${line}:${column}: "${path}" imported and not used`],
  );
}

/** Reads jq programs by recursive descent. */
import { JqSyntaxError, type Definition, type Node, type Pattern } from './ast.ts';
import { Tokens } from './tokens.ts';

const ASSIGNMENTS = ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='];
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
const KEYWORDS = new Set([
  'def', 'if', 'then', 'elif', 'else', 'end', 'as', 'reduce', 'foreach', 'try', 'catch', 'label', 'import', 'include', 'and', 'or',
]); // prettier-ignore
const IDENTITY: Node = { kind: 'identity' };

/** The program in a text. Throws {@link JqSyntaxError}. */
export function parseProgram(source: string): Node {
  const parser = new Parser(new Tokens(source));
  return parser.program();
}

/** The definitions of a text that holds nothing else. */
export function parseDefinitions(source: string): Definition[] {
  return new Parser(new Tokens(source)).definitions();
}

class Parser {
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  program(): Node {
    const definitions = this.definitions();
    const body = this.#tokens.atEnd ? IDENTITY : this.#pipe();
    if (!this.#tokens.atEnd) throw this.#tokens.unexpected();
    return definitions.reduceRight<Node>((inner, definition) => ({ kind: 'define', definition, body: inner }), body);
  }

  definitions(): Definition[] {
    const definitions: Definition[] = [];
    while (this.#tokens.is('def')) definitions.push(this.#definition());
    return definitions;
  }

  #definition(): Definition {
    const tokens = this.#tokens;
    tokens.expect('def');
    const name = tokens.name();
    const parameters: string[] = [];
    if (tokens.accept('(')) {
      do parameters.push(tokens.accept('$') ? `$${tokens.name()}` : tokens.name());
      while (tokens.accept(';'));
      tokens.expect(')');
    }
    tokens.expect(':');
    const body = this.#pipe();
    tokens.expect(';');
    return { name, parameters, body };
  }

  #pipe(): Node {
    const tokens = this.#tokens;
    if (tokens.is('def')) {
      const definition = this.#definition();
      return { kind: 'define', definition, body: this.#pipe() };
    }
    if (tokens.accept('label')) {
      tokens.expect('$');
      const name = tokens.name();
      tokens.expect('|');
      return { kind: 'label', name, body: this.#pipe() };
    }
    const left = this.#comma();
    return tokens.accept('|') ? { kind: 'pipe', left, right: this.#pipe() } : left;
  }

  #comma(): Node {
    let left = this.#alternative();
    while (this.#tokens.accept(',')) left = { kind: 'comma', left, right: this.#alternative() };
    return left;
  }

  /** `//` binds weaker than an assignment, and to the right. */
  #alternative(): Node {
    const left = this.#assignment();
    return this.#tokens.accept('//') ? { kind: 'alternative', left, right: this.#alternative() } : left;
  }

  #assignment(): Node {
    const left = this.#or();
    const operator = this.#tokens.acceptAny(ASSIGNMENTS);
    return operator === undefined ? left : { kind: 'assign', operator, left, right: this.#alternative() };
  }

  #or(): Node {
    let left = this.#and();
    while (this.#tokens.accept('or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Node {
    let left = this.#comparison();
    while (this.#tokens.accept('and')) left = { kind: 'and', left, right: this.#comparison() };
    return left;
  }

  #comparison(): Node {
    const left = this.#additive();
    const operator = this.#tokens.acceptAny(COMPARISONS);
    return operator === undefined ? left : { kind: 'operator', operator, left, right: this.#additive() };
  }

  #additive(): Node {
    let left = this.#multiplicative();
    for (;;) {
      const operator = this.#tokens.acceptAny(['+', '-']);
      if (operator === undefined) return left;
      left = { kind: 'operator', operator, left, right: this.#multiplicative() };
    }
  }

  #multiplicative(): Node {
    let left = this.#unary();
    for (;;) {
      const operator = this.#tokens.acceptAny(['*', '/', '%']);
      if (operator === undefined) return left;
      left = { kind: 'operator', operator, left, right: this.#unary() };
    }
  }

  #unary(): Node {
    if (this.#tokens.accept('-')) return { kind: 'negate', of: this.#postfix() };
    const term = this.#postfix();
    if (!this.#tokens.accept('as')) return term;
    const patterns = [this.#pattern()];
    while (this.#tokens.accept('?//')) patterns.push(this.#pattern());
    this.#tokens.expect('|');
    return { kind: 'bind', source: term, patterns, body: this.#pipe() };
  }

  #pattern(): Pattern {
    const tokens = this.#tokens;
    if (tokens.accept('$')) return { kind: 'variable', name: tokens.name() };
    if (tokens.accept('[')) {
      const items = [this.#pattern()];
      while (tokens.accept(',')) items.push(this.#pattern());
      tokens.expect(']');
      return { kind: 'array', items };
    }
    tokens.expect('{');
    const entries: { key: Node; name?: string; value?: Pattern }[] = [];
    do {
      if (tokens.accept('$')) {
        const name = tokens.name();
        const value = tokens.accept(':') ? this.#pattern() : undefined;
        entries.push({ key: { kind: 'literal', value: name }, name, ...(value && { value }) });
      } else {
        const key = this.#objectKey();
        tokens.expect(':');
        entries.push({ key, value: this.#pattern() });
      }
    } while (tokens.accept(','));
    tokens.expect('}');
    return { kind: 'object', entries };
  }

  #postfix(): Node {
    const tokens = this.#tokens;
    let node = this.#term();
    for (;;) {
      if (tokens.accept('?')) node = { kind: 'try', body: node, handler: undefined };
      else if (tokens.is('[')) node = this.#bracket(node);
      else if (tokens.isField) node = { kind: 'index', of: node, key: { kind: 'literal', value: tokens.field() } };
      else if (tokens.acceptDotBefore('"')) node = { kind: 'index', of: node, key: this.#text(undefined) };
      else if (tokens.acceptDotBefore('[')) node = this.#bracket(node);
      else return node;
    }
  }

  #bracket(of: Node): Node {
    const tokens = this.#tokens;
    tokens.expect('[');
    if (tokens.accept(']')) return { kind: 'iterate', of };
    const from = tokens.is(':') ? undefined : this.#pipe();
    if (tokens.accept(':')) {
      const to = tokens.is(']') ? undefined : this.#pipe();
      tokens.expect(']');
      return { kind: 'slice', of, from, to };
    }
    tokens.expect(']');
    return { kind: 'index', of, key: from ?? IDENTITY };
  }

  #term(): Node {
    const tokens = this.#tokens;
    if (tokens.isField) return { kind: 'index', of: IDENTITY, key: { kind: 'literal', value: tokens.field() } };
    if (tokens.accept('..')) return { kind: 'recurse' };
    if (tokens.accept('.')) {
      return tokens.is('"') ? { kind: 'index', of: IDENTITY, key: this.#text(undefined) } : IDENTITY;
    }
    const number = tokens.acceptNumber();
    if (number !== undefined) return { kind: 'literal', value: number };
    if (tokens.is('"')) return this.#text(undefined);
    const format = tokens.acceptFormat();
    if (format !== undefined) return tokens.is('"') ? this.#text(format) : { kind: 'format', format };
    if (tokens.accept('$')) return { kind: 'variable', name: tokens.name() };
    if (tokens.accept('(')) {
      const inner = this.#pipe();
      tokens.expect(')');
      return inner;
    }
    if (tokens.accept('[')) {
      const items = tokens.is(']') ? undefined : this.#pipe();
      tokens.expect(']');
      return { kind: 'array', items };
    }
    if (tokens.is('{')) return this.#object();
    return this.#word();
  }

  #word(): Node {
    const tokens = this.#tokens;
    if (tokens.accept('if')) return this.#if();
    if (tokens.accept('try')) {
      const body = this.#postfix();
      return { kind: 'try', body, handler: tokens.accept('catch') ? this.#postfix() : undefined };
    }
    if (tokens.is('reduce', 'foreach')) return this.#fold();
    if (tokens.accept('def')) throw tokens.unexpected();
    const name = tokens.name();
    if (KEYWORDS.has(name)) throw new JqSyntaxError(`syntax error, unexpected ${name}`);
    if (name === 'break') {
      tokens.expect('$');
      return { kind: 'break', name: tokens.name() };
    }
    const args: Node[] = [];
    if (tokens.accept('(')) {
      do args.push(this.#pipe());
      while (tokens.accept(';'));
      tokens.expect(')');
    }
    return { kind: 'call', name, args };
  }

  #if(): Node {
    const tokens = this.#tokens;
    const test = this.#pipe();
    tokens.expect('then');
    const yes = this.#pipe();
    if (tokens.accept('elif')) return { kind: 'if', test, yes, no: this.#if() };
    const no = tokens.accept('else') ? this.#pipe() : IDENTITY;
    tokens.expect('end');
    return { kind: 'if', test, yes, no };
  }

  #fold(): Node {
    const tokens = this.#tokens;
    const kind = tokens.name();
    const source = this.#postfix();
    tokens.expect('as');
    const pattern = this.#pattern();
    tokens.expect('(');
    const start = this.#pipe();
    tokens.expect(';');
    const update = this.#pipe();
    const extract = kind === 'foreach' && tokens.accept(';') ? this.#pipe() : IDENTITY;
    tokens.expect(')');
    return kind === 'reduce'
      ? { kind: 'reduce', source, pattern, start, update }
      : { kind: 'foreach', source, pattern, start, update, extract };
  }

  /** A string with what is interpolated in it. */
  #text(format: string | undefined): Node {
    const parts = this.#tokens.text(() => this.#pipe());
    const [only = ''] = parts;
    if (parts.length <= 1 && typeof only === 'string') return { kind: 'literal', value: only };
    return { kind: 'text', format, parts };
  }

  #objectKey(): Node {
    const tokens = this.#tokens;
    if (tokens.is('"')) return this.#text(undefined);
    const format = tokens.acceptFormat();
    if (format !== undefined) return this.#text(format);
    if (tokens.accept('(')) {
      const key = this.#pipe();
      tokens.expect(')');
      return key;
    }
    const number = tokens.acceptNumber();
    return { kind: 'literal', value: number === undefined ? tokens.name() : String(number) };
  }

  #object(): Node {
    const tokens = this.#tokens;
    const entries: { key: Node; value: Node }[] = [];
    tokens.expect('{');
    while (!tokens.accept('}')) {
      entries.push(this.#objectEntry());
      if (!tokens.is('}')) tokens.expect(',');
    }
    return { kind: 'object', entries };
  }

  #objectEntry(): { key: Node; value: Node } {
    const tokens = this.#tokens;
    if (tokens.accept('$')) {
      const name = tokens.name();
      return { key: { kind: 'literal', value: name }, value: { kind: 'variable', name } };
    }
    const key = this.#objectKey();
    if (!tokens.accept(':')) return { key, value: { kind: 'index', of: IDENTITY, key } };
    return { key, value: this.#objectValue() };
  }

  /** Values are joined by `|` alone: a comma begins the next entry. */
  #objectValue(): Node {
    const left = this.#alternative();
    return this.#tokens.accept('|') ? { kind: 'pipe', left, right: this.#objectValue() } : left;
  }
}

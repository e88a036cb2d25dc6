/** The language of bc (POSIX, with the additions of GNU and busybox): from text to statements. */

export type Place =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'element'; readonly name: string; readonly index: Expression };

export type Expression =
  | { readonly kind: 'number'; readonly text: string }
  | Place
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'array'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'assign'; readonly operator: string; readonly place: Place; readonly value: Expression }
  | { readonly kind: 'step'; readonly place: Place; readonly by: 1 | -1; readonly before: boolean };

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression; readonly printed: boolean }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'print'; readonly items: readonly (Expression | string)[] }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'if'; readonly test: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly kind: 'loop'; readonly start?: Expression | undefined; readonly test?: Expression | undefined; readonly next?: Expression | undefined; readonly body: Statement }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'break' | 'continue' | 'quit' | 'halt' }
  | { readonly kind: 'define'; readonly definition: Definition }; // prettier-ignore

export interface Definition {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly locals: readonly string[];
  readonly body: readonly Statement[];
}

export class BcSyntaxError extends Error {
  override readonly name = 'BcSyntaxError';
}

const TOKEN =
  /(?:[ \t]|\\\n|\/\*[\s\S]*?\*\/|#[^\n]*)*(?:("[^"]*")|([\dA-F]+\.?[\dA-F]*|\.[\dA-F]+)|([a-z][a-z\d_]*)|(\+\+|--|[-+*/%^]=|[<>=!]=|&&|\|\||[-+*/%^=<>!(){}[\],;\n]))/y;

const LEVELS = [['||'], ['&&'], ['<', '<=', '>', '>=', '==', '!='], ['+', '-'], ['*', '/', '%']] as const;

/** Parses one statement after the other: what stands before a mistake is run. */
export class BcParser {
  readonly #text: string;
  #at = 0;
  #token = '';

  constructor(text: string) {
    this.#text = text;
    this.#advance();
  }

  /** The next statement; undefined at the end. Throws {@link BcSyntaxError}. */
  next(): Statement | undefined {
    while (this.#token === '\n' || this.#token === ';') this.#advance();
    if (this.#token === '') return undefined;
    return this.#token === 'define' ? this.#define() : this.#statement();
  }

  /** Goes on behind the line a mistake was found in. */
  skipLine(): void {
    while (this.#token !== '' && this.#token !== '\n') this.#advanceLoosely();
  }

  #advanceLoosely(): void {
    try {
      this.#advance();
    } catch {
      this.#at++;
    }
  }

  #advance(): string {
    const before = this.#token;
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (match === null) {
      if (/^(?:\s|\/\*[\s\S]*?\*\/|#[^\n]*)*$/.test(this.#text.slice(this.#at))) {
        this.#token = '';
        this.#at = this.#text.length;
        return before;
      }
      throw new BcSyntaxError('bad character');
    }
    this.#at += match[0].length;
    this.#token = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    return before;
  }

  #take(token: string): void {
    if (this.#token !== token) throw new BcSyntaxError('bad token');
    this.#advance();
  }

  #accept(token: string): boolean {
    if (this.#token !== token) return false;
    this.#advance();
    return true;
  }

  #newlines(): void {
    while (this.#token === '\n') this.#advance();
  }

  #define(): Statement {
    this.#take('define');
    this.#accept('void');
    const name = this.#advance();
    const parameters = this.#names('(', ')');
    this.#newlines();
    this.#take('{');
    this.#newlines();
    const locals = this.#token === 'auto' ? this.#autos() : [];
    const body = this.#statements();
    return { kind: 'define', definition: { name, parameters, locals, body } };
  }

  #autos(): string[] {
    this.#take('auto');
    const names = this.#list();
    while (this.#token === ';' || this.#token === '\n') this.#advance();
    return names;
  }

  #names(open: string, close: string): string[] {
    this.#take(open);
    const names = this.#token === close ? [] : this.#list();
    this.#take(close);
    return names;
  }

  #list(): string[] {
    const names: string[] = [];
    do {
      const name = this.#advance();
      names.push(this.#accept('[') ? (this.#take(']'), `${name}[]`) : name);
    } while (this.#accept(','));
    return names;
  }

  #statements(): Statement[] {
    const body: Statement[] = [];
    for (;;) {
      while (this.#token === ';' || this.#token === '\n') this.#advance();
      if (this.#accept('}')) return body;
      if (this.#token === '') throw new BcSyntaxError('bad token');
      body.push(this.#statement());
    }
  }

  #statement(): Statement {
    const token = this.#token;
    if (token.startsWith('"')) {
      this.#advance();
      return { kind: 'string', text: token.slice(1, -1) };
    }
    switch (token) {
      case '{':
        this.#advance();
        return { kind: 'block', body: this.#statements() };
      case 'if':
        return this.#if();
      case 'while':
        this.#advance();
        return { kind: 'loop', test: this.#parenthesised(), body: this.#nested() };
      case 'for':
        return this.#for();
      case 'break':
      case 'continue':
      case 'quit':
      case 'halt':
        this.#advance();
        return { kind: token };
      case 'return': {
        this.#advance();
        const ends = /^(?:;|\n|\}|)$/.test(this.#token);
        return { kind: 'return', value: ends ? undefined : this.#expression() };
      }
      case 'print':
        return this.#print();
    }
    const value = this.#expression();
    return { kind: 'expression', value, printed: value.kind !== 'assign' };
  }

  #parenthesised(): Expression {
    this.#take('(');
    const value = this.#expression();
    this.#take(')');
    return value;
  }

  #nested(): Statement {
    this.#newlines();
    return this.#statement();
  }

  #if(): Statement {
    this.#take('if');
    const test = this.#parenthesised();
    const yes = this.#nested();
    const [at, token] = [this.#at, this.#token];
    while (this.#token === ';' || this.#token === '\n') this.#advance();
    if (this.#accept('else')) return { kind: 'if', test, yes, no: this.#nested() };
    [this.#at, this.#token] = [at, token];
    return { kind: 'if', test, yes, no: undefined };
  }

  #for(): Statement {
    this.#take('for');
    this.#take('(');
    const part = (end: string): Expression | undefined => {
      const value = this.#token === end ? undefined : this.#expression();
      this.#take(end);
      return value;
    };
    const [start, test, next] = [part(';'), part(';'), part(')')];
    return { kind: 'loop', start, test, next, body: this.#nested() };
  }

  #print(): Statement {
    this.#take('print');
    const items: (Expression | string)[] = [];
    do {
      if (this.#token.startsWith('"')) items.push(this.#advance().slice(1, -1));
      else items.push(this.#expression());
    } while (this.#accept(','));
    return { kind: 'print', items };
  }

  #expression(level = 0): Expression {
    const operators: readonly string[] | undefined = LEVELS[level];
    if (operators === undefined) return this.#power();
    if (level === 2 && this.#accept('!')) return { kind: 'unary', operator: '!', of: this.#expression(level) };
    let left = this.#expression(level + 1);
    while (operators.includes(this.#token)) {
      const operator = this.#advance();
      left = { kind: 'binary', operator, left, right: this.#expression(level + 1) };
    }
    return left;
  }

  #power(): Expression {
    const left = this.#unary();
    if (!this.#accept('^')) return left;
    return { kind: 'binary', operator: '^', left, right: this.#power() };
  }

  #unary(): Expression {
    if (this.#accept('-')) return { kind: 'unary', operator: '-', of: this.#unary() };
    if (this.#accept('!')) return { kind: 'unary', operator: '!', of: this.#unary() };
    if (this.#token === '++' || this.#token === '--') {
      const by = this.#advance() === '++' ? 1 : -1;
      return { kind: 'step', place: asPlace(this.#primary()), by, before: true };
    }
    return this.#postfix(this.#primary());
  }

  #postfix(value: Expression): Expression {
    if (this.#token === '++' || this.#token === '--')
      return { kind: 'step', place: asPlace(value), by: this.#advance() === '++' ? 1 : -1, before: false };
    if (!/^[-+*/%^]?=$/.test(this.#token)) return value;
    const operator = this.#advance().slice(0, -1);
    return { kind: 'assign', operator, place: asPlace(value), value: this.#expression() };
  }

  #primary(): Expression {
    if (this.#token === '(') return this.#parenthesised();
    const token = this.#advance();
    if (/^[\dA-F.]/.test(token)) return { kind: 'number', text: token };
    if (!/^[a-z]/.test(token)) throw new BcSyntaxError('bad expression');
    if (this.#accept('(')) {
      const args: Expression[] = [];
      while (!this.#accept(')')) {
        args.push(this.#expression());
        this.#accept(',');
      }
      return { kind: 'call', name: token, args };
    }
    if (!this.#accept('[')) return { kind: 'variable', name: token };
    if (this.#accept(']')) return { kind: 'array', name: token };
    const index = this.#expression();
    this.#take(']');
    return { kind: 'element', name: token, index };
  }
}

function asPlace(value: Expression): Place {
  if (value.kind === 'variable' || value.kind === 'element') return value;
  throw new BcSyntaxError('bad assignment');
}

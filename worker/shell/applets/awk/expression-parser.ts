/** Expressions of awk, by recursive descent: a method for each level of precedence (XCU awk, table "Expressions in awk"). */
import type { ArithmeticOperator, ComparisonOperator, Expression, Target } from './ast.ts';
import type { TokenStream } from './token-stream.ts';

const ASSIGNMENTS: Readonly<Record<string, ArithmeticOperator | ''>> = {
  '=': '', '+=': '+', '-=': '-', '*=': '*', '/=': '/', '%=': '%', '^=': '^',
}; // prettier-ignore
const COMPARISONS: readonly string[] = ['<', '<=', '==', '!=', '>', '>='] satisfies ComparisonOperator[];
/** Operators an operand may start with. Plus and minus are left to the additive level. */
const OPERAND_STARTS = ['!', '(', '$', '++', '--'];

export function isTarget(expression: Expression): expression is Target {
  return expression.kind === 'variable' || expression.kind === 'element' || expression.kind === 'field';
}

export class ExpressionParser {
  readonly #tokens: TokenStream;
  /** `>` writes to a file: outside parentheses in `print`. */
  #inPrint = false;

  constructor(tokens: TokenStream) {
    this.#tokens = tokens;
  }

  expression(): Expression {
    return this.#conditional();
  }

  /** The values of a `print`, up to its redirection. */
  printList(): readonly Expression[] {
    this.#inPrint = true;
    const values = this.list();
    this.#inPrint = false;
    const [only] = values;
    return values.length === 1 && only?.kind === 'group' ? only.items : values;
  }

  /** What a redirection writes to. */
  redirectionTarget(): Expression {
    this.#inPrint = true;
    const to = this.#conditional();
    this.#inPrint = false;
    return to;
  }

  list(): Expression[] {
    const items = [this.expression()];
    while (this.#tokens.accept(',')) {
      this.#tokens.skipNewlines();
      items.push(this.expression());
    }
    return items;
  }

  /** Runs a parser as inside parentheses. */
  enclosed<T>(parse: () => T): T {
    const before = this.#inPrint;
    this.#inPrint = false;
    const result = parse();
    this.#inPrint = before;
    return result;
  }

  #conditional(): Expression {
    const left = this.#or();
    const tokens = this.#tokens;
    if (tokens.accept('?')) {
      tokens.skipNewlines();
      const yes = this.#conditional();
      tokens.skipNewlines();
      tokens.expect(':');
      tokens.skipNewlines();
      return { kind: 'conditional', test: left, yes, no: this.#conditional() };
    }
    return this.#assignment(left) ?? left;
  }

  /** The rest of an assignment to `left`; undefined when none follows. */
  #assignment(left: Expression): Expression | undefined {
    const { token } = this.#tokens;
    const operator = token.kind === 'operator' ? ASSIGNMENTS[token.text] : undefined;
    if (operator === undefined) return undefined;
    if (isTarget(left)) {
      this.#tokens.advance();
      this.#tokens.skipNewlines();
      return { kind: 'assign', target: left, operator, value: this.#conditional(), line: token.line };
    }
    // `1 + x = 2` and `!x = y` assign to the operand at the right end
    const within = this.#assignWithin(left);
    if (within === undefined) throw this.#tokens.unexpected();
    return within;
  }

  #assignWithin(left: Expression): Expression | undefined {
    if (left.kind === 'unary') {
      const operand = isTarget(left.operand) ? this.#assignment(left.operand) : this.#assignWithin(left.operand);
      return operand && { ...left, operand };
    }
    if (
      left.kind !== 'logical' &&
      left.kind !== 'comparison' &&
      left.kind !== 'arithmetic' &&
      left.kind !== 'concatenation'
    )
      return undefined;
    const right = isTarget(left.right) ? this.#assignment(left.right) : this.#assignWithin(left.right);
    return right && { ...left, right };
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#tokens.accept('||')) {
      this.#tokens.skipNewlines();
      left = { kind: 'logical', operator: '||', left, right: this.#and() };
    }
    return left;
  }

  #and(): Expression {
    let left = this.#membership();
    while (this.#tokens.accept('&&')) {
      this.#tokens.skipNewlines();
      left = { kind: 'logical', operator: '&&', left, right: this.#membership() };
    }
    return left;
  }

  #membership(): Expression {
    let left = this.#match();
    while (this.#tokens.accept('in')) {
      const array = this.#tokens.advance();
      if (array.kind !== 'name') throw this.#tokens.unexpected();
      left = { kind: 'membership', index: left.kind === 'group' ? left.items : [left], array: array.text };
    }
    return left;
  }

  #match(): Expression {
    let left = this.#comparison();
    while (this.#tokens.is('~', '!~')) {
      const negated = this.#tokens.advance().text === '!~';
      left = { kind: 'match', negated, text: left, pattern: this.#comparison() };
    }
    return left;
  }

  #comparison(): Expression {
    let left = this.#concatenation();
    for (;;) {
      const { token } = this.#tokens;
      if (this.#tokens.is('|')) {
        const piped = this.#acceptPipedGetline(left);
        if (piped === undefined) return left;
        left = piped;
        continue;
      }
      const isComparison = token.kind === 'operator' && COMPARISONS.includes(token.text);
      if (!isComparison || (token.text === '>' && this.#inPrint)) return left;
      this.#tokens.advance();
      left = {
        kind: 'comparison',
        operator: token.text as ComparisonOperator,
        left,
        right: this.#concatenation(),
      };
    }
  }

  #acceptPipedGetline(source: Expression): Expression | undefined {
    if (!this.#tokens.acceptSequence('|', 'getline')) return undefined;
    const target = this.#optionalTarget();
    return { kind: 'getline', from: 'command', source, ...(target && { target }) };
  }

  #concatenation(): Expression {
    let left = this.#additive();
    while (this.#startsOperand()) left = { kind: 'concatenation', left, right: this.#additive() };
    return left;
  }

  #startsOperand(): boolean {
    const { kind, text } = this.#tokens.token;
    if (kind === 'operator') return OPERAND_STARTS.includes(text);
    if (kind === 'keyword') return text === 'getline';
    return kind !== 'newline' && kind !== 'end';
  }

  #additive(): Expression {
    let left = this.#multiplicative();
    while (this.#tokens.is('+', '-')) {
      const { text, line } = this.#tokens.advance();
      const right = this.#multiplicative();
      left = { kind: 'arithmetic', operator: text === '+' ? '+' : '-', left, right, line };
    }
    return left;
  }

  #multiplicative(): Expression {
    let left = this.#unary();
    while (this.#tokens.is('*', '/', '%')) {
      const { text, line } = this.#tokens.advance();
      const operator = text === '*' ? '*' : text === '/' ? '/' : '%';
      left = { kind: 'arithmetic', operator, left, right: this.#unary(), line };
    }
    return left;
  }

  #unary(): Expression {
    if (!this.#tokens.is('!', '-', '+')) return this.#power();
    const { text } = this.#tokens.advance();
    const operator = text === '!' ? '!' : text === '-' ? '-' : '+';
    return { kind: 'unary', operator, operand: this.#unary() };
  }

  #power(): Expression {
    const left = this.#postfix();
    if (!this.#tokens.is('^')) return left;
    const { line } = this.#tokens.advance();
    // binds to the right, and its right side may have a sign
    const right = this.#tokens.is('-', '+', '!') ? this.#unary() : this.#power();
    return { kind: 'arithmetic', operator: '^', left, right, line };
  }

  #postfix(): Expression {
    const operand = this.#primary();
    if (!isTarget(operand) || !this.#tokens.is('++', '--')) return operand;
    const step = this.#tokens.advance().text === '++' ? 1 : -1;
    return { kind: 'increment', target: operand, step, prefix: false };
  }

  #primary(): Expression {
    const tokens = this.#tokens;
    const { token } = tokens;
    switch (token.kind) {
      case 'number':
        tokens.advance();
        return { kind: 'number', value: token.value };
      case 'string':
        tokens.advance();
        return { kind: 'string', value: token.text };
      case 'name':
        return this.#nameOrElement();
      case 'call':
        tokens.advance();
        return { kind: 'call', name: token.text, args: this.#arguments(), line: token.line };
      case 'builtin':
        tokens.advance();
        return {
          kind: 'builtin',
          name: token.text,
          args: tokens.is('(') ? this.#arguments() : [],
          line: token.line,
        };
      case 'keyword':
        if (token.text === 'getline') return this.#getline();
        throw tokens.unexpected();
      case 'operator':
        return this.#operatorPrimary();
      default:
        throw tokens.unexpected();
    }
  }

  #operatorPrimary(): Expression {
    const tokens = this.#tokens;
    if (tokens.is('/', '/=')) return { kind: 'regex', source: tokens.regex() };
    if (tokens.is('$')) return this.#field();
    if (tokens.is('++', '--')) {
      const step = tokens.advance().text === '++' ? 1 : -1;
      const target = this.#primary();
      if (!isTarget(target)) throw tokens.unexpected();
      return { kind: 'increment', target, step, prefix: true };
    }
    // the level of a sign, for `$-1` and the pattern of `~ -x`
    if (tokens.is('-', '+', '!')) return this.#unary();
    tokens.expect('(');
    const items = this.enclosed(() => this.list());
    tokens.skipNewlines();
    tokens.expect(')');
    const [only] = items;
    if (items.length > 1 || only === undefined) return { kind: 'group', items };
    // parentheses end what may be assigned to or matched on its own, but change nothing else
    return isTarget(only) || only.kind === 'group' ? only : { kind: 'group', items: [only] };
  }

  #field(): Target {
    const { line } = this.#tokens.advance();
    const index = this.#tokens.is('++', '--') ? this.#operatorPrimary() : this.#primary();
    return { kind: 'field', index, line };
  }

  #nameOrElement(): Target {
    const name = this.#tokens.advance().text;
    if (!this.#tokens.accept('[')) return { kind: 'variable', name };
    const index = this.enclosed(() => this.list());
    this.#tokens.expect(']');
    return { kind: 'element', array: name, index };
  }

  #arguments(): Expression[] {
    const tokens = this.#tokens;
    tokens.expect('(');
    tokens.skipNewlines();
    if (tokens.accept(')')) return [];
    const args = this.enclosed(() => this.list());
    tokens.skipNewlines();
    tokens.expect(')');
    return args;
  }

  #getline(): Expression {
    this.#tokens.advance();
    const target = this.#optionalTarget();
    const into = target && { target };
    if (!this.#tokens.accept('<')) return { kind: 'getline', from: 'input', ...into };
    return { kind: 'getline', from: 'file', source: this.#primary(), ...into };
  }

  #optionalTarget(): Target | undefined {
    if (this.#tokens.token.kind === 'name') return this.#nameOrElement();
    return this.#tokens.is('$') ? this.#field() : undefined;
  }
}

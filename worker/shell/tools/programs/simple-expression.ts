/** Expressions of simple scripts: numbers, strings, templates, names, arithmetic and a few methods of strings. */

export type Dialect = 'python' | 'javascript';

export type ScriptValue =
  | { readonly kind: 'number'; readonly value: number; /** Python writes 2.0, not 2. */ readonly float: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'nothing' };

/** A string is repeated no more often: a script of one line must not fill the memory. */
const MAX_REPEATS = 10_000;

/** Thrown for whatever is more than is simulated. */
export class ScriptProblem extends Error {
  override readonly name = 'ScriptProblem';
}

/** A value as the language prints it. */
export function shown(value: ScriptValue, dialect: Dialect): string {
  switch (value.kind) {
    case 'text':
      return value.value;
    case 'number':
      return value.float && Number.isInteger(value.value) && dialect === 'python'
        ? `${value.value}.0`
        : String(value.value);
    case 'truth':
      return dialect === 'python' ? (value.value ? 'True' : 'False') : String(value.value);
    case 'nothing':
      return dialect === 'python' ? 'None' : 'null';
  }
}

/** The value, or those of a list in parentheses. Throws {@link ScriptProblem}. */
export function evaluateExpression(
  text: string,
  dialect: Dialect,
  variables: ReadonlyMap<string, ScriptValue>,
  isList: boolean,
): ScriptValue[] {
  const reader = new ExpressionReader(tokensOf(text, dialect), dialect, variables);
  const values = isList ? reader.list() : [reader.expression()];
  reader.requireEnd();
  return values;
}

type Token = { readonly kind: 'number' | 'text' | 'template' | 'name' | 'sign'; readonly text: string };

const TOKEN =
  /\s+|(\d+(?:\.\d+)?)|(f?"(?:[^"\\\n]|\\.)*"|f?'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|([A-Za-z_$][\w$]*)|(\*\*|\/\/|[-+*/%(),.[\]])/y;

function tokensOf(text: string, dialect: Dialect): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw new ScriptProblem();
    const [, number, string, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (string !== undefined) tokens.push(stringToken(string, dialect));
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

function stringToken(literal: string, dialect: Dialect): Token {
  const isTemplate = literal.startsWith('`') || literal.startsWith('f');
  if ((literal.startsWith('f') && dialect !== 'python') || (literal.startsWith('`') && dialect === 'python'))
    throw new ScriptProblem();
  const inner = literal.replace(/^f/, '').slice(1, -1);
  return isTemplate ? { kind: 'template', text: inner } : { kind: 'text', text: unescaped(inner) };
}

function unescaped(text: string): string {
  const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' };
  return text
    .replace(/\\u\{?([0-9A-Fa-f]{4,5})\}?|\\x([0-9A-Fa-f]{2})/g, (_all, wide?: string, narrow?: string) =>
      String.fromCodePoint(parseInt(wide ?? narrow ?? '', 16)),
    )
    .replace(/\\([\s\S])/g, (_all, letter: string) => letters[letter] ?? letter);
}

class ExpressionReader {
  readonly #tokens: readonly Token[];
  readonly #dialect: Dialect;
  readonly #variables: ReadonlyMap<string, ScriptValue>;
  #at = 0;

  constructor(tokens: readonly Token[], dialect: Dialect, variables: ReadonlyMap<string, ScriptValue>) {
    this.#tokens = tokens;
    this.#dialect = dialect;
    this.#variables = variables;
  }

  requireEnd(): void {
    if (this.#at < this.#tokens.length) throw new ScriptProblem();
  }

  list(): ScriptValue[] {
    this.#take('(');
    const values: ScriptValue[] = [];
    while (!this.#accept(')')) {
      values.push(this.expression());
      if (this.#accept(',')) continue;
      this.#take(')');
      break;
    }
    return values;
  }

  expression(): ScriptValue {
    let left = this.#term();
    for (let sign = this.#sign('+', '-'); sign !== undefined; sign = this.#sign('+', '-')) {
      const right = this.#term();
      left =
        sign === '+' && (left.kind === 'text' || right.kind === 'text')
          ? this.#joined(left, right)
          : arithmetic(sign, left, right);
    }
    return left;
  }

  /** JavaScript joins anything to a string, Python strings alone. */
  #joined(left: ScriptValue, right: ScriptValue): ScriptValue {
    if (this.#dialect === 'python' && left.kind !== right.kind) throw new ScriptProblem();
    return { kind: 'text', value: shown(left, this.#dialect) + shown(right, this.#dialect) };
  }

  #term(): ScriptValue {
    let left = this.#power();
    for (let sign = this.#sign('*', '/', '%', '//'); sign !== undefined; sign = this.#sign('*', '/', '%', '//')) {
      const right = this.#power();
      left = this.#product(sign, left, right);
    }
    return left;
  }

  /** Python repeats strings by multiplying them. */
  #product(sign: string, left: ScriptValue, right: ScriptValue): ScriptValue {
    if (sign === '*' && this.#dialect === 'python' && left.kind === 'text' && right.kind === 'number')
      return { kind: 'text', value: left.value.repeat(Math.min(MAX_REPEATS, Math.max(0, right.value))) };
    return arithmetic(sign, left, right, this.#dialect);
  }

  #power(): ScriptValue {
    if (this.#accept('-')) return arithmetic('-', { kind: 'number', value: 0, float: false }, this.#power());
    const base = this.#postfix();
    return this.#accept('**') ? arithmetic('**', base, this.#power()) : base;
  }

  #postfix(): ScriptValue {
    let value = this.#primary();
    while (this.#accept('.')) value = this.#member(value, this.#next().text);
    return value;
  }

  #member(value: ScriptValue, name: string): ScriptValue {
    if (value.kind !== 'text') throw new ScriptProblem();
    if (name === 'length' && this.#dialect === 'javascript')
      return { kind: 'number', value: value.value.length, float: false };
    if (this.list().length > 0) throw new ScriptProblem();
    if (name === 'upper' || name === 'toUpperCase') return { kind: 'text', value: value.value.toUpperCase() };
    if (name === 'lower' || name === 'toLowerCase') return { kind: 'text', value: value.value.toLowerCase() };
    if (name === 'strip' || name === 'trim') return { kind: 'text', value: value.value.trim() };
    throw new ScriptProblem();
  }

  #primary(): ScriptValue {
    const token = this.#next();
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text), float: token.text.includes('.') };
      case 'text':
        return { kind: 'text', value: token.text };
      case 'template':
        return { kind: 'text', value: this.#filled(token.text) };
      case 'name':
        return this.#named(token.text);
      case 'sign': {
        if (token.text !== '(') throw new ScriptProblem();
        const value = this.expression();
        this.#take(')');
        return value;
      }
    }
  }

  #filled(template: string): string {
    const pattern = this.#dialect === 'python' ? /\{\{|\}\}|\{([^{}]+)\}/g : /\$\{([^{}]+)\}/g;
    const filled = template.replace(pattern, (all, inner: string | undefined) => {
      if (inner === undefined) return all.slice(0, 1);
      const [value] = evaluateExpression(inner, this.#dialect, this.#variables, false);
      return value === undefined ? '' : shown(value, this.#dialect);
    });
    return unescaped(filled);
  }

  #named(name: string): ScriptValue {
    const known = this.#variables.get(name) ?? this.#surrounding(name);
    if (known !== undefined) return known;
    if (/^(?:True|true)$/.test(name)) return { kind: 'truth', value: true };
    if (/^(?:False|false)$/.test(name)) return { kind: 'truth', value: false };
    if (/^(?:None|null)$/.test(name)) return { kind: 'nothing' };
    const [argument, ...others] = ['str', 'len', 'int', 'String', 'Number'].includes(name) ? this.list() : [];
    if (argument === undefined || others.length > 0) throw new ScriptProblem();
    if (name === 'str' || name === 'String') return { kind: 'text', value: shown(argument, this.#dialect) };
    if (name === 'len' && argument.kind === 'text')
      return { kind: 'number', value: [...argument.value].length, float: false };
    if (name !== 'len' && argument.kind !== 'nothing') {
      const value = Number(argument.value);
      if (!Number.isNaN(value))
        return { kind: 'number', value: name === 'int' ? Math.trunc(value) : value, float: false };
    }
    throw new ScriptProblem();
  }

  /**
   * What a script asks of where it runs: `process.env.HOME`, `os.environ["HOME"]`, `sys.argv[1]`. They are variables by their whole path,
   * with a dot before an element's name.
   */
  #surrounding(root: string): ScriptValue | undefined {
    if (!/^(?:process|os|sys|platform)$/.test(root)) return undefined;
    let path = root;
    for (;;) {
      if (this.#accept('.')) path += `.${this.#next().text}`;
      else if (this.#accept('[')) {
        const element = this.expression();
        this.#take(']');
        path += `.${shown(element, this.#dialect)}`;
      } else break;
    }
    if (/^(?:os\.getenv|os\.environ\.get)$/.test(path)) {
      const [name, fallback] = this.list();
      return (
        this.#variables.get(`os.environ.${name?.kind === 'text' ? name.value : ''}`) ?? fallback ?? { kind: 'nothing' }
      );
    }
    const known = this.#variables.get(path);
    if (known === undefined && path.startsWith('process.env.')) return { kind: 'text', value: 'undefined' };
    if (known !== undefined && this.#tokens[this.#at]?.text === '(') this.list();
    return known;
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new ScriptProblem();
    return token;
  }

  #accept(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || token.text !== sign) return false;
    this.#at++;
    return true;
  }

  #take(sign: string): void {
    if (!this.#accept(sign)) throw new ScriptProblem();
  }

  #sign(...signs: readonly string[]): string | undefined {
    return signs.find((sign) => this.#accept(sign));
  }
}

function arithmetic(sign: string, left: ScriptValue, right: ScriptValue, dialect: Dialect = 'javascript'): ScriptValue {
  if (left.kind !== 'number' || right.kind !== 'number') throw new ScriptProblem();
  const [a, b] = [left.value, right.value];
  const float = left.float || right.float;
  const isPython = dialect === 'python';
  // Python raises where JavaScript gives Infinity or NaN
  if (isPython && b === 0 && ['/', '//', '%'].includes(sign)) throw new ScriptProblem();
  switch (sign) {
    case '+':
      return { kind: 'number', value: a + b, float };
    case '-':
      return { kind: 'number', value: a - b, float };
    case '*':
      return { kind: 'number', value: a * b, float };
    case '/':
      return { kind: 'number', value: a / b, float: isPython || float };
    case '%':
      return { kind: 'number', value: isPython ? a - b * Math.floor(a / b) : a % b, float };
    case '**':
      return { kind: 'number', value: a ** b, float };
    default:
      if (!isPython) throw new ScriptProblem();
      return { kind: 'number', value: Math.floor(a / b), float };
  }
}

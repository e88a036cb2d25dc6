/** Rules, functions and statements of an awk program. */
import type { FunctionDefinition, Program, Redirection, Rule, Statement } from './ast.ts';
import { AwkError } from './ast.ts';
import { ExpressionParser, isTarget } from './expression-parser.ts';
import { TokenStream } from './token-stream.ts';

/** The program in a text. Throws {@link AwkError}. */
export function parseProgram(source: string): Program {
  return new Parser(source).program();
}

class Parser {
  readonly #tokens: TokenStream;
  readonly #expressions: ExpressionParser;
  #loops = 0;

  constructor(source: string) {
    this.#tokens = new TokenStream(source);
    this.#expressions = new ExpressionParser(this.#tokens);
  }

  program(): Program {
    const rules: Rule[] = [];
    const functions = new Map<string, FunctionDefinition>();
    const tokens = this.#tokens;
    tokens.skipTerminators();
    while (tokens.token.kind !== 'end') {
      if (tokens.accept('function')) {
        const definition = this.#function();
        functions.set(definition.name, definition);
      } else {
        rules.push(this.#rule());
      }
      tokens.skipTerminators();
    }
    return { rules, functions };
  }

  #function(): FunctionDefinition {
    const tokens = this.#tokens;
    const { kind, text: name } = tokens.advance();
    if (kind !== 'call' && kind !== 'name') throw tokens.unexpected();
    tokens.expect('(');
    const parameters: string[] = [];
    while (!tokens.accept(')')) {
      tokens.skipNewlines();
      const parameter = tokens.advance();
      if (parameter.kind !== 'name') throw tokens.unexpected();
      parameters.push(parameter.text);
      tokens.skipNewlines();
      if (!tokens.is(')')) tokens.expect(',');
    }
    tokens.skipNewlines();
    return { name, parameters, body: this.#block() };
  }

  #rule(): Rule {
    const pattern = this.#pattern();
    if (this.#tokens.is('{')) return { pattern, body: this.#block() };
    if (pattern.kind === 'begin' || pattern.kind === 'end') throw this.#tokens.unexpected();
    if (!this.#tokens.atTerminator || this.#tokens.is('}')) throw this.#tokens.unexpected();
    return { pattern };
  }

  #pattern(): Rule['pattern'] {
    const tokens = this.#tokens;
    if (tokens.is('{')) return { kind: 'always' };
    if (tokens.accept('BEGIN')) return { kind: 'begin' };
    if (tokens.accept('END')) return { kind: 'end' };
    const test = this.#expressions.expression();
    if (!tokens.accept(',')) return { kind: 'test', test };
    tokens.skipNewlines();
    return { kind: 'range', first: test, last: this.#expressions.expression() };
  }

  #block(): Statement {
    const tokens = this.#tokens;
    tokens.expect('{');
    const statements: Statement[] = [];
    tokens.skipTerminators();
    while (!tokens.accept('}')) {
      statements.push(this.#statement());
      tokens.skipTerminators();
    }
    return { kind: 'block', statements };
  }

  /** A statement with what ends it. */
  #statement(): Statement {
    const tokens = this.#tokens;
    if (tokens.is('{')) return this.#block();
    if (tokens.accept(';')) return { kind: 'block', statements: [] };
    const { token } = tokens;
    if (token.kind === 'keyword') {
      if (tokens.accept('if')) return this.#if();
      if (tokens.accept('while')) return this.#while();
      if (tokens.accept('do')) return this.#do();
      if (tokens.accept('for')) return this.#for();
    }
    const statement = this.#simple();
    if (!tokens.atTerminator) throw tokens.unexpected();
    if (!tokens.is('}') && tokens.token.kind !== 'end') tokens.advance();
    return statement;
  }

  /** The statement a condition or loop governs, on the same line or a later one. */
  #governed(): Statement {
    this.#tokens.skipNewlines();
    return this.#statement();
  }

  #loopBody(): Statement {
    this.#loops++;
    const body = this.#governed();
    this.#loops--;
    return body;
  }

  #parenthesized<T>(parse: () => T): T {
    this.#tokens.expect('(');
    this.#tokens.skipNewlines();
    const result = this.#expressions.enclosed(parse);
    this.#tokens.skipNewlines();
    this.#tokens.expect(')');
    return result;
  }

  #if(): Statement {
    const test = this.#parenthesized(() => this.#expressions.expression());
    const yes = this.#governed();
    if (!this.#tokens.acceptAfterTerminators('else')) return { kind: 'if', test, yes };
    return { kind: 'if', test, yes, no: this.#governed() };
  }

  #while(): Statement {
    const test = this.#parenthesized(() => this.#expressions.expression());
    return { kind: 'loop', before: [], test, body: this.#loopBody(), testLast: false };
  }

  #do(): Statement {
    const body = this.#loopBody();
    if (!this.#tokens.acceptAfterTerminators('while')) throw this.#tokens.unexpected();
    const test = this.#parenthesized(() => this.#expressions.expression());
    return { kind: 'loop', before: [], test, body, testLast: true };
  }

  #for(): Statement {
    const tokens = this.#tokens;
    tokens.expect('(');
    const first = tokens.is(';') ? undefined : this.#simple();
    if (tokens.accept(')')) return this.#forEach(first);
    tokens.expect(';');
    tokens.skipNewlines();
    const test = tokens.is(';') ? undefined : this.#expressions.expression();
    tokens.expect(';');
    tokens.skipNewlines();
    const step = tokens.is(')') ? undefined : this.#simple();
    tokens.expect(')');
    const body = this.#loopBody();
    const loop: Statement = {
      kind: 'loop',
      before: [],
      ...(test && { test }),
      ...(step && { step }),
      body,
      testLast: false,
    };
    return first === undefined ? loop : { kind: 'block', statements: [first, loop] };
  }

  /** `for (name in array)`, whose head reads as a test of membership. */
  #forEach(head: Statement | undefined): Statement {
    const value = head?.kind === 'expression' ? head.value : undefined;
    const target = value?.kind === 'membership' && value.index.length === 1 ? value.index[0] : undefined;
    if (value?.kind !== 'membership' || target === undefined || !isTarget(target)) throw this.#tokens.unexpected();
    return { kind: 'each', target, array: value.array, body: this.#loopBody() };
  }

  #simple(): Statement {
    const tokens = this.#tokens;
    const { token } = tokens;
    if (token.kind !== 'keyword' || token.text === 'getline')
      return { kind: 'expression', value: this.#expressions.expression() };
    tokens.advance();
    switch (token.text) {
      case 'print':
      case 'printf':
        return this.#print(token.text, token.line);
      case 'next':
      case 'nextfile':
        return { kind: token.text };
      case 'break':
      case 'continue':
        if (this.#loops === 0) throw new AwkError(`'${token.text}' not in a loop`, token.line);
        return { kind: token.text };
      case 'exit':
      case 'return': {
        const value = tokens.atTerminator ? undefined : this.#expressions.expression();
        return { kind: token.text, ...(value && { value }) };
      }
      case 'delete':
        return this.#delete();
      default:
        throw new AwkError('Unexpected token', token.line);
    }
  }

  #print(kind: 'print' | 'printf', line: number): Statement {
    const tokens = this.#tokens;
    const empty = tokens.atTerminator || tokens.is('>', '>>', '|');
    const values = empty ? [] : this.#expressions.printList();
    if (!tokens.is('>', '>>', '|')) return { kind, values, line };
    const { text } = tokens.advance();
    const mode: Redirection['mode'] = text === '|' ? '|' : text === '>' ? '>' : '>>';
    return { kind, values, line, redirection: { mode, to: this.#expressions.redirectionTarget() } };
  }

  #delete(): Statement {
    const tokens = this.#tokens;
    const name = tokens.advance();
    if (name.kind !== 'name') throw tokens.unexpected();
    if (!tokens.accept('[')) return { kind: 'delete', array: name.text };
    const index = this.#expressions.enclosed(() => this.#expressions.list());
    tokens.expect(']');
    return { kind: 'delete', array: name.text, index };
  }
}

/**
 * Parses a template (text/template/parse of Go 1.24), with Go's error messages: they name the template, the line of the
 * last word read, and what was not expected.
 */
import { quoteGo, unquoteGo } from '../format/go-quote.ts';
import {
  nodeText,
  type ActionNode,
  type BranchNode,
  type CommandNode,
  type ListNode,
  type OperandNode,
  type PipeNode,
  type TemplateCallNode,
  type VariableNode,
} from './node.ts';
import { parseNumberLiteral } from './number-literal.ts';
import { TemplateFile, type TemplateLists } from './template-file.ts';
import type { Token, TokenKind } from './token.ts';

/** Parentheses and branches may nest so deep, less than in Go, as a page's stack is smaller. */
const MAX_NESTING = 500;

/** Ends a list; `{{else}}` may begin another. */
interface ListEnd {
  readonly kind: 'end' | 'else';
  readonly position: number;
}

/**
 * Parses `text` as the template `name`. `hasFunction` tells which functions there are. Throws `invalid-argument` with Go's
 * message.
 */
export function parseLists(name: string, text: string, hasFunction: (name: string) => boolean): TemplateLists {
  const file = new TemplateFile(name, text, hasFunction);
  new ListParser(file, name).topLevel();
  return file.lists;
}

/** Parses one list with its own variables: a text's own, or that of a definition. */
class ListParser {
  readonly #file: TemplateFile;
  readonly #name: string;
  #variables = ['$'];
  #rangeDepth = 0;
  #nesting = 0;

  constructor(file: TemplateFile, name: string) {
    this.#file = file;
    this.#name = name;
  }

  topLevel(): void {
    const file = this.#file;
    const nodes: ActionNode[] = [];
    const { position } = file.peek();
    while (file.peek().kind !== 'end-of-text') {
      if (file.takeDefine()) {
        parseDefinition(file);
        continue;
      }
      const node = this.#textOrAction();
      if (isListEnd(node)) throw file.failure(`unexpected {{${node.kind}}}`);
      nodes.push(node);
    }
    file.define(this.#name, { kind: 'list', position, nodes });
  }

  /** A list up to its `{{end}}` or `{{else}}`. */
  list(): { readonly list: ListNode; readonly end: ListEnd } {
    const nodes: ActionNode[] = [];
    const { position } = this.#file.peekNonSpace();
    while (this.#file.peekNonSpace().kind !== 'end-of-text') {
      const node = this.#textOrAction();
      if (isListEnd(node)) return { list: { kind: 'list', position, nodes }, end: node };
      nodes.push(node);
    }
    throw this.#file.failure('unexpected EOF');
  }

  #textOrAction(): ActionNode | ListEnd {
    const token = this.#file.nextNonSpace();
    if (token.kind === 'text') return { kind: 'text', position: token.position, text: token.text };
    if (token.kind !== 'left-delimiter') throw this.#file.unexpected(token, 'input');
    this.#file.actionLine = token.line;
    const node = this.#action();
    this.#file.actionLine = 0;
    return node;
  }

  #action(): ActionNode | ListEnd {
    const token = this.#file.nextNonSpace();
    switch (token.kind) {
      case 'block':
        return this.#block();
      case 'break':
      case 'continue':
        return this.#loopControl(token, token.kind);
      case 'else':
        return this.#else();
      case 'end':
        return { kind: 'end', position: this.#file.expect('right-delimiter', 'end').position };
      case 'if':
      case 'range':
      case 'with':
        return this.#branch(token.kind);
      case 'template':
        return this.#templateCall();
      default: {
        this.#file.back();
        const { position } = this.#file.peek();
        return { kind: 'action', position, pipe: this.#pipeline('command', 'right-delimiter') };
      }
    }
  }

  #loopControl({ position }: Token, kind: 'break' | 'continue'): ActionNode {
    this.#file.expect('right-delimiter', `{{${kind}}}`);
    if (this.#rangeDepth === 0) throw this.#file.failure(`{{${kind}}} outside {{range}}`);
    return { kind, position };
  }

  #else(): ListEnd {
    const next = this.#file.peekNonSpace();
    // {{else if}} stands for {{else}}{{if}}; the keyword is left to be read
    if (next.kind === 'if' || next.kind === 'with') return { kind: 'else', position: next.position };
    return { kind: 'else', position: this.#file.expect('right-delimiter', 'else').position };
  }

  #branch(kind: BranchNode['kind']): BranchNode {
    this.#enter();
    const declared = this.#variables.length;
    const pipe = this.#pipeline(kind, 'right-delimiter');
    if (kind === 'range') this.#rangeDepth++;
    const { list, end } = this.list();
    if (kind === 'range') this.#rangeDepth--;
    const otherwise = end.kind === 'else' ? this.#otherwise(kind, end.position) : undefined;
    this.#variables = this.#variables.slice(0, declared);
    this.#nesting--;
    return { kind, position: pipe.position, pipe, body: list, otherwise };
  }

  #otherwise(kind: BranchNode['kind'], position: number): ListNode {
    if (kind !== 'range' && this.#file.peek().kind === kind) {
      this.#file.next();
      // the inner branch takes the one {{end}} for both
      return { kind: 'list', position, nodes: [this.#branch(kind)] };
    }
    const { list, end } = this.list();
    if (end.kind !== 'end') throw this.#file.failure(`expected end; found {{${end.kind}}}`);
    return list;
  }

  #block(): TemplateCallNode {
    const context = 'block clause';
    const token = this.#file.nextNonSpace();
    const name = templateName(this.#file, token, context);
    const pipe = this.#pipeline(context, 'right-delimiter');
    const { list, end } = new ListParser(this.#file, name).list();
    if (end.kind !== 'end') throw this.#file.failure(`unexpected {{${end.kind}}} in ${context}`);
    this.#file.define(name, list);
    return { kind: 'template', position: token.position, name, pipe };
  }

  #templateCall(): TemplateCallNode {
    const context = 'template clause';
    const token = this.#file.nextNonSpace();
    const name = templateName(this.#file, token, context);
    if (this.#file.nextNonSpace().kind === 'right-delimiter') {
      return { kind: 'template', position: token.position, name, pipe: undefined };
    }
    this.#file.back();
    return { kind: 'template', position: token.position, name, pipe: this.#pipeline(context, 'right-delimiter') };
  }

  /** Declarations, then commands parted by `|`, up to `end`. */
  #pipeline(context: string, end: 'right-delimiter' | 'right-paren'): PipeNode {
    const { position } = this.#file.peekNonSpace();
    const { declarations, assigns } = this.#declarations(context);
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.#file.nextNonSpace();
      if (token.kind === end) break;
      if (!STARTS_COMMAND.has(token.kind)) throw this.#file.unexpected(token, context);
      this.#file.back();
      commands.push(this.#command());
    }
    if (commands.length === 0) throw this.#file.failure(`missing value for ${context}`);
    const stage = commands.findIndex((command, i) => i > 0 && LITERALS.has(command.operands[0]?.kind ?? ''));
    if (stage > 0) throw this.#file.failure(`non executable command in pipeline stage ${String(stage + 1)}`);
    return { kind: 'pipe', position, declarations, assigns, commands };
  }

  #declarations(context: string): Pick<PipeNode, 'declarations' | 'assigns'> {
    const declarations: VariableNode[] = [];
    for (;;) {
      const variable = this.#file.peekNonSpace();
      if (variable.kind !== 'variable') return { declarations, assigns: false };
      this.#file.nextNonSpace();
      const spaced = this.#file.peek().kind === 'space';
      const next = this.#file.nextNonSpace();
      const many = next.kind === 'character' && next.text === ',';
      if (next.kind !== 'assign' && next.kind !== 'declare' && !many) {
        this.#file.back(spaced ? 3 : 2);
        return { declarations, assigns: false };
      }
      declarations.push({ kind: 'variable', position: variable.position, names: [variable.text] });
      this.#variables.push(variable.text);
      if (!many) return { declarations, assigns: next.kind === 'assign' };
      this.#checkSecondVariable(context, declarations.length);
    }
  }

  #checkSecondVariable(context: string, declared: number): void {
    if (context !== 'range' || declared >= 2) throw this.#file.failure(`too many declarations in ${context}`);
    const next = this.#file.peekNonSpace().kind;
    if (next !== 'variable' && next !== 'right-delimiter' && next !== 'right-paren') {
      throw this.#file.failure('range can only initialize variables');
    }
  }

  /** Operands parted by blanks, up to a `|`, which is taken, or an end, which is not. */
  #command(): CommandNode {
    const { position } = this.#file.peekNonSpace();
    const operands: OperandNode[] = [];
    for (;;) {
      this.#file.peekNonSpace();
      const operand = this.#operand();
      if (operand !== undefined) operands.push(operand);
      const token = this.#file.next();
      if (token.kind === 'space') continue;
      if (token.kind === 'right-delimiter' || token.kind === 'right-paren') this.#file.back();
      else if (token.kind !== 'pipe') throw this.#file.unexpected(token, 'operand');
      break;
    }
    if (operands.length === 0) throw this.#file.failure('empty command');
    return { kind: 'command', position, operands };
  }

  /** A term and the fields that follow it. */
  #operand(): OperandNode | undefined {
    const term = this.#term();
    const { kind, position } = this.#file.peek();
    if (term === undefined || kind !== 'field') return term;
    const names: string[] = [];
    while (this.#file.peek().kind === 'field') names.push(this.#file.next().text.slice(1));
    if (term.kind === 'field' || term.kind === 'variable') {
      return { kind: term.kind, position, names: [...term.names, ...names] };
    }
    if (LITERALS.has(term.kind)) throw this.#file.failure(`unexpected . after term ${quoteGo(nodeText(term))}`);
    return { kind: 'chain', position, operand: term, names };
  }

  #term(): OperandNode | undefined {
    const token = this.#file.nextNonSpace();
    const { position, text } = token;
    switch (token.kind) {
      case 'identifier':
        if (!this.#file.hasFunction(text)) throw this.#file.failure(`function ${quoteGo(text)} not defined`);
        return { kind: 'identifier', position, name: text };
      case '.':
        return { kind: 'dot', position };
      case 'nil':
        return { kind: 'nil', position };
      case 'variable':
        if (!this.#variables.includes(text)) throw this.#file.failure(`undefined variable ${quoteGo(text)}`);
        return { kind: 'variable', position, names: [text] };
      case 'field':
        return { kind: 'field', position, names: [text.slice(1)] };
      case 'bool':
        return { kind: 'bool', position, value: text === 'true' };
      case 'character-constant':
      case 'complex':
      case 'number':
        return { kind: 'number', position, text, literal: this.#file.located(() => parseNumberLiteral(text)) };
      case 'left-paren':
        return this.#parenthesized();
      case 'string':
      case 'raw-string':
        return { kind: 'string', position, quoted: text, value: this.#file.located(() => unquoteGo(text)) };
      default:
        this.#file.back();
        return undefined;
    }
  }

  #enter(): void {
    this.#nesting++;
    if (this.#nesting > MAX_NESTING) throw this.#file.failure('max expression depth exceeded');
  }

  #parenthesized(): PipeNode {
    this.#enter();
    const pipe = this.#pipeline('parenthesized pipeline', 'right-paren');
    this.#nesting--;
    return pipe;
  }
}

/** `{{define "name"}}…{{end}}`, after its keyword. */
function parseDefinition(file: TemplateFile): void {
  const context = 'define clause';
  const name = templateName(file, file.nextNonSpace(), context);
  file.expect('right-delimiter', context);
  const { list, end } = new ListParser(file, name).list();
  if (end.kind !== 'end') throw file.failure(`unexpected {{${end.kind}}} in ${context}`);
  file.define(name, list);
}

function templateName(file: TemplateFile, token: Token, context: string): string {
  if (token.kind !== 'string' && token.kind !== 'raw-string') throw file.unexpected(token, context);
  return file.located(() => unquoteGo(token.text));
}

const isListEnd = (node: ActionNode | ListEnd): node is ListEnd => node.kind === 'end' || node.kind === 'else';

const LITERALS: ReadonlySet<string> = new Set<OperandNode['kind']>(['bool', 'dot', 'nil', 'number', 'string']);

const STARTS_COMMAND: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'bool',
  'character-constant',
  'complex',
  '.',
  'field',
  'identifier',
  'number',
  'nil',
  'raw-string',
  'string',
  'variable',
  'left-paren',
]);

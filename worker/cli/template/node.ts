/** The parse tree of a template. Every node knows where it starts, for error messages. */
import { quoteGo } from '../format/go-quote.ts';
import type { NumberLiteral } from './number-literal.ts';

interface At {
  /** In UTF-16 units of the whole template. */
  readonly position: number;
}

interface FieldNode extends At {
  readonly kind: 'field';
  /** `.A.B`: its names, without dots. */
  readonly names: readonly string[];
}

export interface VariableNode extends At {
  readonly kind: 'variable';
  /** `$x.A`: the name with its dollar, then the fields. */
  readonly names: readonly string[];
}

export interface ChainNode extends At {
  readonly kind: 'chain';
  readonly operand: OperandNode;
  readonly names: readonly string[];
}

export interface IdentifierNode extends At {
  readonly kind: 'identifier';
  readonly name: string;
}

export interface NumberNode extends At {
  readonly kind: 'number';
  readonly text: string;
  readonly literal: NumberLiteral;
}

export type OperandNode =
  | (At & { readonly kind: 'bool'; readonly value: boolean })
  | (At & { readonly kind: 'dot' })
  | (At & { readonly kind: 'nil' })
  | (At & { readonly kind: 'string'; readonly quoted: string; readonly value: string })
  | NumberNode
  | FieldNode
  | VariableNode
  | ChainNode
  | IdentifierNode
  | PipeNode;

export interface CommandNode extends At {
  readonly kind: 'command';
  /** At least one; the first is what is done, the rest are its arguments. */
  readonly operands: readonly OperandNode[];
}

export interface PipeNode extends At {
  readonly kind: 'pipe';
  readonly declarations: readonly VariableNode[];
  /** The variables exist and are set (`=`), instead of declared (`:=`). */
  readonly assigns: boolean;
  readonly commands: readonly CommandNode[];
}

export interface BranchNode extends At {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: PipeNode;
  readonly body: ListNode;
  readonly otherwise: ListNode | undefined;
}

export interface TemplateCallNode extends At {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

export interface ListNode extends At {
  readonly kind: 'list';
  readonly nodes: readonly ActionNode[];
}

/** What stands in a list: text, or something between delimiters. */
export type ActionNode =
  | (At & { readonly kind: 'text'; readonly text: string })
  | (At & { readonly kind: 'action'; readonly pipe: PipeNode })
  | (At & { readonly kind: 'break' | 'continue' })
  | BranchNode
  | TemplateCallNode;

export type Node = OperandNode | CommandNode | ListNode | ActionNode;

/** The node as Go writes it back; `text` says how plain text is shown. */
export function nodeText(node: Node, text: (text: string) => string = (plain) => plain): string {
  switch (node.kind) {
    case 'bool':
      return String(node.value);
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'string':
      return node.quoted;
    case 'number':
      return node.text;
    case 'identifier':
      return node.name;
    case 'field':
      return node.names.map((name) => `.${name}`).join('');
    case 'variable':
      return node.names.join('.');
    case 'chain':
      return `${operandText(node.operand)}${node.names.map((name) => `.${name}`).join('')}`;
    case 'command':
      return node.operands.map(operandText).join(' ');
    case 'pipe':
      return pipeText(node);
    case 'text':
      return text(node.text);
    case 'action':
      return `{{${nodeText(node.pipe)}}}`;
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'template':
      return `{{template ${quoteGo(node.name)}${node.pipe === undefined ? '' : ` ${nodeText(node.pipe)}`}}}`;
    case 'list':
      return node.nodes.map((inner) => nodeText(inner, text)).join('');
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.otherwise === undefined ? '' : `{{else}}${nodeText(node.otherwise, text)}`;
      return `{{${node.kind} ${nodeText(node.pipe)}}}${nodeText(node.body, text)}${otherwise}{{end}}`;
    }
  }
}

function operandText(node: OperandNode): string {
  return node.kind === 'pipe' ? `(${nodeText(node)})` : nodeText(node);
}

function pipeText(pipe: PipeNode): string {
  const declared = pipe.declarations.map((variable) => nodeText(variable)).join(', ');
  const commands = pipe.commands.map((command) => nodeText(command)).join(' | ');
  return declared === '' ? commands : `${declared} ${pipe.assigns ? '=' : ':='} ${commands}`;
}

/** True for a list that says nothing: blanks only. Such a definition never replaces another. */
export function isEmptyList(list: ListNode): boolean {
  return list.nodes.every((node) => node.kind === 'text' && node.text.trim() === '');
}

/**
 * Evaluates pipelines, commands and operands (the "eval" half of text/template's exec.go, Go 1.24). The order in which
 * nodes are marked follows Go's, as error messages show it.
 */
import { isEngineError } from '../../base/errors.ts';
import { quoteGo } from '../format/go-quote.ts';
import type { Execution } from './execution.ts';
import { assignable, canBeNil, type GoType } from './go-type.ts';
import {
  dereference,
  goBool,
  goFloat,
  goInt,
  goString,
  isTrue,
  withoutInterface,
  zeroValue,
  type GoFunction,
  type GoValue,
  type ParameterType,
} from './go-value.ts';
import { fieldOf } from './field.ts';
import {
  nodeText,
  type ChainNode,
  type CommandNode,
  type IdentifierNode,
  type Node,
  type NumberNode,
  type OperandNode,
  type PipeNode,
  type VariableNode,
} from './node.ts';

type Value = GoValue | undefined;

/** The value handed on by the command before, as the last argument; undefined for the first command. */
type Final = { readonly value: Value } | undefined;

/** A function's argument nodes, without the function itself. */
type Arguments = readonly OperandNode[];

/** Evaluates in one template: its variables are a stack, as inner blocks hide outer ones. */
export class Evaluator {
  readonly #execution: Execution;
  readonly #variables: { readonly name: string; value: Value }[];

  constructor(execution: Execution, dollar: Value) {
    this.#execution = execution;
    this.#variables = [{ name: '$', value: dollar }];
  }

  /** How many variables there are, to go back to with `forget`. */
  get declared(): number {
    return this.#variables.length;
  }

  /** Drops the variables declared since there were `declared`. */
  forget(declared: number): void {
    this.#variables.length = declared;
  }

  /** Sets the variable declared last under this name. */
  assign(name: string, value: Value): void {
    this.#variable(name).value = value;
  }

  #variable(name: string): { value: Value } {
    const variable = this.#variables.findLast((known) => known.name === name);
    if (variable === undefined) throw this.#execution.failure(`undefined variable: ${name}`);
    return variable;
  }

  /** The pipeline's value, with the variables it declares declared. */
  pipeline(dot: Value, pipe: PipeNode | undefined): Value {
    if (pipe === undefined) return undefined;
    this.#execution.at(pipe);
    let final: Final;
    for (const command of pipe.commands) final = { value: withoutInterface(this.#command(dot, command, final)) };
    for (const { names } of pipe.declarations) {
      const [name = ''] = names;
      if (pipe.assigns) this.assign(name, final?.value);
      else this.#variables.push({ name, value: final?.value });
    }
    return final?.value;
  }

  #command(dot: Value, command: CommandNode, final: Final): Value {
    const [first, ...rest] = command.operands;
    if (first === undefined) throw this.#execution.failure('empty command');
    switch (first.kind) {
      case 'field':
        this.#execution.at(first);
        return this.#fields(dot, dot, first, first.names, rest, final);
      case 'chain':
        return this.#chain(dot, first, rest, final);
      case 'identifier':
        return this.#function(dot, first, command, rest, final);
      case 'variable':
        return this.#variableFields(dot, first, rest, final);
      case 'pipe':
        this.#refuseArguments(first, rest, final);
        return this.pipeline(dot, first);
      default:
        this.#execution.at(first);
        this.#refuseArguments(first, rest, final);
        return this.#literal(dot, first);
    }
  }

  #refuseArguments(first: OperandNode, rest: Arguments, final: Final): void {
    if (rest.length === 0 && final === undefined) return;
    throw this.#execution.failure(`can't give argument to non-function ${nodeText(first)}`);
  }

  #literal(dot: Value, node: Extract<OperandNode, { kind: 'bool' | 'dot' | 'nil' | 'number' | 'string' }>): Value {
    switch (node.kind) {
      case 'bool':
        return goBool(node.value);
      case 'dot':
        return dot;
      case 'nil':
        throw this.#execution.failure('nil is not a command');
      case 'number':
        return this.#number(node);
      case 'string':
        return goString(node.value);
    }
  }

  /** A number where no type is asked for: how it is written tells whether it is a float. */
  #number(node: NumberNode): Value {
    this.#execution.at(node);
    const { int, float, complex } = node.literal;
    if (complex) throw this.#execution.failure(`complex numbers are not supported: ${node.text}`);
    const hex = /^0[xX](?!.*[pP])/.test(node.text);
    if (float !== undefined && !hex && !node.text.startsWith("'") && /[.eEpP]/.test(node.text)) return goFloat(float);
    if (int === undefined) throw this.#execution.failure(`${node.text} overflows int`);
    return goInt(int);
  }

  #chain(dot: Value, chain: ChainNode, rest: Arguments, final: Final): Value {
    this.#execution.at(chain);
    if (chain.operand.kind === 'nil') {
      throw this.#execution.failure(`indirection through explicit nil in ${nodeText(chain)}`);
    }
    const receiver = this.#argument(dot, 'reflect', chain.operand);
    return this.#fields(dot, receiver, chain, chain.names, rest, final);
  }

  #variableFields(dot: Value, node: VariableNode, rest: Arguments, final: Final): Value {
    this.#execution.at(node);
    const [name = '', ...fields] = node.names;
    const { value } = this.#variable(name);
    if (fields.length > 0) return this.#fields(dot, value, node, fields, rest, final);
    this.#refuseArguments(node, rest, final);
    return value;
  }

  /** Walks `.A.B.C`; only the last name may be a method that takes arguments. */
  #fields(dot: Value, from: Value, node: Node, names: readonly string[], rest: Arguments, final: Final): Value {
    return names.reduce<Value>((receiver, name, i) => {
      const last = i === names.length - 1;
      return this.#field(dot, receiver, node, name, last ? rest : [], last ? final : undefined);
    }, from);
  }

  #field(dot: Value, receiver: Value, node: Node, name: string, rest: Arguments, final: Final): Value {
    const method = methodOf(receiver, name);
    if (method !== undefined) return this.#call(dot, method, node, name, rest, final);
    return fieldOf(this.#execution, receiver, name, rest.length > 0 || final !== undefined);
  }

  #function(dot: Value, node: IdentifierNode, place: Node, rest: Arguments, final: Final): Value {
    this.#execution.at(node);
    const called = this.#execution.template.functions.get(node.name);
    if (called === undefined) throw this.#execution.failure(`${quoteGo(node.name)} is not a defined function`);
    return this.#call(dot, called, place, node.name, rest, final);
  }

  #call(dot: Value, called: GoFunction, place: Node, name: string, rest: Arguments, final: Final): Value {
    const { parameters, variadic = false } = called;
    const given = rest.length + (final === undefined ? 0 : 1);
    const fixed = variadic ? parameters.length - 1 : parameters.length;
    if (variadic ? given < fixed : given !== fixed) {
      const wanted = variadic
        ? `at least ${String(fixed)} got ${String(rest.length)}`
        : `${String(fixed)} got ${String(given)}`;
      throw this.#execution.failure(`wrong number of args for ${name}: want ${wanted}`);
    }
    const parameterAt = (i: number): ParameterType => parameters[Math.min(i, parameters.length - 1)] ?? 'reflect';
    if (name === 'and' || name === 'or') return this.#shortCircuit(dot, name, rest, final);
    const values = rest.map((node, i) => this.#argument(dot, parameterAt(i), node));
    if (final !== undefined) values.push(this.#converted(final.value, parameterAt(rest.length)));
    try {
      // `call` has no function values to call; its message tells what it was given instead
      if (name === 'call') return called.call(goString(rest[0] === undefined ? '' : nodeText(rest[0])), ...values);
      return called.call(...values);
    } catch (error) {
      if (!isEngineError(error, 'invalid-argument')) throw error;
      this.#execution.at(place);
      throw this.#execution.failure(`error calling ${name}: ${error.message}`);
    }
  }

  /** The first argument that decides, without evaluating those after it, or else the last. */
  #shortCircuit(dot: Value, name: 'and' | 'or', rest: Arguments, final: Final): Value {
    let value: Value;
    for (const node of rest) {
      value = this.#argument(dot, 'reflect', node);
      if (isTrue(withoutInterface(value)) === (name === 'or')) return value;
    }
    return final === undefined ? value : final.value;
  }

  /** An argument for a parameter of the given type. */
  #argument(dot: Value, type: ParameterType, node: OperandNode): Value {
    this.#execution.at(node);
    switch (node.kind) {
      case 'dot':
        return this.#converted(dot, type);
      case 'nil':
        if (type === 'reflect') return undefined;
        if (canBeNil(type)) return zeroValue(type);
        throw this.#execution.failure(`cannot assign nil to ${type.name}`);
      case 'field':
        return this.#converted(this.#fields(dot, dot, node, node.names, [], undefined), type);
      case 'variable':
        return this.#converted(this.#variableFields(dot, node, [], undefined), type);
      case 'pipe':
        return this.#converted(this.pipeline(dot, node), type);
      case 'identifier':
        return this.#converted(this.#function(dot, node, node, [], undefined), type);
      case 'chain':
        return this.#converted(this.#chain(dot, node, [], undefined), type);
      default:
        return this.#constant(dot, type, node);
    }
  }

  /** A literal as the parameter's type asks for it. */
  #constant(
    dot: Value,
    type: ParameterType,
    node: Extract<OperandNode, { kind: 'bool' | 'number' | 'string' }>,
  ): Value {
    if (type === 'reflect' || type.kind === 'interface') return this.#literal(dot, node);
    const { int, uint, float } = node.kind === 'number' ? node.literal : {};
    switch (type.kind) {
      case 'bool':
        if (node.kind === 'bool') return { kind: 'bool', type, value: node.value };
        throw this.#execution.failure(`expected bool; found ${nodeText(node)}`);
      case 'string':
        if (node.kind === 'string') return goString(node.value, type);
        throw this.#execution.failure(`expected string; found ${nodeText(node)}`);
      case 'int':
        if (int !== undefined) return goInt(int, type);
        throw this.#execution.failure(`expected integer; found ${nodeText(node)}`);
      case 'uint':
        if (uint !== undefined) return { kind: 'uint', type, value: uint };
        throw this.#execution.failure(`expected unsigned integer; found ${nodeText(node)}`);
      case 'float':
        if (float !== undefined) return { kind: 'float', type, value: float };
        throw this.#execution.failure(`expected float; found ${nodeText(node)}`);
      default:
        throw this.#execution.failure(`can't handle ${nodeText(node)} for arg of type ${type.name}`);
    }
  }

  /** The value as a parameter of the type takes it: as it is, out of its interface, or behind one pointer. */
  #converted(value: Value, type: ParameterType): Value {
    if (type === 'reflect') return value;
    if (type.kind === 'interface') return withoutInterface(value);
    if (value === undefined) {
      if (canBeNil(type)) return zeroValue(type);
      throw this.#execution.failure(`invalid value; expected ${type.name}`);
    }
    const inner = value.kind === 'interface' && value.value !== undefined ? value.value : value;
    if (assignable(inner.type, type)) return inner;
    if (inner.kind === 'pointer' && assignable(inner.type.element, type)) return this.#pointedAt(inner.target, type);
    throw this.#execution.failure(`wrong type for value; expected ${type.name}; got ${inner.type.name}`);
  }

  #pointedAt(target: Value, type: GoType): Value {
    if (target === undefined) throw this.#execution.failure(`dereference of nil pointer of type ${type.name}`);
    return target;
  }
}

function methodOf(receiver: Value, name: string): GoFunction | undefined {
  const { value } = dereference(receiver);
  return value?.kind === 'struct' || value?.kind === 'map' ? value.methods?.get(name) : undefined;
}

/** Compiles expressions: each leaves its value on the stack. */
import type {
  CallExpression,
  Comprehension,
  Expression,
  FormattedValue,
  JoinedText,
  Subscript,
} from '../syntax/ast.ts';
import { Tuple } from '../objects/containers.ts';
import * as control from '../machine/instructions/control.ts';
import * as functions from '../machine/instructions/functions.ts';
import * as iteration from '../machine/instructions/iteration.ts';
import * as names from '../machine/instructions/names.ts';
import * as operations from '../machine/instructions/operations.ts';
import { SyntaxProblem } from '../syntax/syntax-problem.ts';
import type { CodeSpan } from './code.ts';
import { compileComprehension, compileLambda } from './definitions.ts';
import type { Label, Unit } from './unit.ts';

export function compileExpression(unit: Unit, expression: Expression): void {
  const before = unit.span;
  unit.at(expression.at);
  compileKind(unit, expression);
  unit.at(before);
}

function compileKind(unit: Unit, expression: Expression): void {
  switch (expression.kind) {
    case 'constant':
      unit.emit(names.loadConstant, unit.constant(expression.value));
      return;
    case 'joined':
      compileJoined(unit, expression);
      return;
    case 'name':
      loadVariable(unit, expression.name);
      return;
    case 'tuple':
    case 'list':
    case 'set':
      compileItems(unit, expression.kind, expression.items);
      return;
    case 'dict':
      compileDict(unit, expression.entries);
      return;
    case 'unary':
      compileExpression(unit, expression.operand);
      if (expression.operator === 'not') unit.emit(operations.not);
      else unit.emit(operations.unary, ['-', '+', '~'].indexOf(expression.operator));
      return;
    case 'binary':
      compileExpression(unit, expression.left);
      compileExpression(unit, expression.right);
      unit.emitAt(
        withAnchor(
          expression.at,
          expression.left.at.endLine === expression.at.line ? expression.left.at.endColumn : undefined,
          expression.right.at.column,
        ),
        operations.binary,
        operations.BINARY_OPERATORS.indexOf(expression.operator),
      );
      return;
    case 'logical': {
      const end = unit.label();
      expression.values.forEach((value, index) => {
        compileExpression(unit, value);
        if (index < expression.values.length - 1)
          unit.jump(expression.operator === 'and' ? control.jumpIfFalseOrPop : control.jumpIfTrueOrPop, end);
      });
      unit.place(end);
      return;
    }
    case 'comparison':
      compileComparison(unit, expression.left, expression.rest);
      return;
    case 'call':
      compileCall(unit, expression);
      return;
    case 'attribute':
      compileExpression(unit, expression.object);
      unit.emit(names.loadAttribute, unit.name(unit.mangled(expression.name)));
      return;
    case 'subscript':
      compileExpression(unit, expression.object);
      compileExpression(unit, expression.index);
      unit.emitAt(subscriptSpan(expression), names.loadItem);
      return;
    case 'slice':
      for (const part of [expression.start, expression.stop, expression.step]) {
        if (part === undefined) unit.emit(names.loadConstant, unit.constant(null));
        else compileExpression(unit, part);
      }
      unit.emit(operations.buildSlice);
      return;
    case 'starred':
      throw new SyntaxProblem("can't use starred expression here", expression.at);
    case 'conditional': {
      const otherwise = unit.label();
      const end = unit.label();
      compileCondition(unit, expression.test, false, otherwise);
      compileExpression(unit, expression.then);
      unit.jump(control.jump, end);
      unit.place(otherwise);
      compileExpression(unit, expression.otherwise);
      unit.place(end);
      return;
    }
    case 'lambda':
      compileLambda(unit, expression);
      return;
    case 'comprehension':
      compileComprehension(unit, expression satisfies Comprehension);
      return;
    case 'yield':
      if (expression.value === undefined) unit.emit(names.loadConstant, unit.constant(null));
      else compileExpression(unit, expression.value);
      unit.emit(iteration.yieldValue);
      return;
    case 'yield from':
    case 'await':
      compileExpression(unit, expression.value);
      if (expression.kind === 'await') unit.emit(iteration.getAwaitable);
      else unit.emit(iteration.getIterator);
      compileDelegation(unit);
      return;
    case 'walrus':
      compileExpression(unit, expression.value);
      unit.emit(control.duplicate);
      storeVariable(unit, expression.name);
      return;
  }
}

/** Hands on what the iterator on the stack yields, until its result takes its place. */
export function compileDelegation(unit: Unit): void {
  const again = unit.label();
  const end = unit.label();
  unit.emit(names.loadConstant, unit.constant(null));
  unit.place(again);
  unit.jump(iteration.delegation, end);
  unit.emit(iteration.yieldValue);
  unit.jump(control.jump, again);
  unit.place(end);
}

function withAnchor(span: CodeSpan, start: number | undefined, end: number): CodeSpan {
  return start === undefined || span.line !== span.endLine ? span : { ...span, anchor: { start, end } };
}

function subscriptSpan({ at, object }: Subscript): CodeSpan {
  return withAnchor(at, object.at.endLine === at.line ? object.at.endColumn : undefined, at.endColumn);
}

export function loadVariable(unit: Unit, name: string): void {
  const { kind, index } = unit.placeOf(name);
  switch (kind) {
    case 'local':
      unit.emit(names.loadLocal, index);
      return;
    case 'cell':
      unit.emit(names.loadCell, index);
      return;
    case 'class cell':
      unit.emit(names.loadClassCell, index);
      return;
    case 'global':
      unit.emit(names.loadGlobal, index);
      return;
    case 'namespace':
      unit.emit(names.loadName, index);
  }
}

export function storeVariable(unit: Unit, name: string): void {
  const { kind, index } = unit.placeOf(name);
  switch (kind) {
    case 'local':
      unit.emit(names.storeLocal, index);
      return;
    case 'cell':
      unit.emit(names.storeCell, index);
      return;
    case 'global':
      unit.emit(names.storeGlobal, index);
      return;
    case 'namespace':
    case 'class cell':
      unit.emit(names.storeName, kind === 'namespace' ? index : unit.name(name));
  }
}

export function deleteVariable(unit: Unit, name: string): void {
  const { kind, index } = unit.placeOf(name);
  switch (kind) {
    case 'local':
      unit.emit(names.deleteLocal, index);
      return;
    case 'cell':
    case 'class cell':
      unit.emit(names.deleteCell, index);
      return;
    case 'global':
      unit.emit(names.deleteGlobal, index);
      return;
    case 'namespace':
      unit.emit(names.deleteName, index);
  }
}

function compileJoined(unit: Unit, joined: JoinedText): void {
  for (const part of joined.parts) {
    if (typeof part === 'string') unit.emit(names.loadConstant, unit.constant(part));
    else compileField(unit, part);
  }
  unit.emit(operations.joinTexts, joined.parts.length);
}

function compileField(unit: Unit, field: FormattedValue): void {
  compileExpression(unit, field.value);
  if (field.format !== undefined) compileJoined(unit, field.format);
  const conversion = field.conversion === undefined ? 0 : ['s', 'r', 'a'].indexOf(field.conversion) + 1;
  unit.emit(operations.formatField, conversion | (field.format === undefined ? 0 : 4));
}

function compileItems(unit: Unit, kind: 'tuple' | 'list' | 'set', items: readonly Expression[]): void {
  const build = { tuple: operations.buildTuple, list: operations.buildList, set: operations.buildSet }[kind];
  if (!items.some((item) => item.kind === 'starred')) {
    for (const item of items) compileExpression(unit, item);
    unit.emit(build, items.length);
    return;
  }
  unit.emit(kind === 'set' ? operations.buildSet : operations.buildList, 0);
  for (const item of items) {
    if (item.kind === 'starred') {
      compileExpression(unit, item.value);
      unit.emit(operations.extend);
    } else {
      compileExpression(unit, item);
      unit.emit(operations.append, 1);
    }
  }
  if (kind === 'tuple') unit.emit(operations.listToTuple);
}

function compileDict(
  unit: Unit,
  entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[],
): void {
  const isPlain = entries.every(({ key }) => key !== undefined);
  if (!isPlain) unit.emit(operations.buildDict, 0);
  for (const { key, value } of entries) {
    if (key === undefined) {
      compileExpression(unit, value);
      unit.emit(operations.update);
    } else {
      compileExpression(unit, key);
      compileExpression(unit, value);
      if (!isPlain) unit.emit(operations.addEntry, 1);
    }
  }
  if (isPlain) unit.emit(operations.buildDict, entries.length);
}

function compileComparison(
  unit: Unit,
  left: Expression,
  rest: readonly { readonly operator: (typeof operations.COMPARISONS)[number]; readonly right: Expression }[],
): void {
  compileExpression(unit, left);
  const end = unit.label();
  const isChain = rest.length > 1;
  rest.forEach(({ operator, right }, index) => {
    compileExpression(unit, right);
    const isLast = index === rest.length - 1;
    if (!isLast) {
      unit.emit(control.duplicate);
      unit.emit(control.rotateThree);
    }
    unit.emit(operations.compare, operations.COMPARISONS.indexOf(operator));
    if (!isLast) unit.jump(control.jumpIfFalseOrPop, end);
  });
  if (!isChain) return;
  // a chain that ended early leaves the value it would have gone on with below its result
  const done = unit.label();
  unit.jump(control.jump, done);
  unit.place(end);
  unit.emit(control.swap);
  unit.emit(control.pop);
  unit.place(done);
}

/** Jumps where an expression is (not) true. */
export function compileCondition(unit: Unit, test: Expression, jumpsIf: boolean, label: Label): void {
  if (test.kind === 'unary' && test.operator === 'not') {
    compileCondition(unit, test.operand, !jumpsIf, label);
    return;
  }
  if (test.kind === 'logical') {
    const isShort = (test.operator === 'or') === jumpsIf;
    const end = unit.label();
    test.values.forEach((value, index) => {
      if (isShort || index === test.values.length - 1) compileCondition(unit, value, jumpsIf, label);
      else compileCondition(unit, value, !jumpsIf, end);
    });
    unit.place(end);
    return;
  }
  compileExpression(unit, test);
  unit.jump(jumpsIf ? control.jumpIfTrue : control.jumpIfFalse, label);
}

function compileCall(unit: Unit, expression: CallExpression): void {
  const { callee, positional, keywords } = expression;
  const isUnpacked =
    positional.some((one) => one.kind === 'starred') || keywords.some(({ name }) => name === undefined);
  if (callee.kind === 'attribute' && keywords.length === 0 && !isUnpacked) {
    compileExpression(unit, callee.object);
    unit.emitAt(callee.at, names.loadMethod, unit.name(unit.mangled(callee.name)));
    for (const one of positional) compileExpression(unit, one);
    unit.emit(functions.callMethod, positional.length);
    return;
  }
  compileExpression(unit, callee);
  if (isUnpacked) {
    compileArguments(unit, positional, keywords);
    unit.emit(functions.callUnpacked);
    return;
  }
  for (const one of positional) compileExpression(unit, one);
  if (keywords.length === 0) {
    unit.emit(functions.callFunction, positional.length);
    return;
  }
  for (const { value } of keywords) compileExpression(unit, value);
  unit.emit(names.loadConstant, unit.constant(new Tuple(keywords.map(({ name }) => name ?? ''))));
  unit.emit(functions.callWithNames, positional.length + keywords.length);
}

/** Leaves a list of the positional arguments and a dict of the named ones. */
export function compileArguments(
  unit: Unit,
  positional: readonly Expression[],
  keywords: CallExpression['keywords'],
): void {
  unit.emit(operations.buildList, 0);
  for (const one of positional) {
    if (one.kind === 'starred') {
      compileExpression(unit, one.value);
      unit.emit(functions.extendArguments);
    } else {
      compileExpression(unit, one);
      unit.emit(operations.append, 1);
    }
  }
  unit.emit(operations.buildDict, 0);
  for (const { name, value } of keywords) {
    if (name !== undefined) unit.emit(names.loadConstant, unit.constant(name));
    compileExpression(unit, value);
    if (name === undefined) unit.emit(operations.update);
    else unit.emit(operations.addEntry, 1);
  }
}

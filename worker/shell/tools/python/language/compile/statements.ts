/** Compiles statements. */
import type { ExceptHandler, Expression, Statement, WithItem } from '../syntax/ast.ts';
import { SyntaxProblem } from '../syntax/syntax-problem.ts';
import * as control from '../machine/instructions/control.ts';
import * as functions from '../machine/instructions/functions.ts';
import * as iteration from '../machine/instructions/iteration.ts';
import * as names from '../machine/instructions/names.ts';
import * as operations from '../machine/instructions/operations.ts';
import { compileClass, compileFunction } from './definitions.ts';
import {
  compileCondition,
  compileDelegation,
  compileExpression,
  deleteVariable,
  storeVariable,
} from './expressions.ts';
import { compileImport } from './imports.ts';
import { compileMatch } from './matching.ts';
import { compileDeletion, compileTarget } from './targets.ts';
import type { Enclosing, Unit } from './unit.ts';

export function compileStatements(unit: Unit, statements: readonly Statement[]): void {
  for (const statement of statements) {
    unit.at(statement.at);
    compileStatement(unit, statement);
  }
}

type Of<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>;

function compileStatement(unit: Unit, statement: Statement): void {
  switch (statement.kind) {
    case 'expression':
      if (statement.value.kind === 'constant') return;
      compileExpression(unit, statement.value);
      unit.emit(control.pop);
      return;
    case 'assign':
      compileExpression(unit, statement.value);
      statement.targets.forEach((target, index) => {
        if (index < statement.targets.length - 1) unit.emit(control.duplicate);
        compileTarget(unit, target);
      });
      return;
    case 'augmented':
      compileAugmented(unit, statement);
      return;
    case 'annotated':
      compileAnnotated(unit, statement);
      return;
    case 'return':
      compileReturn(unit, statement.value);
      return;
    case 'delete':
      for (const target of statement.targets) compileDeletion(unit, target);
      return;
    case 'raise':
      if (statement.value !== undefined) compileExpression(unit, statement.value);
      if (statement.cause !== undefined) compileExpression(unit, statement.cause);
      unit.emit(control.raise, statement.value === undefined ? 0 : statement.cause === undefined ? 1 : 2);
      return;
    case 'global':
    case 'nonlocal':
    case 'pass':
      return;
    case 'break':
    case 'continue':
      compileLoopExit(unit, statement);
      return;
    case 'if':
      compileIf(unit, statement);
      return;
    case 'while':
      compileWhile(unit, statement);
      return;
    case 'for':
      compileFor(unit, statement);
      return;
    case 'try':
      compileTry(unit, statement);
      return;
    case 'with':
      compileWith(unit, statement.items, statement);
      return;
    case 'function':
      compileFunction(unit, statement);
      return;
    case 'class':
      compileClass(unit, statement);
      return;
    case 'import':
    case 'import from':
      compileImport(unit, statement);
      return;
    case 'assert': {
      const end = unit.label();
      compileCondition(unit, statement.test, true, end);
      if (statement.message !== undefined) compileExpression(unit, statement.message);
      unit.at(statement.test.at);
      unit.emit(control.failAssertion, statement.message === undefined ? 0 : 1);
      unit.place(end);
      return;
    }
    case 'match':
      compileMatch(unit, statement, compileStatements);
  }
}

function compileAugmented(unit: Unit, { target, operator, value, at }: Of<'augmented'>): void {
  const operate = (): void => {
    compileExpression(unit, value);
    const start = target.at.endLine === at.line ? target.at.endColumn : undefined;
    const isOneLine = start !== undefined && at.line === at.endLine;
    unit.emitAt(
      isOneLine ? { ...at, anchor: { start, end: value.at.column } } : at,
      operations.inPlace,
      operations.BINARY_OPERATORS.indexOf(operator),
    );
  };
  switch (target.kind) {
    case 'attribute':
      compileExpression(unit, target.object);
      unit.emit(control.duplicate);
      unit.emit(names.loadAttribute, unit.name(unit.mangled(target.name)));
      operate();
      unit.emit(control.swap);
      unit.emit(names.storeAttributeOf, unit.name(unit.mangled(target.name)));
      unit.emit(control.pop);
      return;
    case 'subscript':
      compileExpression(unit, target.object);
      compileExpression(unit, target.index);
      unit.emit(control.duplicateTwo);
      unit.emitAt(target.at, names.loadItem);
      operate();
      unit.emit(control.rotateThree);
      unit.emitAt(target.at, names.storeItem);
      unit.emit(control.pop);
      return;
    default:
      compileExpression(unit, target);
      operate();
      compileTarget(unit, target);
  }
}

function compileAnnotated(unit: Unit, { target, annotation, value }: Of<'annotated'>): void {
  if (value !== undefined) {
    compileExpression(unit, value);
    compileTarget(unit, target);
  }
  if (unit.scope.kind === 'function' || target.kind !== 'name') return;
  // classes keep what is annotated, for dataclasses and the like
  unit.emit(functions.loadAnnotations);
  unit.emit(names.loadConstant, unit.constant(target.name));
  compileExpression(unit, annotation);
  unit.emit(operations.addEntry, 1);
  unit.emit(control.pop);
}

/** Undoes what control leaves on its way out, from the innermost on. */
function compileUnwinding(unit: Unit, until: (one: Enclosing) => boolean): void {
  const { enclosing } = unit;
  for (let depth = enclosing.length - 1; depth >= 0; depth--) {
    const one = enclosing[depth]!;
    if (until(one)) break;
    unit.enclosing = enclosing.slice(0, depth);
    switch (one.kind) {
      case 'try':
        unit.emit(control.popBlock);
        break;
      case 'finally':
        unit.emit(control.popBlock);
        compileStatements(unit, one.body);
        break;
      case 'with':
        unit.emit(control.popBlock);
        unit.emit(control.exitContext);
        unit.emit(control.pop);
        break;
      case 'handler':
        unit.emit(control.popException);
        if (one.name !== undefined) clearName(unit, one.name);
        break;
      case 'loop':
        break;
    }
  }
  unit.enclosing = enclosing;
}

function compileReturn(unit: Unit, value: Expression | undefined): void {
  const { span } = unit;
  if (value === undefined) unit.emit(names.loadConstant, unit.constant(null));
  else compileExpression(unit, value);
  compileUnwinding(unit, () => false);
  unit.at(span);
  unit.emit(iteration.returnValue);
}

function compileLoopExit(unit: Unit, statement: Of<'break' | 'continue' | 'pass'>): void {
  const loop = unit.enclosing.findLast((one) => one.kind === 'loop');
  if (loop === undefined) {
    const message = statement.kind === 'break' ? "'break' outside loop" : "'continue' not properly in loop";
    throw new SyntaxProblem(message, statement.at);
  }
  compileUnwinding(unit, (one) => one === loop);
  if (statement.kind === 'continue') {
    unit.jump(control.jumpBack, loop.again);
    return;
  }
  if (loop.hasIterator) unit.emit(control.pop);
  unit.jump(control.jump, loop.end);
}

/** Compiles a block that something must be undone after. */
function within(unit: Unit, enclosing: Enclosing, compile: () => void): void {
  const before = unit.enclosing;
  unit.enclosing = [...before, enclosing];
  compile();
  unit.enclosing = before;
}

function compileIf(unit: Unit, { test, body, otherwise }: Of<'if'>): void {
  const onFalse = unit.label();
  compileCondition(unit, test, false, onFalse);
  compileStatements(unit, body);
  if (otherwise.length === 0) {
    unit.place(onFalse);
    return;
  }
  const end = unit.label();
  unit.jump(control.jump, end);
  unit.place(onFalse);
  compileStatements(unit, otherwise);
  unit.place(end);
}

function compileWhile(unit: Unit, { test, body, otherwise }: Of<'while'>): void {
  const again = unit.label();
  const over = unit.label();
  const end = unit.label();
  unit.place(again);
  const isEndless = test.kind === 'constant' && (test.value === true || test.value === 1);
  if (!isEndless) compileCondition(unit, test, false, over);
  within(unit, { kind: 'loop', again, end, hasIterator: false }, () => compileStatements(unit, body));
  unit.jump(control.jumpBack, again);
  unit.place(over);
  compileStatements(unit, otherwise);
  unit.place(end);
}

function compileFor(unit: Unit, { target, source, body, otherwise }: Of<'for'>): void {
  const again = unit.label();
  const over = unit.label();
  const end = unit.label();
  compileExpression(unit, source);
  unit.emit(iteration.getIterator);
  unit.at(source.at);
  unit.place(again);
  unit.jump(iteration.forIteration, over);
  compileTarget(unit, target);
  within(unit, { kind: 'loop', again, end, hasIterator: true }, () => compileStatements(unit, body));
  unit.at(source.at);
  unit.jump(control.jumpBack, again);
  unit.place(over);
  compileStatements(unit, otherwise);
  unit.place(end);
}

function compileTry(unit: Unit, statement: Of<'try'>): void {
  const { final } = statement;
  if (final.length === 0) {
    compileHandlers(unit, statement);
    return;
  }
  const onError = unit.label();
  const end = unit.label();
  unit.jump(control.setupTry, onError);
  within(unit, { kind: 'finally', body: final }, () => {
    if (statement.handlers.length === 0) compileStatements(unit, statement.body);
    else compileHandlers(unit, statement);
  });
  unit.emit(control.popBlock);
  compileStatements(unit, final);
  unit.jump(control.jump, end);
  unit.place(onError);
  within(unit, { kind: 'handler', name: undefined }, () => compileStatements(unit, final));
  unit.emit(control.reraise);
  unit.place(end);
}

function compileHandlers(unit: Unit, { body, handlers, otherwise }: Of<'try'>): void {
  const onError = unit.label();
  const end = unit.label();
  unit.jump(control.setupTry, onError);
  within(unit, { kind: 'try' }, () => compileStatements(unit, body));
  unit.emit(control.popBlock);
  compileStatements(unit, otherwise);
  unit.jump(control.jump, end);
  unit.place(onError);
  for (const handler of handlers) {
    const next = unit.label();
    if (handler.type !== undefined) {
      unit.at(handler.type.at);
      compileExpression(unit, handler.type);
      unit.jump(control.matchException, next);
    }
    compileHandler(unit, handler);
    unit.jump(control.jump, end);
    unit.place(next);
  }
  unit.emit(control.reraise);
  unit.place(end);
}

function compileHandler(unit: Unit, { name, body }: ExceptHandler): void {
  if (name === undefined) {
    within(unit, { kind: 'handler', name }, () => compileStatements(unit, body));
    unit.emit(control.popException);
    return;
  }
  const onError = unit.label();
  const end = unit.label();
  unit.emit(control.loadException);
  storeVariable(unit, name);
  unit.jump(control.setupTry, onError);
  const before = unit.enclosing;
  unit.enclosing = [...before, { kind: 'handler', name }, { kind: 'try' }];
  compileStatements(unit, body);
  unit.enclosing = before;
  unit.emit(control.popBlock);
  clearName(unit, name);
  unit.emit(control.popException);
  unit.jump(control.jump, end);
  unit.place(onError);
  clearName(unit, name);
  unit.emit(control.reraise);
  unit.place(end);
}

/** The name of a handled exception is gone behind its handler. */
function clearName(unit: Unit, name: string): void {
  unit.emit(names.loadConstant, unit.constant(null));
  storeVariable(unit, name);
  deleteVariable(unit, name);
}

function compileWith(unit: Unit, items: readonly WithItem[], statement: Of<'with'>): void {
  const [item, ...others] = items;
  if (item === undefined) {
    compileStatements(unit, statement.body);
    return;
  }
  const asynchronous = statement.isAsync ? 1 : 0;
  const onError = unit.label();
  const end = unit.label();
  const awaits = (): void => {
    if (!statement.isAsync) return;
    unit.emit(iteration.getAwaitable);
    compileDelegation(unit);
  };
  unit.at(item.context.at);
  compileExpression(unit, item.context);
  unit.emit(control.enterContext, asynchronous);
  awaits();
  unit.jump(control.setupWith, onError);
  within(unit, { kind: 'with' }, () => {
    if (item.target === undefined) unit.emit(control.pop);
    else compileTarget(unit, item.target);
    compileWith(unit, others, statement);
  });
  unit.at(item.context.at);
  unit.emit(control.popBlock);
  unit.emit(control.exitContext);
  awaits();
  unit.emit(control.pop);
  unit.jump(control.jump, end);
  unit.place(onError);
  unit.emit(control.exitWithException);
  awaits();
  const swallowed = unit.label();
  unit.jump(control.jumpIfTrue, swallowed);
  unit.emit(control.reraise);
  unit.place(swallowed);
  unit.emit(control.popException);
  unit.place(end);
}

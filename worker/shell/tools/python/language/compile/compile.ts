/** Compiles a program. */
import type { Expression, Statement } from '../syntax/ast.ts';
import { parseProgram, parseSingleExpression } from '../syntax/statements.ts';
import * as iteration from '../machine/instructions/iteration.ts';
import * as names from '../machine/instructions/names.ts';
import type { Code } from './code.ts';
import { documentation } from './definitions.ts';
import { compileExpression } from './expressions.ts';
import { analyseExpression, analyseScopes, type ScopeTable } from './scopes.ts';
import { compileStatements } from './statements.ts';
import { Unit } from './unit.ts';

const NONE = { names: [], positionalOnly: 0, positional: 0, keywordOnly: 0, rest: false, keywords: false };

function moduleUnit(scopes: ScopeTable, file: string, doc: string | undefined): Unit {
  const name = '<module>';
  const description = {
    name,
    qualifiedName: name,
    firstLine: 1,
    kind: 'module',
    parameters: NONE,
    isCoroutine: false,
    doc,
  } as const;
  return new Unit(scopes.module, scopes, file, description, undefined);
}

/** Code of a module. Throws `SyntaxProblem`. */
export function compileProgram(source: string, file: string): Code {
  return compileModule(parseProgram(source), file);
}

function compileModule(statements: readonly Statement[], file: string): Code {
  const unit = moduleUnit(analyseScopes(statements), file, documentation(statements));
  compileStatements(unit, statements);
  unit.emit(names.loadConstant, unit.constant(null));
  unit.emit(iteration.returnValue);
  return unit.finish();
}

/** Code that gives the value of an expression, for `eval`. */
export function compileSingleExpression(source: string, file: string): Code {
  const expression: Expression = parseSingleExpression(source);
  const unit = moduleUnit(analyseExpression(expression), file, undefined);
  unit.at(expression.at);
  compileExpression(unit, expression);
  unit.emit(iteration.returnValue);
  return unit.finish();
}

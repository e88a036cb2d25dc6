/** Going through a tree: the parts of an expression or statement in the order they are evaluated, and the same with others. */
import type { Expression, Statement, Target } from './ast.ts';

export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'element':
    case 'membership':
      return expression.index;
    case 'field':
      return [expression.index];
    case 'assign':
      return [...childrenOf(expression.target), expression.value];
    case 'increment':
      return childrenOf(expression.target);
    case 'unary':
      return [expression.operand];
    case 'arithmetic':
    case 'comparison':
    case 'concatenation':
    case 'logical':
      return [expression.left, expression.right];
    case 'match':
      return [expression.text, expression.pattern];
    case 'conditional':
      return [expression.test, expression.yes, expression.no];
    case 'group':
      return expression.items;
    case 'call':
    case 'builtin':
      return expression.args;
    case 'getline':
      return [
        ...(expression.source === undefined ? [] : [expression.source]),
        ...(expression.target === undefined ? [] : childrenOf(expression.target)),
      ];
    default:
      return [];
  }
}

/** The expression with `children`, as many as {@link childrenOf} gives, in their places. */
export function withChildren(expression: Expression, children: readonly Expression[]): Expression {
  const [first = expression, second = expression, third = expression] = children;
  switch (expression.kind) {
    case 'element':
    case 'field':
      return targetWithChildren(expression, children);
    case 'membership':
      return { ...expression, index: children };
    case 'assign':
      return {
        ...expression,
        target: targetWithChildren(expression.target, children.slice(0, -1)),
        value: children.at(-1) ?? first,
      };
    case 'increment':
      return { ...expression, target: targetWithChildren(expression.target, children) };
    case 'unary':
      return { ...expression, operand: first };
    case 'arithmetic':
    case 'comparison':
    case 'concatenation':
    case 'logical':
      return { ...expression, left: first, right: second };
    case 'match':
      return { ...expression, text: first, pattern: second };
    case 'conditional':
      return { ...expression, test: first, yes: second, no: third };
    case 'group':
      return { ...expression, items: children };
    case 'call':
    case 'builtin':
      return { ...expression, args: children };
    case 'getline': {
      const { from, source, target } = expression;
      const rest = source === undefined ? children : children.slice(1);
      return {
        kind: 'getline',
        from,
        ...(source && { source: first }),
        ...(target && { target: targetWithChildren(target, rest) }),
      };
    }
    default:
      return expression;
  }
}

export function targetWithChildren(target: Target, children: readonly Expression[]): Target {
  if (target.kind === 'element') return { ...target, index: children };
  const [index] = children;
  return target.kind === 'field' && index !== undefined ? { ...target, index } : target;
}

/** The expressions of a statement itself, without those of the statements inside. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'print':
    case 'printf':
      return [...statement.values, ...(statement.redirection === undefined ? [] : [statement.redirection.to])];
    case 'if':
      return [statement.test];
    case 'loop':
      return statement.test === undefined ? [] : [statement.test];
    case 'each':
      return [statement.target];
    case 'delete':
      return statement.index ?? [];
    case 'expression':
    case 'keep':
      return [statement.value];
    case 'exit':
    case 'return':
      return statement.value === undefined ? [] : [statement.value];
    default:
      return [];
  }
}

/** The statements directly inside a statement. */
export function statementsOf(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'block':
      return statement.statements;
    case 'if':
      return statement.no === undefined ? [statement.yes] : [statement.yes, statement.no];
    case 'loop':
      return [...statement.before, statement.body, ...(statement.step === undefined ? [] : [statement.step])];
    case 'each':
      return [statement.body];
    default:
      return [];
  }
}

/** Calls `onExpression` for every expression, and `onStatement` for every statement, at any depth. */
export function walk(
  statement: Statement,
  onExpression: (expression: Expression) => void,
  onStatement: (statement: Statement) => void = () => undefined,
): void {
  onStatement(statement);
  for (const expression of expressionsOf(statement)) walkExpression(expression, onExpression);
  for (const inner of statementsOf(statement)) walk(inner, onExpression, onStatement);
}

function walkExpression(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression);
  if (expression.kind === 'assign' || expression.kind === 'increment') visit(expression.target);
  if (expression.kind === 'getline' && expression.target !== undefined) visit(expression.target);
  for (const child of childrenOf(expression)) walkExpression(child, visit);
}

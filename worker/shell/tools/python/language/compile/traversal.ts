/** What is inside of what in the syntax tree, but for scopes of their own. */
import type { Expression, FormattedValue, JoinedText, Pattern, Span, Statement } from '../syntax/ast.ts';

function defined(...expressions: readonly (Expression | undefined)[]): Expression[] {
  return expressions.filter((one) => one !== undefined);
}

function fieldExpressions(parts: readonly (string | FormattedValue)[]): Expression[] {
  return parts.flatMap((part) =>
    typeof part === 'string' ? [] : [part.value, ...fieldExpressions(part.format?.parts ?? [])],
  );
}

/** The expressions right inside a statement or an expression. */
export function childExpressions(node: Statement | Expression): readonly Expression[] {
  switch (node.kind) {
    case 'expression':
    case 'starred':
    case 'walrus':
    case 'yield from':
    case 'await':
      return [node.value];
    case 'assign':
      return [node.value, ...node.targets];
    case 'augmented':
      return [node.value, node.target];
    case 'annotated':
      return defined(node.value, node.target, node.annotation);
    case 'return':
    case 'yield':
      return defined(node.value);
    case 'delete':
      return node.targets;
    case 'raise':
      return defined(node.value, node.cause);
    case 'if':
    case 'while':
      return [node.test];
    case 'for':
      return [node.source, node.target];
    case 'try':
      return node.handlers.flatMap(({ type }) => defined(type));
    case 'with':
      return node.items.flatMap(({ context, target }) => defined(context, target));
    case 'assert':
      return defined(node.test, node.message);
    case 'match':
      return [
        node.subject,
        ...node.cases.flatMap(({ pattern, guard }) => [...patternExpressions(pattern), ...defined(guard)]),
      ];
    case 'joined':
      return fieldExpressions((node satisfies JoinedText).parts);
    case 'tuple':
    case 'list':
    case 'set':
      return node.items;
    case 'dict':
      return node.entries.flatMap(({ key, value }) => defined(key, value));
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'logical':
      return node.values;
    case 'comparison':
      return [node.left, ...node.rest.map(({ right }) => right)];
    case 'call':
      return [node.callee, ...node.positional, ...node.keywords.map(({ value }) => value)];
    case 'attribute':
      return [node.object];
    case 'subscript':
      return [node.object, node.index];
    case 'slice':
      return defined(node.start, node.stop, node.step);
    case 'conditional':
      return [node.test, node.then, node.otherwise];
    default:
      return [];
  }
}

/** The blocks of a statement. */
export function childStatements(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
    case 'while':
    case 'for':
      return [statement.body, statement.otherwise];
    case 'try':
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.otherwise, statement.final];
    case 'with':
      return [statement.body];
    case 'match':
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** The names a pattern binds. */
export function patternNames(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case 'value':
      return [];
    case 'capture':
    case 'star':
      return pattern.name === undefined ? [] : [pattern.name];
    case 'as':
      return [pattern.name, ...patternNames(pattern.pattern)];
    case 'or':
    case 'sequence':
      return pattern.patterns.flatMap(patternNames);
    case 'mapping':
      return [
        ...pattern.entries.flatMap((entry) => patternNames(entry.pattern)),
        ...(pattern.rest === undefined ? [] : [pattern.rest]),
      ];
    case 'class':
      return [...pattern.positional, ...pattern.keywords.map((keyword) => keyword.pattern)].flatMap(patternNames);
  }
}

function patternExpressions(pattern: Pattern): Expression[] {
  switch (pattern.kind) {
    case 'value':
      return [pattern.value];
    case 'as':
      return patternExpressions(pattern.pattern);
    case 'or':
    case 'sequence':
      return pattern.patterns.flatMap(patternExpressions);
    case 'mapping':
      return pattern.entries.flatMap((entry) => [entry.key, ...patternExpressions(entry.pattern)]);
    case 'class':
      return [
        pattern.callee,
        ...[...pattern.positional, ...pattern.keywords.map((keyword) => keyword.pattern)].flatMap(patternExpressions),
      ];
    default:
      return [];
  }
}

/** The variable that holds the subject of a `match`, or what a part of a pattern is compared with: no program can spell it. */
export function hiddenSubject(at: Span): string {
  return `.${at.line}:${at.column}:${at.endLine}:${at.endColumn}`;
}

/** The hidden variables of a pattern's parts. */
export function hiddenNames(pattern: Pattern): string[] {
  const parts = partsOf(pattern);
  return [hiddenSubject(pattern.at), ...parts.flatMap(hiddenNames)];
}

function partsOf(pattern: Pattern): readonly Pattern[] {
  switch (pattern.kind) {
    case 'as':
      return [pattern.pattern];
    case 'or':
    case 'sequence':
      return pattern.patterns;
    case 'mapping':
      return pattern.entries.map((entry) => entry.pattern);
    case 'class':
      return [...pattern.positional, ...pattern.keywords.map((keyword) => keyword.pattern)];
    default:
      return [];
  }
}

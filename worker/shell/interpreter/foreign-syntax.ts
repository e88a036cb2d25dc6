/**
 * What unbash lets pass and a shell does not: mistakes inside substitutions, which it parses late, and bash's syntax in shells that are
 * not bash.
 */
import { forEachChild, type ParsedScript, type Statement, type SyntaxNode } from 'unbash';
import type { Features } from './dialects/dialect.ts';
import { problemOf, type PlacedProblem, type SyntaxProblem } from './syntax-problems.ts';

const PARENTHESIS: SyntaxProblem = { kind: 'unexpected', token: '"("', text: '(' };
const REDIRECTION: SyntaxProblem = { kind: 'unexpected', token: 'redirection', text: '<' };

/** The first problem in a tree, by its place in the text. */
export function findProblemInside(statements: readonly Statement[], features: Features): PlacedProblem | undefined {
  let found: PlacedProblem | undefined;
  const visit = (node: SyntaxNode): void => {
    if (found !== undefined) return;
    const problem = problemOfNode(node, features);
    if (problem === undefined) forEachChild(node, visit);
    else found = { problem, offset: node.pos };
  };
  for (const statement of statements) if (found === undefined) visit(statement);
  return found;
}

function problemOfNode(node: SyntaxNode, features: Features): SyntaxProblem | undefined {
  switch (node.type) {
    case 'CommandExpansion':
    case 'ProcessSubstitution':
      if (node.type === 'ProcessSubstitution' && features.processSubstitution !== true) return PARENTHESIS;
      return node.script === undefined ? undefined : problemOfSubstitution(node.script);
    case 'ArrayValue':
      return features.arrays === true ? undefined : PARENTHESIS;
    case 'ArithmeticFor':
      return features.arithmeticCommand === true ? undefined : { kind: 'loop-variable' };
    case 'Pipeline': {
      const negations = node.prefixes.filter((prefix) => prefix.type === 'Negation');
      return negations.length < 2 || features.arrays === true
        ? undefined
        : { kind: 'unexpected', token: '"!"', text: '!' };
    }
    case 'HereString':
      return features.hereStrings === true ? undefined : REDIRECTION;
    default:
      return undefined;
  }
}

/** The end of what a substitution holds is its parenthesis. */
function problemOfSubstitution(script: ParsedScript): SyntaxProblem | undefined {
  const [first] = script.errors ?? [];
  if (first === undefined) return undefined;
  const problem = problemOf('', first, [first]);
  return problem.kind === 'unexpected' ? { kind: 'unexpected', token: '")"', text: ')' } : problem;
}

/** What a C or C++ program prints, as far as its `main` tells without running it: printf, puts and cout of literals. */

export interface PrintedProgram {
  readonly stdout: string;
  readonly exitCode: number;
  /** Statements that were not understood. */
  readonly skipped: number;
}

/** Undefined when there is no `main`. */
export function printedBy(source: string): PrintedProgram | undefined {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
  const start = /\bmain\s*\([^)]*\)\s*\{/.exec(code);
  if (start === null) return undefined;
  const body = code.slice(start.index + start[0].length);
  let stdout = '';
  let exitCode = 0;
  let skipped = 0;
  for (const statement of statementsOf(body)) {
    const printed = literalOutput(statement);
    const status = /^return\s+(\d+)$/.exec(statement)?.[1];
    if (printed !== undefined) stdout += printed;
    else if (status !== undefined) {
      exitCode = Number(status) & 0xff;
      break;
    } else if (!/^(?:return\s+EXIT_SUCCESS|fflush\(.*\))$/.test(statement)) skipped++;
  }
  return { stdout, exitCode, skipped };
}

/** Up to the brace that closes the function; semicolons inside strings part nothing. */
function statementsOf(body: string): string[] {
  const statements: string[] = [];
  let text = '';
  let depth = 0;
  for (const [token] of body.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\s\S]/g)) {
    if (token === '}' && depth-- === 0) break;
    if (token === '{') depth++;
    if (token === ';' && depth === 0) {
      if (text.trim() !== '') statements.push(text.trim());
      text = '';
    } else text += token;
  }
  return statements;
}

function literalOutput(statement: string): string | undefined {
  const literal = '((?:"(?:[^"\\\\]|\\\\.)*"\\s*)+)';
  const call = new RegExp(`^(?:std::)?(printf|puts)\\s*\\(\\s*${literal}\\)$`, 's').exec(statement);
  if (call !== null) {
    const text = unquoted(call[2] ?? '');
    if (call[1] === 'puts') return `${text}\n`;
    return /%[^%]/.test(text) ? undefined : text.replaceAll('%%', '%');
  }
  const stream = /^(?:std::)?cout\s*<<(.*)$/s.exec(statement)?.[1];
  if (stream === undefined) return undefined;
  const parts = stream.match(/"(?:[^"\\]|\\.)*"|<<|[\w:]+|\S/g) ?? [];
  let printed = '';
  for (const part of parts) {
    if (part === '<<') continue;
    if (part.startsWith('"')) printed += unquoted(part);
    else if (/^(?:std::)?endl$/.test(part)) printed += '\n';
    else if (/^\d+$/.test(part)) printed += part;
    else return undefined;
  }
  return printed;
}

function unquoted(literals: string): string {
  const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };
  const inner = [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '').join('');
  return inner.replace(/\\([\s\S])/g, (_all, letter: string) => letters[letter] ?? letter);
}

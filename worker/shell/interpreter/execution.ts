/** Runs the tree of a script: lists, pipelines, compound commands. One function for each kind of node. */
import { parse } from 'unbash';
import type {
  AndOr,
  ArithmeticExpression,
  ArithmeticFor,
  Case,
  CommandNode,
  CompoundList,
  For,
  Function as FunctionNode,
  If,
  Pipeline,
  PipelineNode,
  Redirected,
  Statement,
  Subshell,
  While,
} from 'unbash';
import { evaluateConditional } from './conditional.ts';
import { commandText } from './command-text.ts';
import { startCoprocess } from './coprocess.ts';
import { evaluateArithmetic } from './expansion/arithmetic.ts';
import { matchesPattern } from './expansion/patterns.ts';
import { expandArithmeticText } from './expansion/parts.ts';
import { expandToPattern } from './expansion/words.ts';
import { ShellError, ShellExit } from './failures.ts';
import { applyRedirections, RedirectionError, type AppliedRedirections } from './redirections.ts';
import type { Shell } from './shell.ts';
import { runSelect } from './select.ts';
import { runSimpleCommand } from './simple-command.ts';
import { runInSubshell, startBackground, waitForChild } from './subshell.ts';
import { fieldsOf, settleIn, wordTextOf } from './substitution.ts';
import { behindTime, reportTime } from './timing.ts';
import { traceArithmetic, traceCase, traceConditional, traceFor } from './tracing.ts';
import { runDebugTrap, runPendingTraps, runErrorTrap } from './trap-actions.ts';

/**
 * Runs statements in order until one unwinds. Gives the status of the last. `replace`: nothing comes after them in this process, see
 * {@link runCommand}.
 */
export async function runStatements(shell: Shell, statements: readonly Statement[], replace = false): Promise<number> {
  let status = 0;
  for (const [index, statement] of statements.entries()) {
    status = await runStatement(shell, statement, replace && index === statements.length - 1);
    if (shell.unwinding !== undefined) break;
  }
  return status;
}

async function runStatement(shell: Shell, statement: Statement, replace: boolean): Promise<number> {
  const pause = shell.process.checkpoint();
  if (pause !== undefined) await pause;
  if (shell.process.hasPendingSignal) await runPendingTraps(shell);
  if (statement.background === true) {
    shell.lastStatus = await startBackground(shell, statement);
    return shell.lastStatus;
  }
  const { command } = statement;
  return command.type === 'AndOr' ? runAndOr(shell, command, replace) : runPipelineNode(shell, command, replace);
}

/** Runs the commands of a compound command's part. */
export function runList(shell: Shell, list: CompoundList, replace = false): Promise<number> {
  return runStatements(shell, list.commands, replace);
}

/** Runs something whose status is tested, so that `set -e` does not end the shell in it. */
async function tested(shell: Shell, run: () => Promise<number>): Promise<number> {
  shell.testedDepth++;
  try {
    return await run();
  } finally {
    shell.testedDepth--;
  }
}

async function runAndOr(shell: Shell, node: AndOr, replace: boolean): Promise<number> {
  const last = node.commands.length - 1;
  let status = 0;
  for (const [index, command] of node.commands.entries()) {
    const operator = node.operators[index - 1];
    if (operator !== undefined && (operator === '&&') !== (status === 0)) continue;
    status =
      index === last
        ? await runPipelineNode(shell, command, replace)
        : await tested(shell, () => runPipelineNode(shell, command));
    if (shell.unwinding !== undefined) break;
  }
  return status;
}

async function runPipelineNode(shell: Shell, node: PipelineNode, replace = false): Promise<number> {
  if (node.type !== 'Pipeline') return runCommand(shell, node, replace);
  const negations = node.prefixes.filter((prefix) => prefix.type === 'Negation').length;
  const timed = node.prefixes.find((prefix) => prefix.type === 'Time');
  if (timed !== undefined && shell.dialect.name !== 'bash') {
    const untimed = { ...node, prefixes: node.prefixes.filter((prefix) => prefix.type !== 'Time') };
    return runPipelineNode(shell, behindTime(untimed, timed.posix !== undefined));
  }
  const start = shell.process.kernel.clock.monotonicMs();
  const run = (): Promise<number> => runPipeline(shell, node);
  let status = negations > 0 ? await tested(shell, run) : await run();
  if (negations % 2 === 1) status = status === 0 ? 1 : 0;
  shell.lastStatus = status;
  if (timed !== undefined)
    await reportTime(shell, shell.process.kernel.clock.monotonicMs() - start, timed.posix !== undefined);
  return status;
}

async function runPipeline(shell: Shell, node: Pipeline): Promise<number> {
  const [only, ...others] = node.commands;
  if (only === undefined) return 0;
  if (others.length === 0) return runCommand(shell, only);
  const { kernel, credentials } = shell.process;
  const children = [];
  let input: ReturnType<typeof kernel.createPipe>[0] | undefined;
  for (const [index, command] of node.commands.entries()) {
    const pipe = index === node.commands.length - 1 ? undefined : kernel.createPipe(credentials);
    const bothStreams = node.operators[index] === '|&';
    const from = input;
    children.push(
      runInSubshell(shell, (child) => runCommand(child, command, true), ({ descriptors }) => {
        if (from !== undefined) descriptors.replace(0, from);
        if (pipe === undefined) return;
        descriptors.replace(1, pipe[1]);
        if (bothStreams) descriptors.duplicate(1, 2);
      }),
    ); // prettier-ignore
    input = pipe?.[0];
  }
  const statuses: number[] = [];
  for (const [index, child] of children.entries()) {
    const last = index === children.length - 1;
    statuses.push(await waitForChild(shell, child, last ? textOf(shell, node) : undefined));
  }
  shell.pipeStatuses = statuses;
  const failed = statuses.filter((status) => status !== 0).at(-1) ?? 0;
  return finish(shell, shell.options.has('pipefail') ? failed : (statuses.at(-1) ?? 0));
}

/**
 * Sets `$?`, and ends the shell where `set -e` wants it: after a failed command whose status nobody tests. Every command
 * that is not made of others passes here.
 */
async function finish(shell: Shell, status: number): Promise<number> {
  shell.lastStatus = status;
  if (status !== 0 && shell.testedDepth === 0) {
    await runErrorTrap(shell);
    if (shell.options.has('errexit') && shell.unwinding === undefined) throw new ShellExit(status);
  }
  return status;
}

/**
 * Runs one command. `replace` says that nothing comes after it in this process, so a program may take the process over.
 */
export async function runCommand(shell: Shell, node: CommandNode | CompoundList, replace = false): Promise<number> {
  // bash takes the time for simple commands alone
  const inside = replace && shell.dialect.name !== 'bash';
  switch (node.type) {
    case 'Command': {
      shell.position = node.pos;
      if (shell.dialect.name === 'bash') await beforeCommand(shell, node);
      const status = await runSimpleCommand(shell, node, replace);
      if (shell.dialect.name === 'bash') shell.pipeStatuses = [status];
      return finish(shell, status);
    }
    case 'CompoundList':
      return runList(shell, node, inside);
    case 'BraceGroup':
      return runList(shell, node.body, inside);
    case 'Subshell':
      return finish(shell, await runSubshell(shell, node, inside));
    case 'If':
      return runIf(shell, node, inside);
    case 'While':
      return runWhile(shell, node);
    case 'For':
      return runFor(shell, node);
    case 'Case':
      return runCase(shell, node, inside);
    case 'Function':
      return defineFunction(shell, node);
    case 'Redirected':
      return runRedirected(shell, node, inside);
    case 'TestCommand':
      shell.position = node.pos;
      if (shell.dialect.name === 'bash') await beforeCommand(shell, node);
      await traceConditional(shell, node);
      return finish(shell, await evaluateConditional(shell, node));
    case 'ArithmeticCommand':
      shell.position = node.pos;
      if (shell.dialect.name === 'bash') await beforeCommand(shell, node);
      return runArithmeticCommand(shell, node.body);
    case 'ArithmeticFor':
      return runArithmeticFor(shell, node);
    case 'Select':
      return runSelect(shell, node);
    case 'Coproc':
      return startCoprocess(shell, node);
  }
}

/** Keeps what BASH_COMMAND tells, and runs the DEBUG trap; in a trap it goes on telling of the command before. */
async function beforeCommand(shell: Shell, node: CommandNode): Promise<void> {
  if (shell.traps.running.size > 0) return;
  const { source } = shell;
  shell.commandText = () => commandText(node, source.text);
  if (shell.traps.get('DEBUG') !== undefined) await runDebugTrap(shell);
}

/** As the last of its process a subshell needs no process of its own. */
async function runSubshell(shell: Shell, node: Subshell, replace: boolean): Promise<number> {
  if (replace && !shell.traps.hasActions) return runList(shell, node.body, true);
  const child = runInSubshell(shell, (subshell) => runList(subshell, node.body));
  return waitForChild(shell, child, textOf(shell, node));
}

/** A command as written. */
function textOf(shell: Shell, node: CommandNode | Pipeline): string {
  return shell.source.text.slice(node.pos, node.end);
}

async function runIf(shell: Shell, node: If, replace: boolean): Promise<number> {
  for (const branch of [node, ...node.elif]) {
    const status = await tested(shell, () => runList(shell, branch.clause));
    if (shell.unwinding !== undefined) return status;
    if (status === 0) return runList(shell, branch.then, replace);
  }
  if (node.else !== undefined) return runList(shell, node.else, replace);
  shell.lastStatus = 0;
  return 0;
}

/** Runs a loop's body once; false when the loop is to end. */
async function runBody(shell: Shell, run: () => Promise<unknown>): Promise<boolean> {
  const pause = shell.process.checkpoint();
  if (pause !== undefined) await pause;
  await run();
  return !leavesLoop(shell);
}

/** Takes one level off a `break` or `continue`; true when this loop is to end. */
function leavesLoop(shell: Shell): boolean {
  const { unwinding } = shell;
  if (unwinding === undefined) return false;
  if (unwinding.kind === 'return') return true;
  if (unwinding.levels > 1) {
    shell.unwinding = { ...unwinding, levels: unwinding.levels - 1 };
    return true;
  }
  shell.unwinding = undefined;
  return unwinding.kind === 'break';
}

async function looping(shell: Shell, run: () => Promise<number>): Promise<number> {
  shell.loopDepth++;
  try {
    const status = await run();
    shell.lastStatus = status;
    return status;
  } finally {
    shell.loopDepth--;
  }
}

function runWhile(shell: Shell, node: While): Promise<number> {
  return looping(shell, async () => {
    let status = 0;
    for (;;) {
      const condition = await tested(shell, () => runList(shell, node.clause));
      if (shell.unwinding !== undefined) {
        if (leavesLoop(shell)) return status;
        continue;
      }
      if ((condition === 0) !== (node.kind === 'while')) return status;
      const goesOn = await runBody(shell, async () => {
        status = await runList(shell, node.body);
      });
      if (!goesOn) return status;
    }
  });
}

async function runFor(shell: Shell, node: For): Promise<number> {
  shell.position = node.pos;
  const values = node.wordlist === undefined ? shell.positional : await fieldsOf(shell, node.wordlist);
  return looping(shell, async () => {
    let status = 0;
    for (const value of values) {
      shell.assign(node.name.value, value);
      await traceFor(shell, node);
      const goesOn = await runBody(shell, async () => {
        status = await runList(shell, node.body);
      });
      if (!goesOn) break;
    }
    return status;
  });
}

async function runCase(shell: Shell, node: Case, replace: boolean): Promise<number> {
  shell.position = node.pos;
  await traceCase(shell, node);
  const word = await wordTextOf(shell, node.word);
  let status = 0;
  let fallsThrough = false;
  for (const item of node.items) {
    if (!fallsThrough && !(await matchesAny(shell, word, item.pattern))) continue;
    const isLast = item.terminator !== ';&' && item.terminator !== ';;&';
    status = await runList(shell, item.body, replace && isLast);
    if (shell.unwinding !== undefined || isLast) return status;
    fallsThrough = item.terminator === ';&';
  }
  shell.lastStatus = status;
  return status;
}

async function matchesAny(shell: Shell, text: string, patterns: Case['items'][number]['pattern']): Promise<boolean> {
  for (const word of patterns) {
    const pattern = await settleIn(shell, expandToPattern(shell, word));
    if (matchesPattern(text, pattern, shell.extendedGlobs, shell.shoptions.has('nocasematch'))) return true;
  }
  return false;
}

function defineFunction(shell: Shell, node: FunctionNode): number {
  const text = shell.source.text.slice(node.pos, node.end);
  shell.functions.set(node.name.value, { body: node.body, source: shell.source, text });
  shell.lastStatus = 0;
  return 0;
}

async function runRedirected(shell: Shell, node: Redirected, replace: boolean): Promise<number> {
  shell.position = node.pos;
  let redirections: AppliedRedirections;
  try {
    redirections = await applyRedirections(shell, node.redirects);
  } catch (error) {
    if (!(error instanceof RedirectionError)) throw error;
    await shell.complain(error.message);
    return finish(shell, shell.dialect.statuses.redirection);
  }
  try {
    return await runCommand(shell, node.command, replace && node.command.type === 'Subshell');
  } finally {
    redirections.undo();
  }
}

async function runArithmeticCommand(shell: Shell, body: string): Promise<number> {
  if (shell.dialect.features.arithmeticCommand !== true) {
    const nested = parse(`(${body})`).commands;
    return finish(
      shell,
      await waitForChild(
        shell,
        runInSubshell(shell, (child) => runStatements(child, nested)),
      ),
    );
  }
  try {
    const text = await settleIn(shell, expandArithmeticText(shell, body));
    await traceArithmetic(shell, text);
    const value = evaluateArithmetic(text, shell);
    return await finish(shell, value === 0n ? 1 : 0);
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    await shell.complain(error.message, '((');
    return finish(shell, 1);
  }
}

function runArithmeticFor(shell: Shell, node: ArithmeticFor): Promise<number> {
  const evaluate = async (expression: ArithmeticExpression | undefined): Promise<bigint> => {
    if (expression === undefined) return 1n;
    const written = shell.source.text.slice(expression.pos, expression.end);
    const text = await settleIn(shell, expandArithmeticText(shell, written));
    await traceArithmetic(shell, text);
    return evaluateArithmetic(text, shell);
  };
  return looping(shell, async () => {
    let status = 0;
    for (await evaluate(node.initialize); (await evaluate(node.test)) !== 0n; await evaluate(node.update)) {
      const goesOn = await runBody(shell, async () => {
        status = await runList(shell, node.body);
      });
      if (!goesOn) break;
    }
    return status;
  });
}

/** From instructions to stages: what a build is planned from (BuildKit's `instructions.Parse`). */
import { EngineError } from '../base/errors.ts';
import type { Diagnostic, SourceRange } from '../base/source.ts';
import type { DockerfileAst, InstructionNode } from './ast.ts';
import { descriptionOf } from './description.ts';
import type { Instruction } from './directive.ts';
import { arg, type ArgDefinition } from './directives/arg.ts';
import { from } from './directives/from.ts';
import { directives, findDirective } from './directives/index.ts';
import { parseDockerfile } from './parser.ts';
import { withSuggestion } from './suggestion.ts';

export interface Stage {
  /** Counts from 0. */
  readonly index: number;
  /** Lower case; empty for a stage without a name. */
  readonly name: string;
  /** As written, variables not expanded; an image, an earlier stage or a named context. */
  readonly baseName: string;
  /** Of `FROM --platform`, variables not expanded; empty if not given. */
  readonly platform: string;
  /** What the comment above FROM says of the stage. */
  readonly description?: string;
  /** Of the FROM. */
  readonly range: SourceRange;
  readonly code: string;
  /** Those after the FROM. */
  readonly instructions: readonly Instruction[];
}

/** A global argument: declared before the first FROM. */
export interface GlobalArg extends ArgDefinition {
  readonly range: SourceRange;
}

export interface Stages {
  readonly globalArgs: readonly GlobalArg[];
  readonly stages: readonly Stage[];
  /** Of the file the stages are from: what `expandWord` needs. */
  readonly escape: string;
}

/** Understands one instruction. Throws `dockerfile`, worded as BuildKit words it, at the instruction. */
export function readInstruction(node: InstructionNode): Instruction {
  const directive = findDirective(node.name);
  if (directive !== undefined) return directive.read(node);
  throw new EngineError('dockerfile', unknownInstruction(node.keyword), { source: node.range });
}

/** The message for a keyword there is not, the nearest one suggested in the keyword's own case. */
function unknownInstruction(keyword: string): string {
  const upper = keyword.toUpperCase();
  const names = directives.map(({ name }) => name);
  const message = withSuggestion(`unknown instruction: ${upper}`, upper, names);
  const suggestion = message.slice(`unknown instruction: ${upper}`.length);
  return `unknown instruction: ${keyword}${keyword === upper ? suggestion : suggestion.toLowerCase()}`;
}

/**
 * Sorts instructions into stages. Throws `dockerfile` at the first mistake, worded as a build words it
 * (`dockerfile parse error on line 3: …`).
 */
export function parseStages(ast: DockerfileAst): Stages {
  const globalArgs: GlobalArg[] = [];
  const stages: { stage: Omit<Stage, 'instructions'>; instructions: Instruction[] }[] = [];
  for (const node of ast.instructions) {
    const instruction = readForBuild(node);
    const current = stages.at(-1);
    if (from.made(instruction)) {
      stages.push({ stage: beginStage(instruction, stages.length), instructions: [] });
    } else if (current !== undefined) current.instructions.push(instruction);
    else if (arg.made(instruction)) {
      globalArgs.push(...instruction.data.definitions.map((definition) => ({ ...definition, range: node.range })));
    } else throw noStage(node);
  }
  return {
    globalArgs,
    stages: stages.map(({ stage, instructions }) => ({ ...stage, instructions })),
    escape: ast.escape,
  };
}

function beginStage(instruction: ReturnType<typeof from.read>, index: number): Omit<Stage, 'instructions'> {
  const { data, node, range, code } = instruction;
  const description = descriptionOf(data.stageName, node.comments);
  return {
    index,
    name: data.stageName,
    baseName: data.baseName,
    platform: data.platform,
    range,
    code,
    ...(description === undefined ? {} : { description }),
  };
}

function readForBuild(node: InstructionNode): Instruction {
  try {
    return readInstruction(node);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const message = `dockerfile parse error on line ${node.range.startLine}: ${error.message}`;
    throw new EngineError(error.code, message, { source: node.range, cause: error });
  }
}

function noStage(node: InstructionNode): EngineError {
  return new EngineError('dockerfile', 'no build stage in current context', { source: node.range });
}

/** Parses a Dockerfile's text for a build. Throws `dockerfile` with what Docker ends the build with. */
export function loadDockerfile(
  text: string,
): Stages & { readonly ast: DockerfileAst; readonly warnings: readonly Diagnostic[] } {
  const { ast, diagnostics, failure } = parseDockerfile(text);
  if (failure !== undefined) throw failure;
  return { ...parseStages(ast), ast, warnings: diagnostics };
}

/** The instruction that an image keeps for those built on it. Throws `dockerfile`, at `range`: the FROM that set it off. */
export function readOnbuildTrigger(trigger: string, range: SourceRange): Instruction {
  const { ast, failure } = parseDockerfile(trigger);
  if (failure !== undefined) throw new EngineError(failure.code, failure.message, { source: range });
  const [node, ...more] = ast.instructions;
  if (node === undefined || more.length > 0) {
    throw new EngineError('dockerfile', 'onbuild trigger should be a single expression', { source: range });
  }
  return readInstruction({ ...node, range });
}

/** What reading one instruction gave. */
export type ReadResult =
  | { readonly node: InstructionNode; readonly instruction: Instruction }
  | { readonly node: InstructionNode; readonly problem: string };

/** An editor's nodes are the same from one key to the next but for a few; what they were read as depends on nothing else. */
const readBefore = new WeakMap<InstructionNode, Instruction>();

/** Reads all instructions, also past those that cannot be read or stand before the first FROM, where a build would stop. */
export function readInstructions(ast: DockerfileAst): readonly ReadResult[] {
  let hasStage = false;
  return ast.instructions.map((node) => {
    hasStage ||= node.name === 'from';
    try {
      const instruction = readBefore.get(node) ?? readInstruction(node);
      readBefore.set(node, instruction);
      if (!hasStage && !arg.made(instruction)) throw noStage(node);
      return { node, instruction };
    } catch (error) {
      if (error instanceof EngineError) return { node, problem: error.message };
      throw error;
    }
  });
}

/**
 * A Dockerfile understood without building it: its stages, what stands on what, which variables are in force, and what each
 * instruction would complain of. The editor's answers and the build checks are all read off this one value.
 */
import { EngineError } from '../../base/errors.ts';
import type { Diagnostic } from '../../base/source.ts';
import { DEFAULT_PLATFORM } from '../../oci/platform.ts';
import type { DockerfileAst, InstructionNode } from '../ast.ts';
import type { Instruction } from '../directive.ts';
import { arg } from '../directives/arg.ts';
import { from, type FromData } from '../directives/from.ts';
import { parseDockerfile } from '../parser.ts';
import { platformArguments } from '../platform-arguments.ts';
import { expandWord, type Expansion } from '../shell-words.ts';
import { readInstructions, type ReadResult } from '../stages.ts';
import { DryStage, type Variable } from './dry-stage.ts';
import { configOf, NO_IMAGES, type KnownConfig, type KnownImages } from './known-images.ts';

export interface AnalysedInstruction {
  readonly node: InstructionNode;
  /** Absent where it cannot be read. */
  readonly instruction?: Instruction;
  /** Absent above the first FROM. */
  readonly stage?: AnalysedStage;
  /** Why a build fails here. */
  readonly problem?: string;
  /** Variables it uses and nothing declares; none where the base image is not known. */
  readonly undeclared: readonly string[];
  /** Paths and wildcards it takes from the build context, variables replaced; none where they are not sure. */
  readonly contextSources: readonly string[];
}

export interface AnalysedStage {
  /** Counts from 0. */
  readonly index: number;
  /** Lower case; empty for a stage without a name. */
  readonly name: string;
  readonly from: Instruction<FromData>;
  /** What FROM names, variables replaced by what they are without values given. */
  readonly baseName: string;
  /** The earlier stage it stands on. */
  readonly base?: AnalysedStage;
  /** Of the image it stands on, where that is known. */
  readonly image?: KnownConfig;
  /** Those after the FROM, unreadable ones left out. */
  readonly instructions: readonly Instruction[];
  /** The stage after its last instruction. */
  readonly end: DryStage;
}

export interface Analysis {
  readonly text: string;
  readonly lines: readonly string[];
  readonly ast: DockerfileAst;
  /** What the parser itself has to say. */
  readonly syntax: readonly Diagnostic[];
  /** All instructions, in the order of the file. */
  readonly instructions: readonly AnalysedInstruction[];
  readonly stages: readonly AnalysedStage[];
  /** What FROM lines see. */
  readonly globals: ReadonlyMap<string, Variable>;
}

/** Many questions are asked of the same text, one after the other: its analysis is kept until another comes. */
let latest: { readonly images: KnownImages; readonly analysis: Analysis } | undefined;

/** Analyses a Dockerfile. Never throws. */
export function analyse(text: string, images: KnownImages = NO_IMAGES): Analysis {
  if (latest?.analysis.text === text && latest.images === images) return latest.analysis;
  const analysis = new Analyser(text, images).analysis();
  latest = { images, analysis };
  return analysis;
}

/** Expands a word of a FROM line as it is without values given; undefined where that fails. */
export function expandGlobally(
  { ast, globals }: Pick<Analysis, 'ast' | 'globals'>,
  word: string,
): Expansion | undefined {
  try {
    return expandWord(word, { escape: ast.escape, lookup: (name) => globals.get(name)?.value });
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

interface OpenStage extends AnalysedStage {
  readonly instructions: Instruction[];
}

class Analyser {
  readonly #text: string;
  readonly #images: KnownImages;
  readonly #globals = new Map<string, Variable>();
  readonly #stages: OpenStage[] = [];
  readonly #byName = new Map<string, AnalysedStage>();

  constructor(text: string, images: KnownImages) {
    this.#text = text;
    this.#images = images;
    for (const [name, value] of platformArguments(DEFAULT_PLATFORM, DEFAULT_PLATFORM)) {
      this.#globals.set(name, { name, value, fixed: false, origin: 'predefined' });
    }
  }

  analysis(): Analysis {
    const { ast, diagnostics } = parseDockerfile(this.#text, latest?.analysis.ast);
    const instructions = readInstructions(ast).map((read) => this.#analyse(read, ast));
    return {
      text: this.#text,
      lines: this.#text.split('\n').map((line) => line.replace(/\r$/, '')),
      ast,
      syntax: diagnostics,
      instructions,
      stages: this.#stages,
      globals: this.#globals,
    };
  }

  #analyse(read: ReadResult, ast: DockerfileAst): AnalysedInstruction {
    const nothing = { undeclared: [], contextSources: [] };
    const { node } = read;
    if ('problem' in read) {
      const stage = this.#stages.at(-1);
      return { node, problem: read.problem, ...(stage === undefined ? {} : { stage }), ...nothing };
    }
    const { instruction } = read;
    if (from.made(instruction)) return { node, instruction, stage: this.#open(instruction, ast), ...nothing };
    const stage = this.#stages.at(-1);
    if (stage !== undefined) return this.#lower(stage, instruction);
    if (arg.made(instruction)) this.#declare(instruction.data.definitions, instruction, ast);
    return { node, instruction, ...nothing };
  }

  #declare(
    definitions: readonly { readonly name: string; readonly value?: string }[],
    { range }: Instruction,
    ast: DockerfileAst,
  ): void {
    for (const { name, value } of definitions) {
      const expanded = value === undefined ? undefined : expandGlobally({ ast, globals: this.#globals }, value)?.text;
      // A predefined one that is declared without a value keeps its own.
      const kept = expanded ?? this.#globals.get(name)?.value;
      this.#globals.set(name, { name, value: kept, fixed: false, origin: 'argument', range });
    }
  }

  #open(instruction: Instruction<FromData>, ast: DockerfileAst): AnalysedStage {
    const { data } = instruction;
    const baseName = expandGlobally({ ast, globals: this.#globals }, data.baseName)?.text ?? data.baseName;
    const base = this.#byName.get(baseName.toLowerCase());
    const image = base === undefined ? configOf(this.#images, baseName) : base.image;
    const workingDir = base === undefined ? directoryOf(baseName, image) : base.end.config.WorkingDir;
    const start = {
      escape: ast.escape,
      globals: this.#globals,
      variables: base === undefined ? imageVariables(image) : base.end.variables,
      knowsImage: base === undefined ? image !== undefined || baseName === 'scratch' : base.end.knowsImage,
      ...(workingDir === undefined ? {} : { workingDir }),
    };
    const end = new DryStage(start);
    const stage: OpenStage = {
      index: this.#stages.length,
      name: data.stageName,
      from: instruction,
      baseName,
      ...(base === undefined ? {} : { base }),
      ...(image === undefined ? {} : { image }),
      instructions: [],
      end,
    };
    this.#stages.push(stage);
    if (data.stageName !== '') this.#byName.set(data.stageName, stage);
    return stage;
  }

  #lower(stage: OpenStage, instruction: Instruction): AnalysedInstruction {
    stage.instructions.push(instruction);
    const { end } = stage;
    const problem = complaintOf(end, instruction);
    return {
      node: instruction.node,
      instruction,
      stage,
      ...(problem === undefined ? {} : { problem }),
      undeclared: end.undeclared.size === 0 ? [] : [...end.undeclared],
      contextSources: end.contextSources,
    };
  }
}

function directoryOf(baseName: string, image: KnownConfig | undefined): string | undefined {
  if (baseName === 'scratch') return '/';
  return image?.workingDir === '' ? '/' : image?.workingDir;
}

/** A build sets PATH where the image does not. */
function imageVariables(image: KnownConfig | undefined): ReadonlyMap<string, Variable> {
  const path = { name: 'PATH', value: undefined, fixed: false, origin: 'image' as const };
  const known = (image?.environment ?? []).map((entry): Variable => {
    const equals = entry.indexOf('=');
    const [name, value] = equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
    return { name, value, fixed: true, origin: 'image' };
  });
  return new Map([path, ...known].map((variable) => [variable.name, variable]));
}

function complaintOf(stage: DryStage, instruction: Instruction): string | undefined {
  try {
    stage.lower(instruction);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    // Where a value is not known, only what is wrong with the expansion itself is sure to fail.
    if (!stage.uncertain || error.message.startsWith('failed to process')) return error.message;
  }
  return undefined;
}

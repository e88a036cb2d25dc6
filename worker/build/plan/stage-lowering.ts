/**
 * What instructions do to their stage: the planner's side of `StageBuilder`. Metadata goes into the stage's image; what changes
 * files becomes a vertex on top of the last one.
 */
import { EngineError } from '../../base/errors.ts';
import { ROOT, childPath, resolvePath, type AbsolutePath } from '../../base/path.ts';
import type { SourceRange } from '../../base/source.ts';
import type { Instruction } from '../../dockerfile/directive.ts';
import { expandWord, lookupIn, type VariableLookup } from '../../dockerfile/shell-words.ts';
import type {
  CopyRequest,
  CopySource,
  RunMount,
  RunRequest,
  StageBuilder,
  StageConfig,
} from '../../dockerfile/stage-builder.ts';
import { digestOfValue, makeVertex, type Vertex } from '../graph.ts';
import { shownAt } from '../marked-lines.ts';
import type { Operation } from '../operation.ts';
import {
  absoluteDestination,
  copyFiles,
  download,
  downloadName,
  inlineFile,
  makeDirectory,
  runProcess,
} from '../ops/index.ts';
import type { CopyOrigin } from '../ops/copy.ts';
import type { HistoryEntry } from '../../oci/config.ts';
import { addHistory, copyDraft, type ImageDraft } from './image-draft.ts';
import type { ExtraHost } from '../ops/network-files.ts';
import type { RunMountDefinition } from '../ops/run-mounts.ts';
import { mountDefinition } from './mount-definition.ts';
import { environmentOf, workingDirectory, writtenWorkingDirectory, type StageState } from './stage-state.ts';
import { nextStepName, shownInstruction } from './vertex-names.ts';

/** As many layers as Docker's overlay2 driver stacks. */
const MOST_LAYERS = 127;
const TOO_DEEP = `max depth exceeded: an image has ${MOST_LAYERS} layers at most`;
/** Each keeps the image as it was after it, so that they cost the square of their number. */
const MOST_INSTRUCTIONS = 2000;

function tooMany({ range }: Instruction): EngineError {
  const message = `an image has ${MOST_INSTRUCTIONS} instructions at most, those of the stages it stands on included`;
  return new EngineError('dockerfile', message, { source: range });
}

/** What a stage sees of the build around it. */
export interface StageSurroundings {
  readonly escape: string;
  /** Values given to the build. */
  readonly buildArgs: Readonly<Record<string, string>>;
  /** ARGs above the first FROM, and the platforms. */
  readonly globalArgs: ReadonlyMap<string, string>;
  readonly proxies: ReadonlyMap<string, string>;
  /** Instructions that begin there or below run anew. */
  readonly noCacheFromLine: number;
  readonly extraHosts: readonly ExtraHost[];
  /** What RUN may have beyond its sandbox. */
  readonly entitlements: readonly string[];
  /** Prefix of lineages, so that builds of different things are not compared with each other. */
  readonly lineage: string;
  /**
   * Where a `--from` leads, or the build context for undefined; gives undefined for the empty root. Throws `dockerfile` for a stage further
   * down, which `mountTarget` tells as a mount's.
   */
  sourceOf(from: string | undefined, stage: StageState, mountTarget?: string): Vertex | undefined;
  warn(rule: string, message: string, range: SourceRange): void;
}

export class StageLowering implements StageBuilder {
  readonly config: StageConfig;
  readonly os: string;
  readonly used = new Map<string, SourceRange>();
  readonly #stage: StageState;
  readonly #image: ImageDraft;
  readonly #around: StageSurroundings;
  #instruction: Instruction | undefined;
  #shownLines: readonly string[] | undefined;
  /** A vertex was added for the current instruction. */
  #added: Vertex | undefined;

  constructor(stage: StageState, image: ImageDraft, around: StageSurroundings) {
    this.#stage = stage;
    this.#image = image;
    this.#around = around;
    this.config = image.config;
    this.os = image.platform.os;
  }

  /** Lowers one instruction. Throws `dockerfile` at its place. `shownLines`: what Docker marks when its step fails. */
  lower(instruction: Instruction, shownLines?: readonly string[]): void {
    this.#instruction = instruction;
    this.#shownLines = shownLines;
    this.#added = undefined;
    const historyLength = this.#image.history.length;
    if (historyLength >= MOST_INSTRUCTIONS) throw tooMany(instruction);
    instruction.lower(this);
    this.#noteStep(instruction, this.#image.history[historyLength]);
  }

  expand(word: string): string {
    return expandWord(word, { lookup: this.#lookup(), escape: this.#around.escape }).text;
  }

  expandWords(word: string): string[] {
    return [...expandWord(word, { lookup: this.#lookup(), escape: this.#around.escape }).words];
  }

  expandText(text: string): string {
    // a heredoc's text knows the backslash alone, whatever the file's escape character
    return expandWord(text, { lookup: this.#lookup(), ignoreQuotes: true }).text;
  }

  setEnv(name: string, value: string): void {
    const entry = `${name}=${value}`;
    const index = this.config.Env.findIndex((old) => old.startsWith(`${name}=`));
    if (index < 0) this.config.Env.push(entry);
    else this.config.Env[index] = entry;
    this.#stage.variables.set(name, { name, value, origin: 'environment' });
  }

  declareArg(name: string, value: string | undefined): void {
    const effective = this.#around.buildArgs[name] ?? value ?? this.#around.globalArgs.get(name);
    if (effective !== undefined) this.#stage.variables.set(name, { name, value: effective, origin: 'argument' });
    this.#stage.declared.push({ name, value: effective });
  }

  metadata(createdBy: string): void {
    addHistory(this.#image, createdBy, false);
  }

  workdir(path: string): void {
    // an absolute path is kept as it was written; only a relative one is joined and cleaned
    const directory = path.startsWith('/') ? path : resolvePath(path, workingDirectory(this.#stage));
    this.config.WorkingDir = directory;
    if (directory !== ROOT) {
      const name = nextStepName(this.#stage, shownInstruction(this.#stage, this.#current().code, false));
      this.#add(makeDirectory(resolvePath(directory), this.config.User ?? ''), [], name);
    }
    addHistory(this.#image, `WORKDIR ${directory}`, directory !== ROOT);
  }

  run(request: RunRequest): void {
    const stage = this.#stage;
    this.#needEntitlement(request.network === 'host', 'network.host');
    this.#needEntitlement(request.security === 'insecure', 'security.insecure');
    const sources = new SourceList(stage, this.#around);
    const mounts = request.mounts.map((mount) => this.#mount(mount, sources));
    if (request.script !== undefined) mounts.push(scriptMount(request.script));
    const proxies = [...this.#around.proxies].map(([name, value]) => ({ name, value, origin: 'proxy' as const }));
    const name = nextStepName(stage, shownInstruction(stage, request.displayName, true));
    const operation = runProcess({
      argv: request.argv,
      variables: [...proxies, ...stage.variables.values()],
      workingDirectory: writtenWorkingDirectory(stage),
      user: this.config.User ?? '',
      mounts,
      network: request.network,
      security: request.security,
      devices: request.devices,
      extraHosts: this.#around.extraHosts,
    });
    this.#add(operation, sources.vertices, name);
    addHistory(this.#image, `RUN ${this.#declaredArguments()}${request.argv.join(' ')} # buildkit`, true);
  }

  copy(request: CopyRequest, createdBy: string): void {
    const sources = new SourceList(this.#stage, this.#around);
    const origins = request.sources.map((source) => this.#origin(source, request, sources));
    const head = this.#stage.head?.id;
    const baseInput = sources.vertices.findIndex((vertex) => vertex !== undefined && vertex.id === head);
    const operation = copyFiles({
      instruction: createdBy,
      origins,
      destination: absoluteDestination(request.destination, workingDirectory(this.#stage)),
      ...(request.chown === undefined ? {} : { chown: request.chown }),
      ...(request.chmod === undefined ? {} : permissionBits(request.chmod)),
      parents: request.parents,
      excludes: request.excludes,
      ...(baseInput < 0 ? {} : { baseInput }),
    });
    const name = nextStepName(this.#stage, shownInstruction(this.#stage, this.#current().code, false));
    this.#add(operation, sources.vertices, name);
    addHistory(this.#image, `${createdBy} # buildkit`, true);
  }

  /** What is not for every build. Throws `dockerfile`, at a place that Docker does not mark. */
  #needEntitlement(needed: boolean, name: string): void {
    if (!needed || this.#around.entitlements.includes(name)) return;
    const failure = new EngineError('dockerfile', `failed to load LLB: ${name} is not allowed`);
    throw shownAt(failure.at(this.#current().range), []);
  }

  setAuthor(author: string): void {
    this.#image.author = author;
  }

  warn(rule: string, message: string, range?: SourceRange): void {
    this.#around.warn(rule, message, range ?? this.#current().range);
  }

  #current(): Instruction {
    if (this.#instruction === undefined) throw new EngineError('internal', 'no instruction is being lowered');
    return this.#instruction;
  }

  #lookup(): VariableLookup {
    return lookupIn(environmentOf(this.#stage));
  }

  /** `|2 A=a B=b `: the ARGs in force, as RUN's history lists them; nothing when there are none. */
  #declaredArguments(): string {
    const { declared, variables } = this.#stage;
    if (declared.length === 0) return '';
    const pairs = declared.map(({ name, value }) => `${name}=${variables.get(name)?.value ?? value ?? ''}`);
    return `|${declared.length} ${pairs.join(' ')} `;
  }

  #mount(mount: RunMount, sources: SourceList): RunMountDefinition {
    return mountDefinition(mount, workingDirectory(this.#stage), (from) => sources.inputOf(from, mount.target ?? ''));
  }

  #origin(source: CopySource, request: CopyRequest, sources: SourceList): CopyOrigin {
    switch (source.kind) {
      case 'path':
        return {
          input: sources.inputOf(request.from),
          path: resolvePath(source.path),
          resolve: true,
          fromContext: request.from === undefined,
          unpack: request.unpack ?? request.directive === 'ADD',
        };
      case 'inline': {
        const vertex = this.#vertex('[internal] preparing inline document', inlineFile(source.name, source.content));
        return generated(sources.add(vertex), childPath(ROOT, source.name));
      }
      case 'url': {
        const vertex = this.#vertex(source.url, download(source.url, source.checksum));
        return generated(sources.add(vertex), childPath(ROOT, downloadName(source.url)));
      }
      case 'git':
        throw new EngineError(
          'unsupported',
          'ADD of a git repository needs git, which a browser cannot speak to a server.',
          {
            source: this.#current().range,
          },
        );
    }
  }

  #vertex(name: string, operation: Operation, base?: Vertex, sources: Vertex['sources'] = []): Vertex {
    const stage = this.#stage;
    return makeVertex({
      name,
      operation,
      base,
      sources,
      source: this.#current().range,
      ...(this.#shownLines === undefined ? {} : { shownLines: this.#shownLines }),
      stage: stage.displayName,
      lineage: `${this.#around.lineage} ${stage.name ?? stage.index} ${stage.stepsShown}`,
      ignoreCache: stage.ignoreCache || this.#current().range.startLine >= this.#around.noCacheFromLine,
    });
  }

  #add(operation: Operation, sources: readonly (Vertex | undefined)[], name: string): void {
    if (++this.#stage.layerCount > MOST_LAYERS) throw new EngineError('dockerfile', TOO_DEEP).at(this.#current().range);
    const vertex = this.#vertex(name, operation, this.#stage.head, sources);
    this.#stage.head = vertex;
    this.#added = vertex;
  }

  #noteStep(instruction: Instruction, history: HistoryEntry | undefined): void {
    const stage = this.#stage;
    const shown = shownInstruction(stage, instruction.code, true);
    const vertex = this.#added;
    stage.steps.push({
      id: vertex?.id ?? digestOfValue([stage.index, stage.steps.length, shown, stage.head?.id ?? '']),
      name: vertex?.name ?? shown,
      stage: stage.displayName,
      instruction: shown,
      source: instruction.range,
      image: copyDraft(this.#image),
      ...(history === undefined ? {} : { history }),
      ...(vertex === undefined ? {} : { vertex }),
      ...(stage.head === undefined ? {} : { after: stage.head }),
    });
  }
}

/** What an instruction takes files from, numbered as its operation's sources. */
class SourceList {
  readonly vertices: (Vertex | undefined)[] = [];
  readonly #stage: StageState;
  readonly #around: StageSurroundings;
  readonly #known = new Map<string | undefined, number>();

  constructor(stage: StageState, around: StageSurroundings) {
    this.#stage = stage;
    this.#around = around;
  }

  inputOf(from: string | undefined, mountTarget?: string): number {
    const known = this.#known.get(from) ?? this.add(this.#around.sourceOf(from, this.#stage, mountTarget));
    this.#known.set(from, known);
    return known;
  }

  add(vertex: Vertex | undefined): number {
    return this.vertices.push(vertex) - 1;
  }
}

/** A heredoc that is run by its own interpreter. */
function scriptMount({ path, content }: { readonly path: string; readonly content: string }): RunMountDefinition {
  return { type: 'inline', target: resolvePath(path), content };
}

/** A file that was made for the instruction: taken by its very name. */
function generated(input: number, path: AbsolutePath): CopyOrigin {
  return { input, path, resolve: false, fromContext: true, unpack: false };
}

/** Octal bits; what is no octal number sets nothing, as in Docker 26. */
function permissionBits(chmod: string): { chmod?: number } {
  return /^[0-7]+$/.test(chmod) ? { chmod: parseInt(chmod, 8) & 0o7777 } : {};
}

import type { ProgressSink } from '../../../base/progress.ts';
import { asEngineError, isEngineError, type EngineError } from '../../../base/errors.ts';
import { resolvePath } from '../../../base/path.ts';
import type { BuildOutcome, BuildRequest } from '../../../build/types.ts';
import { BUILD_FLAGS, BUILDKIT_ONLY } from '../../build/build-flags.ts';
import {
  buildError,
  readOptions,
  readSource,
  readTags,
  type BuildSource,
  type BuildTag,
} from '../../build/build-inputs.ts';
import { printDeprecation, runClassicBuild, wantsClassicBuilder } from '../../build/classic-build.ts';
import { openDisplay, readDisplayMode, type DisplayMode } from '../../build/build-display.ts';
import { fileTree } from '../../build/context-tree.ts';
import {
  exportResults,
  leavesNoResult,
  NO_OUTPUT_WARNING,
  outputNames,
  readOutputs,
  writesFiles,
  type BuildOutput,
} from '../../build/build-output.ts';
import { bootBuilder } from '../../builders/boot.ts';
import { chooseBuilder } from '../../builders/choose.ts';
import type { Builder } from '../../builders/instances.ts';
import { evaluateBuild, readCall, type CallMethod } from '../../build/evaluate-build.ts';
import { sourceExcerpt } from '../../build/failure-report.ts';
import { pushTags } from '../../build/push-tags.ts';
import { readRunSettings } from '../../build/run-settings.ts';
import { writeIDFile, writeMetadata } from '../../build/result-files.ts';
import { CliError, type Command } from '../../command.ts';
import { printLine, type CliContext } from '../../context.ts';
import type { Flags } from '../../flags.ts';

const USAGE_STATUS = 125;

export const buildxBuild: Command = {
  path: ['buildx', 'build'],
  aliases: [['buildx', 'b']],
  otherSpellings: [['build'], ['image', 'build'], ['builder', 'build']],
  otherSummary: 'Build an image from a Dockerfile',
  summary: 'Start a build',
  usage: ['[OPTIONS] PATH | URL | -'],
  arguments: { least: 1, most: 1 },
  flags: BUILD_FLAGS,
  buildx: true,
  async run(context, { called, flags, operands: [where = ''] }) {
    if (called === 'build' && wantsClassicBuilder(context)) return runClassic(context, flags, where);
    const mode = readDisplayMode(context, flags.text('progress'));
    const call = readCall(flags.text('call'), flags.bool('check'));
    const builder = await chooseBuilder(context, called, flags.text('builder'));
    const outputs = readOutputs(context, flags, builder);
    const tags = readTags(flags.given('tag') ? flags.list('tag') : outputNames(flags));
    if (outputs.every(writesFiles) && flags.given('iidfile')) {
      throw buildError('local and tar exporters are incompatible with image ID file');
    }
    const options = { ...(await readOptions(context, flags)), ...readRunSettings(context, flags) };
    const source = await readSource(context, where, flags);
    if (call !== 'build') return runCall(context, call, source, options);
    const prepared = { source, tags, outputs, options, mode: flags.bool('quiet') ? 'quiet' : mode } as const;
    const status = await runBuild(context, flags, { ...prepared, builder: await bootBuilder(context, builder) });
    if (leavesNoResult(builder, flags)) await context.shell.err.write(NO_OUTPUT_WARNING);
    return status;
  },
};

/** Throws {@link CliError} for flags that the classic builder has not, or not here. */
function refuseFlags(flags: Flags): void {
  const unknown = BUILDKIT_ONLY.find((name) => flags.given(name));
  if (unknown !== undefined) {
    const usage = "Usage:  docker build [OPTIONS] PATH | URL | -\n\nRun 'docker build --help' for more information";
    throw new CliError(`unknown flag: --${unknown}\n\n${usage}`, USAGE_STATUS);
  }
  if (flags.bool('squash')) {
    throw new CliError('"--squash" is only supported on a Docker daemon with experimental features enabled');
  }
}

/** The classic builder, whose refusals have no `ERROR:` in front. */
async function runClassic(context: CliContext, flags: Flags, where: string): Promise<number> {
  await printDeprecation(context);
  try {
    refuseFlags(flags);
    const tags = readTags(flags.list('tag'));
    const options = await readOptions(context, flags);
    const { context: tree, dockerfile, dockerfileName } = await readSource(context, where, flags);
    if (dockerfile === undefined) {
      const path = `${resolvePath(where, context.shell.process.cwd)}/${dockerfileName}`;
      throw new CliError(
        `unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${path}: no such file or directory`,
      );
    }
    // a Dockerfile that comes without a context is its only file
    const sent = where === '-' && (tree.root.children?.size ?? 0) === 0 ? fileTree(dockerfileName, dockerfile) : tree;
    const request = {
      ...options,
      dockerfile,
      dockerfileName,
      context: sent,
      tags: tags.map(({ reference }) => reference),
    };
    const removeContainers = !flags.given('rm') || flags.bool('rm');
    const removeFailed = flags.bool('force-rm');
    const id = await runClassicBuild(context, { request, quiet: flags.bool('quiet'), removeContainers, removeFailed });
    if (flags.text('iidfile') !== undefined) writeIDFile(context, flags.text('iidfile') ?? '', id);
    return 0;
  } catch (error) {
    if (error instanceof CliError) throw new CliError(error.message.replace(/^ERROR: /, ''), error.status);
    throw error;
  }
}

/** Answers a question about the Dockerfile; nothing is built. */
async function runCall(
  { shell }: CliContext,
  method: Exclude<CallMethod, 'build'>,
  { dockerfile = '', dockerfileName, context }: BuildSource,
  { target, buildArgs = {} }: PreparedBuild['options'],
): Promise<number> {
  try {
    const { text, status } = evaluateBuild(method, { dockerfile, dockerfileName, context, target, buildArgs });
    await shell.out.write(text);
    return status;
  } catch (error) {
    if (!isEngineError(error, 'dockerfile')) throw error;
    await shell.err.write(sourceExcerpt(error, dockerfileName, dockerfile));
    await shell.err.write(`ERROR: failed to solve: ${error.message}\n`);
    return 1;
  }
}

interface PreparedBuild {
  readonly source: BuildSource;
  readonly tags: readonly BuildTag[];
  readonly outputs: readonly BuildOutput[];
  readonly builder: Builder;
  readonly options: Omit<BuildRequest, 'dockerfile' | 'context'>;
  readonly mode: DisplayMode;
}

async function runBuild(context: CliContext, flags: Flags, build: PreparedBuild): Promise<number> {
  const { source, tags, outputs, mode, builder } = build;
  const quiet = mode === 'quiet';
  const { err } = context.shell;
  let written = Promise.resolve();
  const write = (text: string): void => {
    if (quiet) return;
    written = written.then(() => err.write(text));
    // told to whoever awaits it; an interrupted build awaits nothing
    written.catch(() => undefined);
  };
  const names = new Map(tags.map(({ reference, shown }) => [`naming to ${reference}`, `naming to ${shown}`]));
  const rename = (status: string): string => names.get(status) ?? status;
  const display = openDisplay(context, mode, write, rename, builder);
  const outcome = await outcomeOf(context, build, display.sink).finally(() => display.finish());
  if (outcome.ok) {
    await written;
    const names = tags.map(({ reference }) => reference);
    await exportResults(context, outputs, outcome, names);
    if (flags.bool('push')) await pushTags(context, tags, quiet);
    if (quiet) await printResult(context, outputs, outcome.imageID);
    if (flags.text('iidfile') !== undefined) writeIDFile(context, flags.text('iidfile') ?? '', outcome.imageID);
    if (flags.text('metadata-file') !== undefined) {
      const imageID = outputs.every(writesFiles) ? undefined : outcome.imageID;
      writeMetadata(context, flags.text('metadata-file') ?? '', imageID, tags);
    }
    return 0;
  }
  write(display.failures());
  await written;
  await err.write(sourceExcerpt(outcome.error, source.dockerfileName, source.dockerfile ?? ''));
  await err.write(`ERROR: failed to solve: ${outcome.error.message}\n`);
  return 1;
}

/** What a quiet build prints of what it made: files have no ID. */
async function printResult(context: CliContext, outputs: readonly BuildOutput[], imageID: string): Promise<void> {
  if (!outputs.every(writesFiles)) await printLine(context, imageID);
  else if (outputs.every((output) => !('destination' in output) || output.destination !== '-')) {
    await printLine(context, '');
  }
}

async function outcomeOf(
  context: CliContext,
  { source, tags, outputs, options }: PreparedBuild,
  sink: ProgressSink,
): Promise<BuildOutcome | { readonly ok: false; readonly error: EngineError }> {
  const { dockerfile, dockerfileName } = source;
  if (dockerfile === undefined) return missingDockerfile(context, dockerfileName, sink);
  const request: BuildRequest = {
    ...options,
    dockerfile,
    dockerfileName,
    context: source.context,
    tags: outputs.some(({ kind }) => kind === 'image') ? tags.map(({ reference }) => reference) : [],
  };
  return context.engine.buildImage(request, context.job, sink);
}

/** The builder asks for the Dockerfile, and is sent nothing. */
function missingDockerfile(
  { clock }: CliContext,
  name: string,
  sink: ProgressSink,
): { readonly ok: false; readonly error: EngineError } {
  const id = 'load-definition';
  const [startedMs, completedMs] = [clock.nowMs(), clock.nowMs()];
  const vertex = { id, name: `[internal] load build definition from ${name}`, inputs: [], startedMs, completedMs };
  const transferred = { id: 'transferring dockerfile:', vertex: id, current: 2, total: 0, startedMs, completedMs };
  sink({ vertexes: [vertex], statuses: [transferred] });
  return {
    ok: false,
    error: asEngineError(new Error(`failed to read dockerfile: open ${name}: no such file or directory`)),
  };
}

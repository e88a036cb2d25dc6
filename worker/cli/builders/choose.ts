/** Which builder a command means: `--builder`, BUILDX_BUILDER, or the one in use. */
import { buildError } from '../build/build-inputs.ts';
import type { CliContext } from '../context.ts';
import {
  createdBuilders,
  currentBuilder,
  DEFAULT_BUILDER,
  findCreated,
  type Builder,
  type BuilderNode,
} from './instances.ts';

const BUILDER_VARIABLE = 'BUILDX_BUILDER';
/** The BuildKit within Docker 26.1. */
export const BUILDKIT_VERSION = 'v0.13.2';
export const BUILDKIT_PLATFORMS: readonly string[] = ['linux/amd64'];

/** The builder that is part of the engine. */
const ENGINE_NODE: BuilderNode = {
  name: DEFAULT_BUILDER,
  endpoint: DEFAULT_BUILDER,
  platforms: [],
  driverOptions: {},
  flags: [],
  booted: true,
};
const ENGINE_BUILDER: Builder = { name: DEFAULT_BUILDER, driver: 'docker', nodes: [ENGINE_NODE], activeMs: 0 };

/** Throws {@link CliError} where there is none of the name. */
async function findBuilder(context: CliContext, name: string): Promise<Builder> {
  if (name === DEFAULT_BUILDER) return ENGINE_BUILDER;
  const builder = await findCreated(context, name);
  if (builder === undefined) throw buildError(`no builder ${JSON.stringify(name)} found`);
  return builder;
}

/**
 * The builder a command works with. `docker build` and `docker builder …` mean the engine's own where none is named; only
 * `docker buildx …` follows `docker buildx use`.
 */
export async function chooseBuilder(context: CliContext, called: string, flag: string | undefined): Promise<Builder> {
  const named = flag ?? context.shell.env.get(BUILDER_VARIABLE) ?? '';
  if (named !== '') return findBuilder(context, named);
  return findBuilder(context, called.startsWith('buildx') ? await currentBuilder(context) : DEFAULT_BUILDER);
}

/** All there are, as lists show them: by name, the engine's own among them. */
export async function allBuilders(context: CliContext): Promise<readonly Builder[]> {
  const builders = [...(await createdBuilders(context)), ENGINE_BUILDER];
  return builders.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function isEngineBuilder({ name }: Builder): boolean {
  return name === DEFAULT_BUILDER;
}

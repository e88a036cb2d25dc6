import { buildError, pairOf } from '../../build/build-inputs.ts';
import { bootBuilder } from '../../builders/boot.ts';
import {
  DEFAULT_BUILDER,
  ENGINE_ENDPOINT,
  findCreated,
  saveBuilder,
  setCurrentBuilder,
  type Builder,
  type BuilderNode,
} from '../../builders/instances.ts';
import { checkBuilderName } from '../../builders/names.ts';
import type { Command } from '../../command.ts';
import { printLine, type CliContext } from '../../context.ts';
import type { Flags } from '../../flags.ts';
import { csvFields } from '../../../dockerfile/csv-fields.ts';
import { randomContainerName } from '../../../engine/container-names.ts';

const DRIVER = 'docker-container';
const OTHER_DRIVERS = ['kubernetes', 'remote'];
const DRIVER_OPTIONS = [
  'cgroup-parent',
  'cpu-period',
  'cpu-quota',
  'cpu-shares',
  'cpuset-cpus',
  'cpuset-mems',
  'default-load',
  'gpus',
  'image',
  'memory',
  'memory-swap',
  'network',
  'provenance-add-gha',
  'restart-policy',
];
/** What buildx adds to the flags of every daemon. */
const NETWORK_FLAG = '--allow-insecure-entitlement=network.host';

export const buildxCreate: Command = {
  path: ['buildx', 'create'],
  otherSpellings: [['builder', 'create']],
  summary: 'Create a new builder instance',
  usage: ['[OPTIONS] [CONTEXT|ENDPOINT]'],
  arguments: { least: 0, most: 1 },
  buildx: true,
  flags: [
    { name: 'append', kind: 'bool', help: 'Append a node to builder instead of changing it' },
    { name: 'bootstrap', kind: 'bool', help: 'Boot builder after creation' },
    { name: 'buildkitd-config', kind: 'string', help: 'BuildKit daemon config file' },
    { name: 'buildkitd-flags', kind: 'string', help: 'BuildKit daemon flags' },
    {
      name: 'driver',
      kind: 'string',
      help: 'Driver to use (available: "docker-container", "kubernetes", "remote")',
    },
    { name: 'driver-opt', kind: 'stringArray', help: 'Options for the driver' },
    { name: 'leave', kind: 'bool', help: 'Remove a node from builder instead of changing it' },
    { name: 'name', kind: 'string', help: 'Builder instance name' },
    { name: 'node', kind: 'string', help: 'Create/modify node with given name' },
    { name: 'platform', kind: 'stringArray', help: 'Fixed platforms for current node' },
    { name: 'use', kind: 'bool', help: 'Set the current builder instance' },
  ],
  async run(context, { flags, operands: [endpoint = ENGINE_ENDPOINT] }) {
    const given = flags.text('name') ?? '';
    if (given === DEFAULT_BUILDER) {
      throw buildError('default is a reserved name and cannot be used to identify builder instance');
    }
    if (flags.bool('append') && given === '') throw buildError('append requires a builder name');
    if (flags.bool('leave') && given === '') throw buildError('leave requires instance name');
    checkDriver(flags.text('driver') ?? DRIVER);
    if (given !== '') checkBuilderName(given);
    const existing = await findCreated(context, given);
    const name = given === '' ? randomContainerName(context.shell.process.kernel.random, new Set()) : given;
    const changed = flags.bool('leave')
      ? withoutNode(existing, name, flags)
      : withNode(context, existing, name, endpoint, flags);
    saveBuilder(context, changed);
    if (flags.bool('use')) setCurrentBuilder(context, name);
    if (flags.bool('bootstrap')) await bootBuilder(context, changed);
    await printLine(context, name);
    return 0;
  },
};

/** Throws {@link CliError} for a driver that is unknown, or that needs what a page has not. */
function checkDriver(driver: string): void {
  if (driver === DRIVER) return;
  if (driver === 'docker') throw buildError('additional instances of driver "docker" cannot be created');
  if (!OTHER_DRIVERS.includes(driver)) throw buildError(`failed to find driver ${JSON.stringify(driver)}`);
  throw buildError(
    `the ${driver} driver reaches out of the page, which Strata cannot: docker-container can be recorded`,
  );
}

function withoutNode(existing: Builder | undefined, name: string, flags: Flags): Builder {
  if (existing === undefined) throw buildError(`failed to find instance ${JSON.stringify(name)} for leave`);
  const node = flags.text('node') ?? '';
  if (node === '') throw buildError('leave requires node name');
  const nodes = existing.nodes.filter((other) => other.name !== node);
  if (nodes.length === existing.nodes.length) throw buildError(`node ${JSON.stringify(node)} not found for ${name}`);
  return { ...existing, nodes };
}

function withNode(
  context: CliContext,
  existing: Builder | undefined,
  name: string,
  endpoint: string,
  flags: Flags,
): Builder {
  const append = flags.bool('append');
  const wanted = flags.text('node') ?? '';
  if (existing === undefined && append) {
    throw buildError(`failed to find instance ${JSON.stringify(name)} for append`);
  }
  if (existing !== undefined && !append && wanted === '') {
    throw buildError(
      `existing instance for ${JSON.stringify(name)} but no append mode, specify the node name to make changes for existing instances`,
    );
  }
  const nodes = existing?.nodes ?? [];
  const node: BuilderNode = {
    name: wanted === '' ? `${name}${nodes.length}` : wanted,
    endpoint,
    platforms: flags.list('platform').flatMap((list) => list.split(',')),
    driverOptions: driverOptions(flags, `${name} (${wanted === '' ? `${name}${nodes.length}` : wanted})`),
    flags: [...(flags.text('buildkitd-flags') ?? '').split(/\s+/).filter((word) => word !== ''), NETWORK_FLAG],
    booted: false,
  };
  const others = nodes.filter((other) => other.name !== node.name);
  if (others.some((other) => other.endpoint === endpoint)) throw buildError(`invalid duplicate endpoint ${endpoint}`);
  return { name, driver: DRIVER, nodes: [...others, node], activeMs: context.clock.nowMs() };
}

function driverOptions(flags: Flags, node: string): Readonly<Record<string, string>> {
  const options = flags.list('driver-opt').flatMap((list) => csvFields(list).map((field) => pairOf(field)));
  const unknown = options.find(([name]) => !DRIVER_OPTIONS.includes(name) && !name.startsWith('env.'));
  if (unknown !== undefined) {
    throw buildError(
      `failed to initialize builder ${node}: invalid driver option ${unknown[0]} for docker-container driver`,
    );
  }
  return Object.fromEntries(options);
}

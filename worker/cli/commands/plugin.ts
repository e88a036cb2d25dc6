/** `docker plugin`: the engine has none, and none can be put into a page. */
import { EngineError } from '../../base/errors.ts';
import { CliError, type Command } from '../command.ts';
import { LIST_FORMAT_HELP, OBJECT_FORMAT_HELP } from '../help-texts.ts';
import { inspectObjects } from '../inspection.ts';
import { printListing } from '../listing-output.ts';

type Run = Command['run'];

const HEADERS: ReadonlyMap<string, string> = new Map([
  ['ID', 'ID'],
  ['Name', 'NAME'],
  ['Description', 'DESCRIPTION'],
  ['Enabled', 'ENABLED'],
  ['PluginReference', 'PLUGIN REFERENCE'],
]);
const TABLE = 'table {{.ID}}\t{{.Name}}\t{{.Description}}\t{{.Enabled}}';

const listPlugins: Run = async (context, { flags }) => {
  const given = flags.text('format') ?? '';
  const plain = given === '' || given === 'table';
  const format = !plain ? given : flags.bool('quiet') ? '{{.ID}}' : TABLE;
  await printListing(context, { format, headers: HEADERS, rows: [] });
  return 0;
};

const missing = (name: string): EngineError => new EngineError('not-found', `plugin "${name}" not found`);

const noPlugin: Run = (_context, { operands: [name = ''] }) => Promise.reject(missing(name));

const inspectPlugins: Run = (context, { flags, operands }) =>
  inspectObjects(context, operands, flags.text('format') ?? '', (name) => Promise.reject(missing(name)));

const refuseInstall: Run = () =>
  Promise.reject(new CliError('Plugins are programs of a Docker host, and cannot be installed in a page'));

export const pluginCommands: readonly Command[] = [
  {
    path: ['plugin', 'disable'],
    summary: 'Disable a plugin',
    usage: ['[OPTIONS] PLUGIN'],
    arguments: { least: 1, most: 1 },
    flags: [{ name: 'force', short: 'f', kind: 'bool', help: 'Force the disable of an active plugin' }],
    run: noPlugin,
  },
  {
    path: ['plugin', 'enable'],
    summary: 'Enable a plugin',
    usage: ['[OPTIONS] PLUGIN'],
    arguments: { least: 1, most: 1 },
    flags: [{ name: 'timeout', kind: 'int', help: 'HTTP client timeout (in seconds)', default: '30' }],
    run: noPlugin,
  },
  {
    path: ['plugin', 'inspect'],
    summary: 'Display detailed information on one or more plugins',
    usage: ['[OPTIONS] PLUGIN [PLUGIN...]'],
    arguments: { least: 1, most: Infinity },
    flags: [{ name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP }],
    run: inspectPlugins,
  },
  {
    path: ['plugin', 'ls'],
    aliases: [['plugin', 'list']],
    summary: 'List plugins',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [
      { name: 'filter', short: 'f', kind: 'filter', help: 'Provide filter values (e.g. "enabled=true")' },
      { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
      { name: 'no-trunc', kind: 'bool', help: "Don't truncate output" },
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display plugin IDs' },
    ],
    run: listPlugins,
  },
  {
    path: ['plugin', 'push'],
    summary: 'Push a plugin to a registry',
    usage: ['[OPTIONS] PLUGIN[:TAG]'],
    arguments: { least: 1, most: 1 },
    flags: [{ name: 'disable-content-trust', kind: 'bool', help: 'Skip image signing', default: 'true' }],
    run: noPlugin,
  },
  {
    path: ['plugin', 'rm'],
    aliases: [['plugin', 'remove']],
    summary: 'Remove one or more plugins',
    usage: ['[OPTIONS] PLUGIN [PLUGIN...]'],
    arguments: { least: 1, most: Infinity },
    flags: [{ name: 'force', short: 'f', kind: 'bool', help: 'Force the removal of an active plugin' }],
    run: noPlugin,
  },
  {
    path: ['plugin', 'set'],
    summary: 'Change settings for a plugin',
    usage: ['PLUGIN KEY=VALUE [KEY=VALUE...]'],
    arguments: { least: 2, most: Infinity },
    flags: [],
    run: noPlugin,
  },
  {
    path: ['plugin', 'upgrade'],
    summary: 'Upgrade an existing plugin',
    usage: ['[OPTIONS] PLUGIN [REMOTE]'],
    arguments: { least: 1, most: 2 },
    flags: [
      { name: 'disable-content-trust', kind: 'bool', help: 'Skip image verification', default: 'true' },
      { name: 'grant-all-permissions', kind: 'bool', help: 'Grant all permissions necessary to run the plugin' },
      {
        name: 'skip-remote-check',
        kind: 'bool',
        help: 'Do not check if specified remote plugin matches existing plugin image',
      },
    ],
    run: noPlugin,
  },
  {
    path: ['plugin', 'install'],
    summary: 'Install a plugin',
    usage: ['[OPTIONS] PLUGIN [KEY=VALUE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [
      { name: 'alias', kind: 'string', help: 'Local name for plugin' },
      { name: 'disable', kind: 'bool', help: 'Do not enable the plugin on install' },
      { name: 'disable-content-trust', kind: 'bool', help: 'Skip image verification', default: 'true' },
      { name: 'grant-all-permissions', kind: 'bool', help: 'Grant all permissions necessary to run the plugin' },
    ],
    run: refuseInstall,
  },
  {
    path: ['plugin', 'create'],
    summary:
      'Create a plugin from a rootfs and configuration. Plugin data directory must contain config.json and rootfs directory.',
    usage: ['[OPTIONS] PLUGIN PLUGIN-DATA-DIR'],
    arguments: { least: 2, most: 2 },
    flags: [{ name: 'compress', kind: 'bool', help: 'Compress the context using gzip' }],
    run: refuseInstall,
  },
];

/** `docker context`: the one there is, the engine of the page. */
import { utf8 } from '../../base/bytes.ts';
import { childPath, parentPath } from '../../base/path.ts';
import { sha256OfSmall } from '../../codec/sha256.ts';
import { digestHex, sha256Digest } from '../../oci/digest.ts';
import { configPath } from '../client-config.ts';
import { CliError, type Command, type FlagSpec } from '../command.ts';
import { printLine, type CliContext } from '../context.ts';
import { LIST_FORMAT_HELP, OBJECT_FORMAT_HELP } from '../help-texts.ts';
import { inspectObjects, type InspectedObject } from '../inspection.ts';
import { listingRow, printListing } from '../listing-output.ts';
import { ANY, mapOf, STRING, structField, structType } from '../template/go-type.ts';

type Run = Command['run'];

const DEFAULT = 'default';
const DESCRIPTION = 'Current DOCKER_HOST based configuration';
const HOST = 'unix:///var/run/docker.sock';
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/;

const TABLE = 'table {{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t{{.Error}}';
const HEADERS: ReadonlyMap<string, string> = new Map([
  ['Name', 'NAME'],
  ['Description', 'DESCRIPTION'],
  ['DockerEndpoint', 'DOCKER ENDPOINT'],
  ['Error', 'ERROR'],
  ['Current', ''],
]);

const CONTEXT = structType('context.contextWithTLSListing', [
  structField('Name', STRING),
  structField('Metadata', mapOf(STRING, ANY)),
  structField('Endpoints', mapOf(STRING, ANY)),
  structField('TLSMaterial', mapOf(STRING, ANY)),
  structField('Storage', structType('store.StorageInfo', [structField('MetadataPath', STRING), structField('TLSPath', STRING)])), // prettier-ignore
]);
const IN_MEMORY = '<IN MEMORY>';
const DEFAULT_CONTEXT: InspectedObject = {
  type: CONTEXT,
  object: {
    Name: DEFAULT,
    Metadata: {},
    Endpoints: { docker: { Host: HOST, SkipTLSVerify: false } },
    TLSMaterial: {},
    Storage: { MetadataPath: IN_MEMORY, TLSPath: IN_MEMORY },
  },
};

const showContext: Run = async (context) => {
  await printLine(context, DEFAULT);
  return 0;
};

const listContexts: Run = async (context, { flags }) => {
  const given = flags.text('format') ?? '';
  const plain = given === '' || given === 'table';
  const format = !plain ? given : flags.bool('quiet') ? '{{.Name}}' : TABLE;
  const row = listingRow('formatter.clientContextContext', {
    Current: 'true',
    Description: DESCRIPTION,
    DockerEndpoint: HOST,
    Error: '',
    Name: DEFAULT,
  });
  await printListing(context, { format, headers: HEADERS, rows: [row] });
  return 0;
};

const inspectContexts: Run = (context, { flags, operands }) => {
  const names = operands.length === 0 ? [DEFAULT] : operands;
  return inspectObjects(context, names, flags.text('format') ?? '', (name) =>
    name === DEFAULT ? Promise.resolve(DEFAULT_CONTEXT) : Promise.reject(missing(context, name)),
  );
};

const useContext: Run = async (context, { operands: [name = ''] }) => {
  if (name !== DEFAULT) throw missing(context, name);
  await printLine(context, DEFAULT);
  await context.shell.out.flush();
  await context.shell.err.write(`Current context is now "${DEFAULT}"\n`);
  return 0;
};

const createContext: Run = (_context, { operands: [name = ''] }) => {
  if (name === DEFAULT) return Promise.reject(reserved());
  const problem = NAME.test(name)
    ? 'There is one engine here, that of the page: no other context can be made'
    : `context name ${JSON.stringify(name)} is invalid, names are validated against regexp "${NAME.source}"`;
  return Promise.reject(new CliError(problem));
};

const updateContext: Run = (context, { operands: [name = ''] }) =>
  Promise.reject(name === DEFAULT ? reserved() : missing(context, name));

const removeContexts: Run = (_context, { operands }) => {
  const problems = operands.map((name) =>
    name === DEFAULT ? `context "${DEFAULT}" cannot be removed` : `context ${JSON.stringify(name)} does not exist`,
  );
  return Promise.reject(new CliError(problems.join('\n')));
};

const refuseOther: Run = (context, { operands: [name = ''] }) =>
  Promise.reject(
    name === DEFAULT ? new CliError('The engine of a page cannot be reached from outside it') : missing(context, name),
  );

const reserved = (): CliError => new CliError(`"${DEFAULT}" is a reserved context name`);

/** Docker names the file it looked for. */
function missing(context: CliContext, name: string): CliError {
  const id = digestHex(sha256Digest(sha256OfSmall(utf8(name))));
  const file = `${childPath(parentPath(configPath(context)), 'contexts')}/meta/${id}/meta.json`;
  return new CliError(`context ${JSON.stringify(name)}: context not found: open ${file}: no such file or directory`);
}

/** What `create` and `update` tell of their `--docker`. */
const endpointHelp = (summary: string, command: string): string => `${summary}

Docker endpoint config:

NAME                DESCRIPTION
from                Copy named context's Docker endpoint configuration
host                Docker endpoint on which to connect
ca                  Trust certs signed only by this CA
cert                Path to TLS certificate file
key                 Path to TLS key file
skip-tls-verify     Skip TLS certificate validation

Example:

$ docker context ${command} my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`;

const ENDPOINT_FLAGS: readonly FlagSpec[] = [
  { name: 'description', kind: 'string', help: 'Description of the context' },
  { name: 'docker', kind: 'string', valueName: 'stringToString', help: 'set the docker endpoint', default: '[]' },
];

export const contextCommands: readonly Command[] = [
  {
    path: ['context', 'inspect'],
    summary: 'Display detailed information on one or more contexts',
    usage: ['[OPTIONS] [CONTEXT] [CONTEXT...]'],
    arguments: { least: 0, most: Infinity },
    flags: [{ name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP }],
    run: inspectContexts,
  },
  {
    path: ['context', 'ls'],
    aliases: [['context', 'list']],
    summary: 'List contexts',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [
      { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Only show context names' },
    ],
    run: listContexts,
  },
  {
    path: ['context', 'show'],
    summary: 'Print the name of the current context',
    usage: [''],
    arguments: { least: 0, most: 0 },
    flags: [],
    run: showContext,
  },
  {
    path: ['context', 'use'],
    summary: 'Set the current docker context',
    usage: ['CONTEXT'],
    arguments: { least: 1, most: 1 },
    flags: [],
    run: useContext,
  },
  {
    path: ['context', 'create'],
    summary: 'Create a context',
    description: endpointHelp('Create a context', 'create'),
    usage: ['[OPTIONS] CONTEXT'],
    arguments: { least: 1, most: 1 },
    flags: [...ENDPOINT_FLAGS, { name: 'from', kind: 'string', help: 'create context from a named context' }],
    run: createContext,
  },
  {
    path: ['context', 'export'],
    summary: 'Export a context to a tar archive FILE or a tar stream on STDOUT.',
    usage: ['[OPTIONS] CONTEXT [FILE|-]'],
    arguments: { least: 1, most: 2 },
    flags: [],
    run: refuseOther,
  },
  {
    path: ['context', 'import'],
    summary: 'Import a context from a tar or zip file',
    usage: ['CONTEXT FILE|-'],
    arguments: { least: 2, most: 2 },
    flags: [],
    run: createContext,
  },
  {
    path: ['context', 'rm'],
    aliases: [['context', 'remove']],
    summary: 'Remove one or more contexts',
    usage: ['CONTEXT [CONTEXT...]'],
    arguments: { least: 1, most: Infinity },
    flags: [{ name: 'force', short: 'f', kind: 'bool', help: 'Force the removal of a context in use' }],
    run: removeContexts,
  },
  {
    path: ['context', 'update'],
    summary: 'Update a context',
    description: endpointHelp('Update a context', 'update'),
    usage: ['[OPTIONS] CONTEXT'],
    arguments: { least: 1, most: 1 },
    flags: ENDPOINT_FLAGS,
    run: updateContext,
  },
];

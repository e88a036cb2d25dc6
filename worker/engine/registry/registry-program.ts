/** The program `registry`: serves images over the files of its container, and collects garbage among them. */
import { hex } from '../../base/bytes.ts';
import { collectGarbage } from '../../registry/serve/garbage-collect.ts';
import { RegistryLog, type LogFields } from '../../registry/serve/log.ts';
import { createRegistryServer } from '../../registry/serve/server.ts';
import { RegistryStorage } from '../../registry/serve/storage.ts';
import type { Applet } from '../../shell/applets/applet.ts';
import type { AppletContext } from '../../shell/applets/context.ts';
import { descriptorLog, listenAt, logsWritten, untilSignal } from '../../shell/http/serving.ts';
import { readConfiguration, type RegistryConfiguration } from './configuration.ts';
import { kernelRegistryFiles } from './kernel-files.ts';

/** What the images' programs say of themselves, by the version of the image. */
const GO_VERSIONS: Readonly<Record<string, string>> = { '2': 'go1.20.8', '3': 'go1.23.7' };
const MODULES: Readonly<Record<string, string>> = {
  '2': 'github.com/docker/distribution',
  '3': 'github.com/distribution/distribution/v3',
};
/** Where the image of version 3 keeps its configuration; version 2 has another place. */
const CONFIGURATION_OF_3 = '/etc/distribution/config.yml';
const SECRET_MISSING =
  'No HTTP secret provided - generated random secret. This may cause problems with uploads if multiple registries are behind a load-balancer. To provide a shared secret, fill in http.secret in the configuration file or set the REGISTRY_HTTP_SECRET environment variable.';
const PURGE_AFTER_MINUTES = 60;
/** Go programs end so when they are told to and do not mind. */
const TERMINATED_STATUS = 2;
const LISTEN_FAILED_STATUS = 1;

const USAGE = `\`registry\`

Usage:
  registry [flags]
  registry [command]

Available Commands:
  completion      Generate the autocompletion script for the specified shell
  garbage-collect \`garbage-collect\` deletes layers not referenced by any manifests
  help            Help about any command
  serve           \`serve\` stores and distributes Docker images

Flags:
  -h, --help      help for registry
  -v, --version   show the version and exit

Use "registry [command] --help" for more information about a command.
`;

export const registryProgram: Applet = {
  names: ['registry', 'docker-registry'],
  summary: 'Stores and distributes images',
  usage: 'serve CONFIG | garbage-collect [-d] [-m] CONFIG',
  async run(context) {
    const [command, ...words] = context.args;
    const flags = words.filter((word) => word.startsWith('-'));
    const path = words.find((word) => !word.startsWith('-'));
    if (command === '-v' || command === '--version') {
      const { version, module } = release(context);
      await context.out.write(`${context.process.argv[0] ?? 'registry'} ${module} ${version}\n`);
      return 0;
    }
    if (command === 'serve' || command === 'garbage-collect') {
      const configuration = await configurationOf(context, path);
      if (typeof configuration === 'number') return configuration;
      return command === 'serve' ? serve(context, configuration) : collect(context, configuration, flags);
    }
    await context.out.write(USAGE);
    return 0;
  },
};

interface Release {
  readonly version: string;
  readonly goVersion: string;
  readonly module: string;
}

/** Which registry this is, by the files of its image. */
function release({ files }: AppletContext): Release {
  const major = files.find(CONFIGURATION_OF_3) === undefined ? '2' : '3';
  return {
    version: major === '3' ? 'v3.0.0' : '2.8.3',
    goVersion: GO_VERSIONS[major] ?? '',
    module: MODULES[major] ?? '',
  };
}

/** The configuration, or the status the program ends with without one. */
async function configurationOf(
  context: AppletContext,
  path: string | undefined,
): Promise<RegistryConfiguration | number> {
  const named = path ?? context.env.get('REGISTRY_CONFIGURATION_PATH');
  const fail = async (problem: string): Promise<number> => {
    await context.err.write(`configuration error: ${problem}\n${USAGE}`);
    return 1;
  };
  if (named === undefined) return fail('configuration path unspecified');
  if (context.files.find(named)?.inode.kind !== 'file') return fail(`open ${named}: no such file or directory`);
  const input = await context.open(named);
  const configuration = readConfiguration(await input.text(), context.env);
  input.close();
  return configuration ?? fail(`error parsing ${named}: version  not found`);
}

function logOf(context: AppletContext, configuration: RegistryConfiguration): RegistryLog {
  const { process } = context;
  const { goVersion, version } = release(context);
  const [out, err] = [descriptorLog(process, 1), descriptorLog(process, 2)];
  const fields: LogFields = {
    ...configuration.logFields,
    'go.version': goVersion,
    'instance.id': hex(process.kernel.random.bytes(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    version,
  };
  const output = { access: (line: string) => out.write(line), entry: (line: string) => err.write(line) };
  return new RegistryLog(output, process.kernel.clock, configuration.logLevel, fields);
}

async function serve(context: AppletContext, configuration: RegistryConfiguration): Promise<number> {
  const { process, files } = context;
  const { clock, random } = process.kernel;
  const log = logOf(context, configuration);
  const [byte = 0] = random.bytes(1);
  if (configuration.secretMissing) log.warning(SECRET_MISSING);
  log.info('redis not configured');
  log.info(`Starting upload purge in ${byte % PURGE_AFTER_MINUTES}m0s`);
  log.info('using inmemory blob descriptor cache');
  const server = createRegistryServer({
    files: kernelRegistryFiles(files, configuration.rootDirectory),
    clock,
    random,
    log,
    deleteEnabled: configuration.deleteEnabled,
    headers: configuration.headers,
    goVersion: release(context).goVersion,
  });
  const { address, port } = configuration;
  if (!listenAt(process, port, server, { hasPages: false })) {
    log.error(`listen tcp ${address}: bind: address already in use`);
    return LISTEN_FAILED_STATUS;
  }
  log.info(`listening on ${address.startsWith(':') ? `[::]${address}` : address}`);
  await untilSignal(process, ['TERM', 'INT']);
  return TERMINATED_STATUS;
}

async function collect(
  context: AppletContext,
  configuration: RegistryConfiguration,
  flags: readonly string[],
): Promise<number> {
  const has = (...names: readonly string[]): boolean => flags.some((flag) => names.includes(flag));
  const log = logOf(context, configuration);
  const out = descriptorLog(context.process, 1);
  await collectGarbage(new RegistryStorage(kernelRegistryFiles(context.files, configuration.rootDirectory)), {
    dryRun: has('-d', '--dry-run'),
    deleteUntagged: has('-m', '--delete-untagged', '--delete-untagged=true'),
    print: (line) => out.write(line),
    note: (message) => log.info(message),
  });
  await context.process.waitFor(logsWritten(context.process));
  return 0;
}

import type { JsonValue } from '../../../base/json.ts';
import type { Command } from '../../command.ts';
import { daemonConfig, type DaemonConfig } from '../../daemon-config.ts';
import { binarySize } from '../../format/human-size.ts';
import { CLIENT_VERSION } from '../../global-options.ts';
import { OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { formatObject } from '../../objects-output.ts';

export const systemInfo: Command = {
  path: ['system', 'info'],
  aliases: [['info']],
  summary: 'Display system-wide information',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [{ name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP }],
  async run(context, { flags }) {
    const { docker, shell } = context;
    const info = withDaemonConfig(await docker.system.info(), await daemonConfig(context));
    const format = flags.text('format') ?? '';
    const client = { Debug: false, Version: CLIENT_VERSION, Context: 'default', Plugins: [] };
    if (format !== '')
      await shell.out.write(
        formatObject(
          format,
          { ...(info as Readonly<Record<string, JsonValue>>), ClientInfo: client },
          { typeName: 'system.dockerInfo' },
        ),
      );
    else await shell.out.write(infoText(info));
    return 0;
  },
};

function infoText(info: Readonly<Record<string, unknown>>): string {
  const text = (name: string): string => {
    const value = info[name];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  };
  const mirrors = registries(info, 'Mirrors');
  const lines = [
    'Client:',
    ` Version:    ${CLIENT_VERSION}`,
    ' Context:    default',
    ' Debug Mode: false',
    '',
    'Server:',
    ` Containers: ${text('Containers')}`,
    `  Running: ${text('ContainersRunning')}`,
    `  Paused: ${text('ContainersPaused')}`,
    `  Stopped: ${text('ContainersStopped')}`,
    ` Images: ${text('Images')}`,
    ` Server Version: ${text('ServerVersion')}`,
    ` Storage Driver: ${text('Driver')}`,
    ...pairs(info['DriverStatus']).map(([name, value]) => `  ${name}: ${value}`),
    ` Logging Driver: ${text('LoggingDriver')}`,
    ` Cgroup Driver: ${text('CgroupDriver')}`,
    ` Cgroup Version: ${text('CgroupVersion')}`,
    ' Plugins:',
    `  Volume: ${pluginNames(info, 'Volume')}`,
    `  Network: ${pluginNames(info, 'Network')}`,
    `  Log: ${pluginNames(info, 'Log')}`,
    ' Swarm: inactive',
    ` Default Runtime: ${text('DefaultRuntime')}`,
    ` Init Binary: ${text('InitBinary')}`,
    ` Kernel Version: ${text('KernelVersion')}`,
    ` Operating System: ${text('OperatingSystem')}`,
    ` OSType: ${text('OSType')}`,
    ` Architecture: ${text('Architecture')}`,
    ` CPUs: ${text('NCPU')}`,
    ` Total Memory: ${binarySize(Number(info['MemTotal']))}`,
    ` Name: ${text('Name')}`,
    ` ID: ${text('ID')}`,
    ` Docker Root Dir: ${text('DockerRootDir')}`,
    ` Debug Mode: ${text('Debug')}`,
    ` Experimental: ${text('ExperimentalBuild')}`,
    ' Insecure Registries:',
    ...registries(info, 'Insecure').map((address) => `  ${address}`),
    '  127.0.0.0/8',
    ...(mirrors.length === 0 ? [] : [' Registry Mirrors:', ...mirrors.map((address) => `  ${address}`)]),
    ` Live Restore Enabled: ${text('LiveRestoreEnabled')}`,
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** What `daemon.json` says of registries, as the daemon tells it. */
function withDaemonConfig(
  info: Readonly<Record<string, unknown>>,
  { registryMirrors, insecureRegistries }: DaemonConfig,
): Readonly<Record<string, unknown>> {
  const { RegistryConfig: own } = info;
  return {
    ...info,
    RegistryConfig: {
      ...(typeof own === 'object' ? own : {}),
      IndexConfigs: Object.fromEntries(
        insecureRegistries.map((name) => [name, { Mirrors: [], Name: name, Official: false, Secure: false }]),
      ),
      Mirrors: registryMirrors.map((mirror) => (mirror.endsWith('/') ? mirror : `${mirror}/`)),
    },
  };
}

function registries(info: Readonly<Record<string, unknown>>, what: 'Insecure' | 'Mirrors'): readonly string[] {
  const config = info['RegistryConfig'];
  if (typeof config !== 'object' || config === null) return [];
  const found: unknown = Reflect.get(config, what === 'Mirrors' ? 'Mirrors' : 'IndexConfigs');
  if (Array.isArray(found)) return found.map(String);
  return typeof found === 'object' && found !== null ? Object.keys(found) : [];
}

function pairs(value: unknown): (readonly [string, string])[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((pair: unknown) => (Array.isArray(pair) ? [[String(pair[0]), String(pair[1])] as const] : []));
}

function pluginNames(info: Readonly<Record<string, unknown>>, kind: string): string {
  const plugins = info['Plugins'];
  const names: unknown = typeof plugins === 'object' && plugins !== null ? Reflect.get(plugins, kind) : undefined;
  return Array.isArray(names) ? names.map(String).join(' ') : '';
}

import type { JsonValue } from '../../../base/json.ts';
import type { Command } from '../../command.ts';
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
  async run({ docker, shell }, { flags }) {
    const info = await docker.system.info();
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
    '  127.0.0.0/8',
    ` Live Restore Enabled: ${text('LiveRestoreEnabled')}`,
    '',
  ];
  return `${lines.join('\n')}\n`;
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

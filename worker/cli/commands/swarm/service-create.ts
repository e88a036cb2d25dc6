/** `docker service create`: what asks of a swarm's services, which this engine is no manager of. */
import type { Command, FlagSpec } from '../../command.ts';
import { noSwarm } from './no-swarm.ts';
import { SERVICE_FLAGS } from './service-flags.ts';

/** What help tells of the flags that `update` has without a default. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['endpoint-mode', '"vip"'],
  ['restart-condition', '"any"'],
  ['restart-delay', '5s'],
  ['rollback-delay', '0s'],
  ['rollback-failure-action', '"pause"'],
  ['rollback-max-failure-ratio', '0'],
  ['rollback-monitor', '5s'],
  ['rollback-order', '"stop-first"'],
  ['rollback-parallelism', '1'],
  ['stop-grace-period', '10s'],
  ['update-delay', '0s'],
  ['update-failure-action', '"pause"'],
  ['update-max-failure-ratio', '0'],
  ['update-monitor', '5s'],
  ['update-order', '"stop-first"'],
  ['update-parallelism', '1'],
]);

function withDefault(flag: FlagSpec): FlagSpec {
  const value = DEFAULTS.get(flag.name);
  return value === undefined ? flag : { ...flag, default: value };
}

export const serviceCreate: Command = {
  path: ['service', 'create'],
  summary: 'Create a new service',
  usage: ['[OPTIONS] IMAGE [COMMAND] [ARG...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    ...SERVICE_FLAGS.map(withDefault),
    { name: 'config', kind: 'list', valueName: 'config', help: 'Specify configurations to expose to the service' },
    { name: 'constraint', kind: 'list', help: 'Placement constraints' },
    { name: 'container-label', kind: 'list', help: 'Container labels' },
    { name: 'dns', kind: 'list', help: 'Set custom DNS servers' },
    { name: 'dns-option', kind: 'list', help: 'Set DNS options' },
    { name: 'dns-search', kind: 'list', help: 'Set custom DNS search domains' },
    { name: 'env', short: 'e', kind: 'list', help: 'Set environment variables' },
    { name: 'env-file', kind: 'list', help: 'Read in a file of environment variables' },
    { name: 'generic-resource', kind: 'list', help: 'User defined resources' },
    { name: 'group', kind: 'list', help: 'Set one or more supplementary user groups for the container' },
    { name: 'host', kind: 'list', help: 'Set one or more custom host-to-IP mappings (host:ip)' },
    { name: 'label', short: 'l', kind: 'list', help: 'Service labels' },
    {
      name: 'mode',
      kind: 'string',
      help: 'Service mode ("replicated", "global", "replicated-job", "global-job")',
      default: '"replicated"',
    },
    { name: 'mount', kind: 'list', valueName: 'mount', help: 'Attach a filesystem mount to the service' },
    { name: 'name', kind: 'string', help: 'Service name' },
    { name: 'network', kind: 'list', valueName: 'network', help: 'Network attachments' },
    { name: 'placement-pref', kind: 'string', valueName: 'pref', help: 'Add a placement preference' },
    { name: 'publish', short: 'p', kind: 'list', valueName: 'port', help: 'Publish a port as a node port' },
    { name: 'secret', kind: 'list', valueName: 'secret', help: 'Specify secrets to expose to the service' },
    { name: 'sysctl', kind: 'list', help: 'Sysctl options' },
    { name: 'ulimit', kind: 'list', valueName: 'ulimit', help: 'Ulimit options', default: '[]' },
  ],
  flagsFirst: true,
  run: noSwarm,
};

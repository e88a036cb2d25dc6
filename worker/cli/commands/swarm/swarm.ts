/** `docker swarm`: what asks of a swarm, which this engine is no manager of. */
import type { Command, FlagSpec } from '../../command.ts';
import { QUIET_PROGRESS_FLAG } from './flags.ts';
import { noSwarm, notInSwarm, refuseSwarm, withPrefix } from './no-swarm.ts';

/** Who signs the certificates of a swarm's nodes, and for how long. */
const CERTIFICATE_FLAGS: readonly FlagSpec[] = [
  {
    name: 'cert-expiry',
    kind: 'duration',
    help: 'Validity period for node certificates (ns|us|ms|s|m|h)',
    default: '2160h0m0s',
  },
  {
    name: 'external-ca',
    kind: 'list',
    valueName: 'external-ca',
    help: 'Specifications of one or more certificate signing endpoints',
  },
];

/** What holds for a whole swarm, from when it is made. */
const CLUSTER_FLAGS: readonly FlagSpec[] = [
  ...CERTIFICATE_FLAGS,
  {
    name: 'dispatcher-heartbeat',
    kind: 'duration',
    help: 'Dispatcher heartbeat period (ns|us|ms|s|m|h)',
    default: '5s',
  },
  { name: 'max-snapshots', kind: 'uint', help: 'Number of additional Raft snapshots to retain' },
  {
    name: 'snapshot-interval',
    kind: 'uint',
    help: 'Number of log entries between Raft snapshots',
    default: '10000',
  },
  { name: 'task-history-limit', kind: 'int', help: 'Task history retention limit', default: '5' },
];

/** What a node tells of itself, whether it makes a swarm or joins one. */
const NODE_FLAGS: readonly FlagSpec[] = [
  { name: 'advertise-addr', kind: 'string', help: 'Advertised address (format: "<ip|interface>[:port]")' },
  {
    name: 'availability',
    kind: 'string',
    help: 'Availability of the node ("active", "pause", "drain")',
    default: '"active"',
  },
  {
    name: 'data-path-addr',
    kind: 'string',
    help: 'Address or interface to use for data path traffic (format: "<ip|interface>")',
  },
  {
    name: 'listen-addr',
    kind: 'string',
    valueName: 'node-addr',
    help: 'Listen address (format: "<ip|interface>[:port]")',
    default: '0.0.0.0:2377',
  },
];

export const swarmCommands: readonly Command[] = [
  {
    path: ['swarm', 'ca'],
    summary: 'Display and rotate the root CA',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [
      ...CERTIFICATE_FLAGS,
      {
        name: 'ca-cert',
        kind: 'string',
        valueName: 'pem-file',
        help: 'Path to the PEM-formatted root CA certificate to use for the new cluster',
      },
      {
        name: 'ca-key',
        kind: 'string',
        valueName: 'pem-file',
        help: 'Path to the PEM-formatted root CA key to use for the new cluster',
      },
      {
        name: 'detach',
        short: 'd',
        kind: 'bool',
        help: 'Exit immediately instead of waiting for the root rotation to converge',
      },
      QUIET_PROGRESS_FLAG,
      {
        name: 'rotate',
        kind: 'bool',
        help: 'Rotate the swarm CA - if no certificate or key are provided, new ones will be generated',
      },
    ],
    run: noSwarm,
  },
  {
    path: ['swarm', 'init'],
    summary: 'Initialize a swarm',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [
      ...NODE_FLAGS,
      ...CLUSTER_FLAGS,
      {
        name: 'autolock',
        kind: 'bool',
        help: 'Enable manager autolocking (requiring an unlock key to start a stopped manager)',
      },
      {
        name: 'data-path-port',
        kind: 'string',
        valueName: 'uint32',
        help: 'Port number to use for data path traffic (1024 - 49151). If no value is set or is set to 0, the default port (4789) is used.',
      },
      {
        name: 'default-addr-pool',
        kind: 'string',
        valueName: 'ipNetSlice',
        help: 'default address pool in CIDR format',
        default: '[]',
      },
      {
        name: 'default-addr-pool-mask-length',
        kind: 'string',
        valueName: 'uint32',
        help: 'default address pool subnet mask length',
        default: '24',
      },
      { name: 'force-new-cluster', kind: 'bool', help: 'Force create a new cluster from current state' },
    ],
    run: refuseSwarm,
  },
  {
    path: ['swarm', 'join'],
    summary: 'Join a swarm as a node and/or manager',
    usage: ['[OPTIONS] HOST:PORT'],
    arguments: { least: 1, most: 1 },
    flags: [...NODE_FLAGS, { name: 'token', kind: 'string', help: 'Token for entry into the swarm' }],
    run: refuseSwarm,
  },
  {
    path: ['swarm', 'join-token'],
    summary: 'Manage join tokens',
    usage: ['[OPTIONS] (worker|manager)'],
    arguments: { least: 1, most: 1 },
    flags: [
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display token' },
      { name: 'rotate', kind: 'bool', help: 'Rotate join token' },
    ],
    run: noSwarm,
  },
  {
    path: ['swarm', 'leave'],
    summary: 'Leave the swarm',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [{ name: 'force', short: 'f', kind: 'bool', help: 'Force this node to leave the swarm, ignoring warnings' }],
    run: notInSwarm,
  },
  {
    path: ['swarm', 'unlock'],
    summary: 'Unlock swarm',
    usage: [''],
    arguments: { least: 0, most: 0 },
    flags: [],
    run: noSwarm,
  },
  {
    path: ['swarm', 'unlock-key'],
    summary: 'Manage the unlock key',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display token' },
      { name: 'rotate', kind: 'bool', help: 'Rotate unlock key' },
    ],
    run: withPrefix('could not fetch unlock key: '),
  },
  {
    path: ['swarm', 'update'],
    summary: 'Update the swarm',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [
      ...CLUSTER_FLAGS,
      { name: 'autolock', kind: 'bool', help: 'Change manager autolocking setting (true|false)' },
    ],
    run: noSwarm,
  },
];

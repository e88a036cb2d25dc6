/** What stands before the command: `docker --config DIR -D images`. */
import type { FlagSpec } from './command.ts';

/** Docker's own options, in the words of its help. All are understood; those about connections have nothing to act on. */
export const GLOBAL_OPTIONS: readonly FlagSpec[] = [
  {
    name: 'config',
    kind: 'string',
    help: 'Location of client config files',
    default: '"/root/.docker"',
  },
  {
    name: 'context',
    short: 'c',
    kind: 'string',
    help: 'Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context set with "docker context use")',
  },
  { name: 'debug', short: 'D', kind: 'bool', help: 'Enable debug mode' },
  { name: 'host', short: 'H', kind: 'list', help: 'Daemon socket to connect to' },
  {
    name: 'log-level',
    short: 'l',
    kind: 'string',
    help: 'Set the logging level ("debug", "info", "warn", "error", "fatal")',
    default: '"info"',
  },
  { name: 'tls', kind: 'bool', help: 'Use TLS; implied by --tlsverify' },
  {
    name: 'tlscacert',
    kind: 'string',
    help: 'Trust certs signed only by this CA',
    default: '"/root/.docker/ca.pem"',
  },
  { name: 'tlscert', kind: 'string', help: 'Path to TLS certificate file', default: '"/root/.docker/cert.pem"' },
  { name: 'tlskey', kind: 'string', help: 'Path to TLS key file', default: '"/root/.docker/key.pem"' },
  { name: 'tlsverify', kind: 'bool', help: 'Use TLS and verify the remote' },
  { name: 'version', short: 'v', kind: 'bool', help: 'Print version information and quit' },
];

export const CLIENT_VERSION = '28.2.2';
export const CLIENT_COMMIT = 'e6534b4';

/** The nouns of Docker's command line: commands that only hold others. */

export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  /** What help tells instead of the summary. */
  readonly description?: string;
  /** Its own usage line ends with `COMMAND`, also where another command is refused. */
  readonly namesCommand?: boolean;
  /** In Docker it comes as a program of its own: help marks it with a star. */
  readonly plugin?: boolean;
  /** Spoken by buildx, which prints its help for whatever it does not know. */
  readonly buildx?: boolean;
  /** Commands help names; all where absent. */
  readonly shown?: readonly string[];
  /** Needs a swarm: help lists it apart, or, where there is none, not at all. */
  readonly swarm?: 'listed' | 'hidden';
}

const BUILDX = 'Extended build capabilities with BuildKit';

const MANIFEST = `The **docker manifest** command has subcommands for managing image manifests and
manifest lists. A manifest list allows you to use one name to refer to the same image
built for multiple architectures.

To see help for a subcommand, use:

    docker manifest CMD --help

For full details on using docker manifest lists, see the registry v2 specification.

EXPERIMENTAL:
  docker manifest is an experimental feature.
  Experimental features provide early access to product functionality. These
  features may change between releases without warning, or can be removed from a
  future release. Learn more about experimental features in our documentation:
  https://docs.docker.com/go/experimental/`;

/** In the order of Docker's help. */
export const GROUPS: readonly CommandGroup[] = [
  { name: 'builder', summary: 'Manage builds', description: BUILDX, buildx: true },
  { name: 'buildx', summary: 'Docker Buildx', description: BUILDX, plugin: true, buildx: true },
  { name: 'config', summary: 'Manage Swarm configs', swarm: 'hidden' },
  { name: 'container', summary: 'Manage containers' },
  { name: 'context', summary: 'Manage contexts' },
  { name: 'image', summary: 'Manage images' },
  {
    name: 'manifest',
    summary: 'Manage Docker image manifests and manifest lists',
    description: MANIFEST,
    namesCommand: true,
  },
  { name: 'network', summary: 'Manage networks' },
  { name: 'node', summary: 'Manage Swarm nodes', swarm: 'hidden' },
  { name: 'plugin', summary: 'Manage plugins' },
  { name: 'scout', summary: 'Docker Scout', description: 'Command line tool for Docker Scout', plugin: true },
  { name: 'secret', summary: 'Manage Swarm secrets', swarm: 'hidden' },
  { name: 'service', summary: 'Manage Swarm services', swarm: 'hidden' },
  { name: 'stack', summary: 'Manage Swarm stacks', swarm: 'hidden' },
  { name: 'swarm', summary: 'Manage Swarm', shown: ['init', 'join'], swarm: 'listed' },
  { name: 'system', summary: 'Manage Docker' },
  {
    name: 'volume',
    summary: 'Manage volumes',
    namesCommand: true,
    shown: ['create', 'inspect', 'ls', 'prune', 'rm'],
  },
];

/** The nouns of Docker's command line: commands that only hold others. */

export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  /** What help tells instead of the summary. */
  readonly description?: string;
}

/** In the order of Docker's help. */
export const GROUPS: readonly CommandGroup[] = [
  { name: 'builder', summary: 'Manage builds' },
  { name: 'buildx', summary: 'Docker Buildx', description: 'Extended build capabilities with BuildKit' },
  { name: 'container', summary: 'Manage containers' },
  { name: 'image', summary: 'Manage images' },
  { name: 'manifest', summary: 'Manage Docker image manifests and manifest lists' },
  { name: 'network', summary: 'Manage networks' },
  { name: 'system', summary: 'Manage Docker' },
  { name: 'volume', summary: 'Manage volumes' },
];

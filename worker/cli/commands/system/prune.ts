import type { Command } from '../../command.ts';
import type { CliContext } from '../../context.ts';
import type { Filters } from '../../../engine/docker/api.ts';
import { addFilter, gatherFilters } from '../../filters.ts';
import { humanSize } from '../../format/human-size.ts';
import { confirmed } from '../../prompt.ts';
import { removalLines } from '../image/prune.ts';

export const systemPrune: Command = {
  path: ['system', 'prune'],
  summary: 'Remove unused data',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'all', short: 'a', kind: 'bool', help: 'Remove all unused images not just dangling ones' },
    { name: 'filter', kind: 'filter', help: 'Provide filter values (e.g. "label=<key>=<value>")' },
    { name: 'force', short: 'f', kind: 'bool', help: 'Do not prompt for confirmation' },
    { name: 'volumes', kind: 'bool', help: 'Prune anonymous volumes' },
  ],
  async run(context, { flags }) {
    const all = flags.bool('all');
    const volumes = flags.bool('volumes');
    const filters = gatherFilters(flags.list('filter'));
    if (!flags.bool('force')) {
      const question = `${warning(all, volumes, flags.list('filter'))}\nAre you sure you want to continue?`;
      if (!(await confirmed(context, question))) return 0;
    }
    let freed = await pruneContainers(context, filters);
    await pruneNetworks(context, filters);
    if (volumes) freed += await pruneVolumes(context, filters);
    freed += await pruneImages(context, filters, all);
    freed += await pruneBuildCache(context);
    await context.shell.out.write(`Total reclaimed space: ${humanSize(freed)}\n`);
    return 0;
  },
};

function warning(all: boolean, volumes: boolean, filters: readonly string[]): string {
  const lines = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(volumes ? ['all anonymous volumes not used by at least one container'] : []),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : 'unused build cache',
  ].map((line) => `  - ${line}\n`);
  const items = filters.map((filter) => `  - ${filter}\n`);
  const filtered = items.length === 0 ? '' : `\n  Items to be pruned will be filtered with:\n${items.join('')}`;
  return `WARNING! This will remove:\n${lines.join('')}${filtered}`;
}

async function pruneContainers({ docker, shell }: CliContext, filters: Filters): Promise<number> {
  const { ContainersDeleted, SpaceReclaimed } = await docker.containers.prune(filters);
  await shell.out.write(section('Deleted Containers:', ContainersDeleted));
  return SpaceReclaimed;
}

async function pruneNetworks({ docker, shell }: CliContext, filters: Filters): Promise<void> {
  const { NetworksDeleted } = await docker.networks.prune(filters);
  await shell.out.write(section('Deleted Networks:', NetworksDeleted));
}

async function pruneVolumes({ docker, shell }: CliContext, filters: Filters): Promise<number> {
  const { VolumesDeleted, SpaceReclaimed } = await docker.volumes.prune(filters);
  await shell.out.write(section('Deleted Volumes:', VolumesDeleted));
  return SpaceReclaimed;
}

async function pruneImages({ docker, shell }: CliContext, filters: Filters, all: boolean): Promise<number> {
  const wanted = addFilter(new Map([...filters].map(([key, values]) => [key, [...values]])), 'dangling', String(!all));
  const { ImagesDeleted, SpaceReclaimed } = await docker.images.prune(wanted);
  if (ImagesDeleted.length > 0) await shell.out.write(`Deleted Images:\n${removalLines(ImagesDeleted)}\n`);
  return SpaceReclaimed;
}

async function pruneBuildCache({ docker, engine, shell }: CliContext): Promise<number> {
  const { buildCache } = await docker.system.diskUsage();
  const { freedBytes } = await engine.prune({ buildCache: true, images: false, containers: false });
  await shell.out.write(
    section(
      'Deleted build cache objects:',
      buildCache.map(({ ID }) => ID),
    ),
  );
  return freedBytes;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.map((line) => `${line}\n`).join('')}\n`;
}

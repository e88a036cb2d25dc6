/** Docker's API of volumes. */
import { EngineError } from '../../../base/errors.ts';
import type { VolumeRecord } from '../../../store/volumes.ts';
import type { Filters, Volume, VolumeAPI } from '../api.ts';
import type { Daemon } from '../containers/daemon.ts';
import { VOLUMES_DIRECTORY } from '../containers/inspect.ts';
import { usersOfVolume } from '../containers/remove.ts';
import { assertKnownFilters, matchesExactly, matchesLabels, matchesPattern } from '../filters.ts';

const DRIVER = 'local';

export function createVolumeAPI(daemon: Daemon): VolumeAPI {
  const { volumes } = daemon;
  return {
    async create({ name, driver, labels, options }) {
      if (driver !== DRIVER && driver !== '') throw noDriver(name ?? '', driver);
      checkOptions(name ?? '', options);
      const record = await volumes.create({
        ...(name === undefined || name === '' ? {} : { name }),
        labels: Object.keys(labels).length === 0 ? null : labels,
        options: Object.keys(options).length === 0 ? null : options,
      });
      return volumeOf(record);
    },
    async list(filters) {
      assertKnownFilters(filters, ['dangling', 'driver', 'label', 'name']);
      const records = await volumes.list();
      const wanted = await Promise.all(records.map((record) => isListed(daemon, filters, record)));
      return records.filter((_, at) => wanted[at]).map(volumeOf);
    },
    inspect: async (name) => volumeOf(await volumes.find(name)),
    async remove(name, force) {
      if (force && (await volumes.get(name)) === undefined) return;
      await volumes.find(name);
      const users = await usersOfVolume(daemon, name);
      if (users.length > 0) {
        throw new EngineError('in-use', `remove ${name}: volume is in use - [${users.join(', ')}]`, { data: { name } });
      }
      await volumes.remove(name);
    },
    prune: (filters) => pruneVolumes(daemon, filters),
  };
}

/** Of the driver: a thing to mount, of which type and how. */
const OPTIONS = ['device', 'o', 'size', 'type'];

function checkOptions(name: string, options: Readonly<Record<string, string>>): void {
  const problem = optionProblem(options);
  if (problem !== undefined) throw new EngineError('invalid-argument', `create ${name}: ${problem}`);
}

function optionProblem(options: Readonly<Record<string, string>>): string | undefined {
  const unknown = Object.keys(options).find((option) => !OPTIONS.includes(option));
  if (unknown !== undefined) return `invalid option: ${JSON.stringify(unknown)}`;
  if ('size' in options) return 'quota size requested but no quota support';
  const isMount = 'type' in options || 'o' in options || 'device' in options;
  const missing = isMount ? ['device', 'type'].find((option) => !(option in options)) : undefined;
  return missing === undefined ? undefined : `missing required option: "${missing}"`;
}

/** A volume as the API tells it. */
export function volumeOf(record: VolumeRecord): Volume {
  return {
    CreatedAt: new Date(record.createdMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    Driver: DRIVER,
    Labels: record.anonymous ? { ...record.labels, 'com.docker.volume.anonymous': '' } : record.labels,
    Mountpoint: `${VOLUMES_DIRECTORY}/${record.name}/_data`,
    Name: record.name,
    Options: record.options,
    Scope: DRIVER,
  };
}

async function isListed(daemon: Daemon, filters: Filters, record: VolumeRecord): Promise<boolean> {
  const { Labels } = volumeOf(record);
  if (!matchesPattern(filters, 'name', record.name) || !matchesLabels(filters, Labels ?? {})) return false;
  if (!matchesExactly(filters, 'driver', DRIVER)) return false;
  const dangling = filters.get('dangling')?.at(-1);
  if (dangling === undefined) return true;
  return isTrue(dangling, 'dangling') === ((await usersOfVolume(daemon, record.name)).length === 0);
}

/** Removes volumes that nothing uses: those without a name, or all of them; never one that stands for something mounted. */
async function pruneVolumes(daemon: Daemon, filters: Filters) {
  assertKnownFilters(filters, ['all', 'label', 'label!']);
  const all = filters.get('all')?.at(-1);
  const takesNamed = all !== undefined && isTrue(all, 'all');
  const removed: string[] = [];
  let reclaimed = 0;
  for (const record of await daemon.volumes.list()) {
    if (!takesNamed && !record.anonymous) continue;
    if (Object.keys(record.options ?? {}).length > 0) continue;
    if (!matchesLabels(filters, record.labels ?? {})) continue;
    if ((await usersOfVolume(daemon, record.name)).length > 0) continue;
    reclaimed += await daemon.volumes.sizeBytes(record.name);
    await daemon.volumes.remove(record.name);
    removed.push(record.name);
  }
  return { VolumesDeleted: removed, SpaceReclaimed: reclaimed };
}

function isTrue(value: string, key: string): boolean {
  if (['1', 'true', 'True', 'TRUE', 't', 'T'].includes(value)) return true;
  if (['0', 'false', 'False', 'FALSE', 'f', 'F'].includes(value)) return false;
  throw new EngineError('invalid-argument', `invalid filter '${key}=[${value}]'`);
}

function noDriver(name: string, driver: string): EngineError {
  return new EngineError(
    'not-found',
    `create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`,
  );
}

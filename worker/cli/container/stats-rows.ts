/** What containers use, as rows (docker/cli `container.statsFormatWrite`). */
import type { ContainerStats } from '../../engine/docker/api.ts';
import type { CliContext } from '../context.ts';
import { binarySize } from '../format/human-size.ts';
import { shortId } from '../format/shorten.ts';
import { listingRow } from '../listing-output.ts';
import type { GoValue } from '../template/go-value.ts';

const TABLE =
  'table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}';

export const STATS_HEADERS: ReadonlyMap<string, string> = new Map([
  ['Container', 'CONTAINER'],
  ['Name', 'NAME'],
  ['ID', 'CONTAINER ID'],
  ['CPUPerc', 'CPU %'],
  ['MemUsage', 'MEM USAGE / LIMIT'],
  ['MemPerc', 'MEM %'],
  ['NetIO', 'NET I/O'],
  ['BlockIO', 'BLOCK I/O'],
  ['PIDs', 'PIDS'],
]);

/** What a container without a limit may use. */
const MEMORY_BYTES = 4 * 2 ** 30;
/** Docker's word for a number it does not have: nothing here counts a processor's time. */
const UNKNOWN = '--';

export function statsFormat(format: string): string {
  return format === '' || format === 'table' ? TABLE : format;
}

/** Rows of the named containers, or of those that run; of all where asked. Rejects as the engine does. */
export async function statsRows(
  context: CliContext,
  names: readonly string[],
  all: boolean,
  truncate: boolean,
): Promise<readonly GoValue[]> {
  const { containers } = context.docker;
  const listed = names.length > 0 ? [] : await containers.list({ all, filters: new Map(), size: false });
  const wanted = names.length > 0 ? names : listed.map(({ Id }) => Id);
  return Promise.all(
    wanted.map(async (name) => {
      const { HostConfig, State } = await containers.inspect(name);
      const limit: unknown = Reflect.get(Object(HostConfig), 'Memory');
      const limitBytes = typeof limit === 'number' && limit > 0 ? limit : MEMORY_BYTES;
      const shown = names.length > 0 || !truncate ? name : shortId(name);
      return statsRow(shown, await containers.stats(name), State.Running ? limitBytes : 0, truncate);
    }),
  );
}

function statsRow(name: string, stats: ContainerStats, limitBytes: number, truncate: boolean): GoValue {
  const share = limitBytes === 0 ? 0 : (stats.memoryBytes / limitBytes) * 100;
  const id = truncate ? shortId(stats.id) : stats.id;
  return listingRow('container.statsContext', {
    Container: name,
    Name: stats.name,
    ID: id,
    CPUPerc: limitBytes === 0 ? '0.00%' : UNKNOWN,
    MemUsage: `${binarySize(stats.memoryBytes)} / ${binarySize(limitBytes)}`,
    MemPerc: `${share.toFixed(2)}%`,
    NetIO: '0B / 0B',
    BlockIO: `${binarySize(stats.readBytes)} / ${binarySize(stats.writtenBytes)}`,
    PIDs: String(stats.processes),
  });
}

/** The engine's calls that scan images, and the advisories that a person brought along for this visit. */
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';
import type { ProgressSink } from '../base/progress.ts';
import { familiarReference, parseReference } from '../oci/reference.ts';
import type { AdvisorySet } from '../scan/advisories/advisory-set.ts';
import type { AdvisorySource, ImageContents, ScanReport } from '../scan/report.ts';
import type { SbomFormat } from '../scan/sbom/index.ts';
import type { Store } from '../store/index.ts';
import { RecentCache } from '../store/recent-cache.ts';
import type { Images } from './images.ts';

/** What the status that a scan reports is called. */
const SCANNING = 'scanning files';
/** Images whose contents are remembered: they can never change. */
const REMEMBERED_IMAGES = 16;
/** Of a file of advisories, at most. */
const MOST_ADVISORY_BYTES = 64 << 20;

/** The scanner's code is much, and many a visit does without: it is loaded by the first scan. */
const scanner = () => import('../scan/index.ts');

export function createScanning(store: Store, images: Images, clock: Clock) {
  const contents = new RecentCache<ImageContents>(REMEMBERED_IMAGES);
  const own = new Map<string, AdvisorySet>();

  async function contentsOf(nameOrID: string, job: Job, progress: ProgressSink): Promise<ImageContents> {
    const { id, chainID, config } = await images.find(nameOrID);
    const known = contents.get(id);
    if (known !== undefined) return known;
    const { inspectImage } = await scanner();
    const startedMs = clock.nowMs();
    const inspected = await inspectImage(
      { imageID: id, config, tree: await store.snapshots.tree(chainID) },
      startedMs,
      job,
      (current, total) => progress({ statuses: [{ id: SCANNING, vertex: id, current, total, startedMs }] }),
    );
    contents.set(id, inspected, 1);
    return inspected;
  }

  async function scan(nameOrID: string, job: Job, progress: ProgressSink): Promise<ScanReport> {
    const { bundledAdvisories, matchAdvisories } = await scanner();
    const found = await contentsOf(nameOrID, job, progress);
    // what a person brought is asked first: it tells more, or newer things
    const sets = [...own.values(), bundledAdvisories()];
    return {
      ...found,
      advisories: matchAdvisories(found.packages, found.distribution, sets),
      sources: sets.map(({ source }) => source),
    };
  }

  return {
    /** Throws `not-found` for an image that is not here. */
    scan,

    /** ID of the stored image that one was built on; undefined where it is not here any more. */
    async baseImageOf(nameOrID: string): Promise<string | undefined> {
      const { base, config } = await images.find(nameOrID);
      if (base === undefined) return undefined;
      const rows = config.history?.slice(0, base.historyLength) ?? [];
      const layers = rows.filter(({ empty_layer: isEmpty }) => isEmpty !== true).length;
      const wanted = config.rootfs.diff_ids.slice(0, layers).join();
      const records = await store.images.list();
      return records.find(
        (record) => record.config.history?.length === rows.length && record.config.rootfs.diff_ids.join() === wanted,
      )?.id;
    },

    /** A bill of materials as JSON text. */
    async sbom(nameOrID: string, format: SbomFormat, job: Job, progress: ProgressSink): Promise<string> {
      const { writeSbom } = await scanner();
      const report = await scan(nameOrID, job, progress);
      const name = await nameOf(report.imageID, nameOrID);
      return writeSbom(format, { contents: report, name, createdMs: clock.nowMs(), advisories: report.advisories });
    },

    /** Takes a file of OSV documents into use until the engine ends. Throws `invalid-document` naming what is wrong with it. */
    async addAdvisories(name: string, content: string): Promise<AdvisorySource> {
      if (content.length > MOST_ADVISORY_BYTES) {
        throw new EngineError('limit', `${name} is larger than the 64 MiB of advisories that can be held.`);
      }
      const { advisorySet, parseOsvFile } = await scanner();
      const documents = parseOsvFile(content);
      const date = documents
        .flatMap(({ modified }) => modified?.slice(0, 10) ?? [])
        .sort()
        .at(-1);
      const source = { name, bundled: false, advisories: documents.length, ...(date === undefined ? {} : { date }) };
      own.set(name, advisorySet(source, documents));
      return source;
    },

    removeAdvisories(name: string): Promise<void> {
      own.delete(name);
      return Promise.resolve();
    },

    async advisorySources(): Promise<readonly AdvisorySource[]> {
      const { bundledAdvisories } = await scanner();
      return [...own.values(), bundledAdvisories()].map(({ source }) => source);
    },
  };

  async function nameOf(id: string, given: string): Promise<string> {
    for (const [name, owner] of await store.images.names()) {
      if (owner === id && !name.includes('@')) return familiarReference(parseReference(name));
    }
    return given;
  }
}

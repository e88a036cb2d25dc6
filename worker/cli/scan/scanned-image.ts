/** What the commands that scan have in common: the image they mean, its report, and what is told beside it. */
import { isEngineError } from '../../base/errors.ts';
import { SILENT } from '../../base/progress.ts';
import type { ImageDetail, ScanReport } from '../../engine/model.ts';
import { familiarReference, parseReference, withDefaultTag } from '../../oci/reference.ts';
import { CliError } from '../command.ts';
import type { CliContext } from '../context.ts';

export interface ScannedImage {
  /** As it was named, with its tag. */
  readonly name: string;
  readonly detail: ImageDetail;
  readonly report: ScanReport;
}

/** Docker Scout's ways of naming things that are no images of the store. */
const OTHER_PLACES = ['oci-dir://', 'archive://', 'fs://', 'sbom://'];

/** Scans an image, pulling it where it is not here. `given` undefined means the one built last. Throws {@link CliError}. */
export async function scanImage(context: CliContext, given: string | undefined): Promise<ScannedImage> {
  const wanted = given?.replace(/^(?:image|local|registry):\/\//, '') ?? (await latestImage(context));
  const elsewhere = OTHER_PLACES.find((place) => wanted.startsWith(place));
  if (elsewhere !== undefined) {
    throw new CliError(
      `ERROR: ${elsewhere} cannot be scanned here: load it as an image first (docker load, docker import)`,
    );
  }
  const detail = await foundImage(context, wanted);
  const report = await context.engine.scan(detail.id, context.job, SILENT);
  return { name: shownName(wanted, detail), detail, report };
}

async function foundImage(context: CliContext, wanted: string): Promise<ImageDetail> {
  try {
    return await context.engine.image(wanted);
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
  }
  const { err } = context.shell;
  await err.write('    ...Pulling\n');
  const reference = familiarReference(withDefaultTag(parseReference(wanted)));
  await context.docker.images.pull(reference, {}, () => undefined, context.job);
  await err.write('    ✓ Pulled\n');
  return context.engine.image(wanted);
}

async function latestImage({ docker }: CliContext): Promise<string> {
  const images = await docker.images.list({ all: false, filters: new Map() });
  const [latest] = [...images].sort((a, b) => b.Created - a.Created);
  if (latest === undefined) throw new CliError('ERROR: there is no image: build or pull one, or name it');
  return latest.RepoTags[0] ?? latest.Id;
}

function shownName(wanted: string, { id, names }: ImageDetail): string {
  if (id.includes(wanted.replace(/^sha256:/, ''))) return names[0] ?? wanted;
  return familiarReference(withDefaultTag(parseReference(wanted)));
}

/** One line on where the advisories are from: what scanners here can know is little, and people should. */
export function advisoryNote({ sources }: ScanReport): string {
  const told = sources.map(({ name, bundled, advisories, date }) => {
    const what = bundled
      ? `a small set of ${advisories} that Strata brings (from Alpine, Debian, Ubuntu and GitHub)`
      : `${advisories} of ${name}`;
    return date === undefined ? what : `${what}, as of ${date}`;
  });
  return `Advisories: ${told.join('; ')}. Not Docker's database; the Scan panel takes OSV files of your own.`;
}

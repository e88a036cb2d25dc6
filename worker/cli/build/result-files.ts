/** Files in which a build leaves what it made: `--iidfile` and `--metadata-file`. */
import { utf8 } from '../../base/bytes.ts';
import { isEngineError } from '../../base/errors.ts';
import { bodyOf } from '../../vfs/body.ts';
import type { CliContext } from '../context.ts';
import { systemText } from '../input-files.ts';
import { buildError, type BuildTag } from './build-inputs.ts';

/** Writes the image's ID, without a newline. */
export function writeIDFile(context: CliContext, path: string, imageID: string): void {
  writeFile(context, path, imageID, 'writing image ID file: ');
}

/** Writes what buildx tells of a build, as JSON; `imageID` is undefined for a result that is no image. */
export function writeMetadata(
  context: CliContext,
  path: string,
  imageID: string | undefined,
  tags: readonly BuildTag[],
): void {
  const names = tags.map(({ shown }) => shown).join(',');
  const metadata = {
    'buildx.build.ref': `default/default/${context.job.id}`,
    ...(imageID === undefined ? {} : { 'containerimage.config.digest': imageID, 'containerimage.digest': imageID }),
    ...(names === '' ? {} : { 'image.name': names }),
  };
  writeFile(context, path, JSON.stringify(metadata, undefined, 2));
}

function writeFile({ shell }: CliContext, path: string, text: string, doing = ''): void {
  try {
    shell.files.writeBody(path, bodyOf(utf8(text)), 0o644);
  } catch (error) {
    if (!isEngineError(error, 'filesystem')) throw error;
    throw buildError(`${doing}open ${path}: ${systemText(error.data['errno'])}`);
  }
}

/** Archives and folders from the person's computer, told apart from what belongs into a project, and given to the engine. */
import type { ImportResult, ImportSource } from '../../../worker/api/types.ts';
import type { Workspace } from '../../state/workspace.svelte.ts';
import { familiarName } from './familiar-name.ts';

/** For a file picker: what archives are called. */
export const MAY_HOLD_IMAGES = '.tar,.tgz,.gz,.zst,.xz,.bz2,application/x-tar,application/gzip';

const ARCHIVE_NAME = /\.(?:tar|tgz|tzst|txz|tbz2?|tar\.(?:gz|zst|xz|bz2))$/i;

/** A file with its path, as it was dropped. */
interface Dropped {
  readonly path: string;
  readonly file: File;
}

/** What of dropped files holds images: tars, and folders that are OCI layouts. */
export function sourcesAmong(dropped: readonly Dropped[]): readonly ImportSource[] {
  const archives = dropped.filter(({ path }) => !path.includes('/') && ARCHIVE_NAME.test(path));
  const layouts = dropped
    .filter(({ path }) => /^[^/]+\/oci-layout$/.test(path))
    .map(({ path }) => path.slice(0, path.indexOf('/')));
  return [
    ...archives.map(({ path, file }) => ({ name: path, content: file })),
    ...layouts.map((folder) => ({
      name: folder,
      content: dropped
        .filter(({ path }) => path.startsWith(`${folder}/`))
        .map(({ path, file }) => ({ path: path.slice(folder.length + 1), content: file })),
    })),
  ];
}

/** Imports one after the other, says what came, and opens the last image. */
export async function importSources(workspace: Workspace, sources: readonly ImportSource[]): Promise<void> {
  const { engine, transfers, notices, images, settings } = workspace;
  for (const source of sources) {
    try {
      const result = await transfers.run(`Loading ${source.name}`, (events) => engine.importSource(source, events));
      await images.refresh();
      const last = result.images.at(-1);
      if (last !== undefined) await images.open(last.id);
      settings.set({ rightPanel: 'layers', phoneView: 'image' });
      notices.say(importedWords(source.name, result));
    } catch (error) {
      notices.fail(`${source.name} was not loaded, and nothing of it was kept`, error);
    }
  }
}

function importedWords(file: string, { kind, images }: ImportResult): string {
  const names = images.flatMap(({ id, names: own }) => (own.length === 0 ? [id.slice(0, 19)] : own.map(familiarName)));
  const what = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return kind === 'root' ? `${file} is a root file system: imported as ${what}.` : `Loaded ${what} from ${file}.`;
}

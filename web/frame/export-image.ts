/** The image on screen as a `docker save` archive in the downloads folder. */
import type { Workspace } from '../state/workspace.svelte.ts';
import { downloadBlob } from '../ui/download.ts';
import { formatBytes } from '../ui/format.ts';

export async function exportImage({ image, engine, transfers, notices }: Workspace): Promise<void> {
  if (image === undefined) return;
  const name = image.names[0] ?? image.id;
  try {
    const archive = await transfers.run(`Exporting ${name}`, (events) => engine.save(name, events));
    const file = `${archiveName(name)}.tar`;
    downloadBlob(archive, file);
    notices.say(`Downloaded ${file} (${formatBytes(archive.size)}). Load it with: docker load -i ${file}`);
  } catch (error) {
    notices.fail('The image could not be exported', error);
  }
}

/** `docker.io/library/web:1.0` as a file may be called: `web-1.0`. */
export function archiveName(reference: string): string {
  const last = reference.slice(reference.lastIndexOf('/') + 1).replace(/:latest$/, '');
  return last.replace(/[^\w.-]+/g, '-').slice(0, 80) || 'image';
}

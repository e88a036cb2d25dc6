/** The image on screen as a file in the downloads folder, or where a person wants it. */
import type { SaveFormat } from '../../worker/api/types.ts';
import type { Workspace } from '../state/workspace.svelte.ts';
import { formatBytes } from '../ui/format.ts';
import { saveBlob } from '../ui/save-blob.ts';

/** How each kind of file is read again. */
const READERS: Readonly<Record<SaveFormat, (file: string) => string>> = {
  docker: (file) => `Load it with: docker load -i ${file}`,
  oci: (file) => `Read it with: skopeo inspect oci-archive:${file}`,
  root: (file) => `Import it with: docker import ${file}`,
};
const ENDINGS: Readonly<Record<SaveFormat, string>> = { docker: 'tar', oci: 'oci.tar', root: 'root.tar' };

export async function exportImage(
  { image, engine, transfers, notices }: Workspace,
  format: SaveFormat = 'docker',
): Promise<void> {
  if (image === undefined) return;
  const name = image.names[0] ?? image.id;
  const file = `${archiveName(name)}.${ENDINGS[format]}`;
  try {
    const saved = await transfers.run(`Exporting ${name}`, async (events) => {
      const archive = await engine.save(name, events, format);
      return { archive, kept: await saveBlob(archive, file, events) };
    });
    if (saved.kept) notices.say(`Saved ${file} (${formatBytes(saved.archive.size)}). ${READERS[format](file)}`);
  } catch (error) {
    notices.fail('The image could not be exported', error);
  }
}

/** `docker.io/library/web:1.0` as a file may be called: `web-1.0`. */
export function archiveName(reference: string): string {
  const last = reference.slice(reference.lastIndexOf('/') + 1).replace(/:latest$/, '');
  return last.replace(/[^\w.-]+/g, '-').slice(0, 80) || 'image';
}

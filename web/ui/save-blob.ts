/**
 * Bytes into a file of the person's. What is large is streamed to a file they pick, where the browser has such a thing (File
 * System Access), with progress and a way to stop; everything else goes to the downloads folder at once.
 */
import type { JobEvents } from '../../worker/api/types.ts';
import { downloadBlob } from './download.ts';

/** From here on a dialog that asks where costs less than not seeing how far it is. */
const PICKER_BYTES = 64 * 1024 * 1024;

type SavePicker = (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>;

/** False when the person changed their mind. Rejects when the file cannot be written. */
export async function saveBlob(blob: Blob, name: string, events: JobEvents): Promise<boolean> {
  const handle = blob.size < PICKER_BYTES ? 'downloads' : await pickFile(name);
  if (handle === 'nowhere') return false;
  if (handle === 'downloads') {
    downloadBlob(blob, name);
    return true;
  }
  return streamTo(handle, blob, name, events);
}

/** The file to write; `downloads` where the browser has no picker, or takes the click for too long ago. */
async function pickFile(suggestedName: string): Promise<FileSystemFileHandle | 'downloads' | 'nowhere'> {
  const pick: unknown = Reflect.get(globalThis, 'showSaveFilePicker');
  if (typeof pick !== 'function') return 'downloads';
  try {
    return await (pick as SavePicker).call(globalThis, { suggestedName });
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'nowhere' : 'downloads';
  }
}

async function streamTo(handle: FileSystemFileHandle, blob: Blob, id: string, events: JobEvents): Promise<boolean> {
  const file = await handle.createWritable();
  const startedMs = Date.now();
  let current = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      current += chunk.byteLength;
      events.onStatus?.({ statuses: [{ id, vertex: 'save', current, total: blob.size, startedMs, action: 'Saving' }] });
      controller.enqueue(chunk);
    },
  });
  try {
    await blob
      .stream()
      .pipeThrough(counted)
      .pipeTo(file, events.signal === undefined ? {} : { signal: events.signal });
    return true;
  } catch (error) {
    if (events.signal?.aborted === true) return false;
    throw error;
  }
}

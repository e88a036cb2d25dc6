/** Saving by File System Access: the file a person picks is one of the origin's own, and no dialog is shown. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { saveBlob } from './save-blob.ts';

const MIB = 1024 * 1024;
/** As large as is asked about, of parts that tell where they are. */
const large = new Blob(Array.from({ length: 65 }, (_, i) => new Uint8Array(MIB).fill(i)));

async function pickedFile(name: string): Promise<FileSystemFileHandle> {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(name, { create: true });
  vi.stubGlobal('showSaveFilePicker', (options: { readonly suggestedName: string }) => {
    expect(options.suggestedName).toBe('image.tar');
    return Promise.resolve(handle);
  });
  return handle;
}

/** Names of files that went to the downloads folder. */
function watchDownloads(): string[] {
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  return names;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a large file', () => {
  it('is streamed to the file that was picked, and tells how far it is', async () => {
    const handle = await pickedFile('whole');
    const told: number[] = [];
    const onStatus = vi.fn(({ statuses = [] }: { statuses?: readonly { current: number; total?: number }[] }) => {
      for (const { current, total } of statuses) {
        expect(total).toBe(large.size);
        told.push(current);
      }
    });
    expect(await saveBlob(large, 'image.tar', { onStatus })).toBe(true);
    const written = await handle.getFile();
    expect(written.size).toBe(large.size);
    expect(new Uint8Array(await written.slice(64 * MIB - 1, 64 * MIB + 1).arrayBuffer())).toEqual(
      Uint8Array.of(63, 64),
    );
    expect(told.length).toBeGreaterThan(8);
    expect(told.toSorted((a, b) => a - b)).toEqual(told);
    expect(told.at(-1)).toBe(large.size);
  });

  it('leaves the picked file as it was when it is stopped in the middle', async () => {
    const handle = await pickedFile('stopped');
    const stop = new AbortController();
    const onStatus = (): void => {
      stop.abort();
    };
    expect(await saveBlob(large, 'image.tar', { onStatus, signal: stop.signal })).toBe(false);
    expect((await handle.getFile()).size).toBe(0);
  });

  it('goes nowhere when nothing is picked, and to the downloads where no dialog is given', async () => {
    const downloads = watchDownloads();
    const refusing = (name: string): void => {
      vi.stubGlobal('showSaveFilePicker', () => Promise.reject(new DOMException('refused', name)));
    };
    refusing('AbortError');
    expect(await saveBlob(large, 'image.tar', {})).toBe(false);
    expect(downloads).toEqual([]);
    refusing('SecurityError');
    expect(await saveBlob(large, 'image.tar', {})).toBe(true);
    vi.stubGlobal('showSaveFilePicker', undefined);
    expect(await saveBlob(large, 'image.tar', {})).toBe(true);
    expect(downloads).toEqual(['image.tar', 'image.tar']);
  });
});

it('a small file goes to the downloads without a question', async () => {
  const downloads = watchDownloads();
  await pickedFile('unasked');
  expect(await saveBlob(new Blob(['small']), 'image.tar', {})).toBe(true);
  expect(downloads).toEqual(['image.tar']);
});

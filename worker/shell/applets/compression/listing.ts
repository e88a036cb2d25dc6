/** `gzip -l`: how large a file is packed and unpacked. */
import type { AppletContext } from '../context.ts';
import { uncompressed, type Recognised } from './streams.ts';
import { FRAME_BYTES } from './words.ts';

/** Prints the line of one file. */
export async function listContents(
  context: AppletContext,
  recognised: Recognised,
  path: string | undefined,
): Promise<number> {
  let packedBytes = 0;
  const counted = recognised.stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        packedBytes += bytes.byteLength;
        controller.enqueue(bytes);
      },
    }),
  );
  let plainBytes = 0;
  for await (const bytes of uncompressed({ ...recognised, stream: counted })) plainBytes += bytes.byteLength;
  const ratio = plainBytes === 0 ? 0 : (100 * (plainBytes - (packedBytes - FRAME_BYTES))) / plainBytes;
  const name = path === undefined ? 'stdout' : path.replace(/\.(gz|Z)$/, '').replace(/\.tgz$/, '.tar');
  await context.out.write(
    `${String(packedBytes).padStart(19)}${String(plainBytes).padStart(20)} ${ratio.toFixed(1).padStart(5)}% ${name}\n`,
  );
  return 0;
}

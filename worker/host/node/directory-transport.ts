/** Static files: what a web server with the folder would answer, without the server. */
import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import type { Transport } from '../../base/ports.ts';

/** A transport that answers GET and HEAD with the files below `directory` (a host path), 404 for all else. */
export function directoryTransport(directory: string): Transport {
  return async (request) => {
    const path = normalize(join(directory, decodeURIComponent(new URL(request.url).pathname)));
    if (!path.startsWith(normalize(directory)) || !(await isFile(path))) return new Response(null, { status: 404 });
    const body = await openAsBlob(path);
    const headers = { 'content-length': String(body.size) };
    return new Response(request.method === 'HEAD' ? null : body, { status: 200, headers });
  };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

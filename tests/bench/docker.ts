/** The real Docker Engine, as far as a benchmark needs it. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ContextFile } from '../../worker/engine/model.ts';

const execute = promisify(execFile);

/** True when `docker` talks to an engine here (DOCKER_HOST). */
export const dockerAnswers: boolean = spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0;

/** Writes a build context to a new folder of the host; returns its path. */
export async function writeContext(files: readonly ContextFile[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-bench-'));
  for (const file of files) {
    const path = join(folder, file.path);
    await mkdir(dirname(path), { recursive: true });
    const { content } = file;
    await writeFile(path, content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : (content ?? ''));
  }
  return folder;
}

/** `docker build` of a folder, its output dropped. */
export async function dockerBuild(folder: string, options: readonly string[] = []): Promise<void> {
  await execute('docker', ['build', '-q', '--network=host', '-t', 'strata-bench', ...options, folder]);
}

/** Forgets the build cache, so that the next build is a cold one. */
export async function dockerForget(): Promise<void> {
  await execute('docker', ['builder', 'prune', '-af']);
}

export async function dockerCleanUp(folder: string): Promise<void> {
  await execute('docker', ['rmi', '-f', 'strata-bench']).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
}

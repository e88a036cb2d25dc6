/** Programs of others on this machine, and whether they are there. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a program printed; throws with its error output when it fails. */
export async function output(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(program, [...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

async function missing(reason: string, program: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    await output(program, ...args);
    return undefined;
  } catch {
    return reason;
  }
}

/** Why skopeo cannot be asked; undefined when it can. */
export const skopeoMissing = await missing('skopeo is not installed', 'skopeo', '--version');

/** Why the real Docker Engine cannot be asked; undefined when it can. */
export const dockerMissing =
  process.env['DOCKER_HOST'] === undefined
    ? 'no Docker Engine: DOCKER_HOST is not set'
    : await missing('no Docker Engine answers at DOCKER_HOST', 'docker', 'version');

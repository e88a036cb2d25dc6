/** Programs of others on this machine, and whether they are there. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
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

/** The oracle's launcher, beside the repository on machines that have a Docker Engine to compare with. */
const ORACLE = resolve(import.meta.dirname, '../../../shared/oracle/docker-oracle');

/** Says where the oracle's engine is, unless DOCKER_HOST names another; every docker started from here asks there. */
async function useOracle(): Promise<void> {
  if (process.env['DOCKER_HOST'] !== undefined || !existsSync(ORACLE)) return;
  const address = /DOCKER_HOST=(\S+)/.exec(await output(ORACLE, 'env'))?.[1];
  if (address !== undefined) process.env['DOCKER_HOST'] = address;
}
await useOracle();

/** Why the real Docker Engine cannot be asked; undefined when it can. */
export const dockerMissing =
  process.env['DOCKER_HOST'] === undefined
    ? 'no Docker Engine: DOCKER_HOST is not set'
    : await missing('no Docker Engine answers at DOCKER_HOST', 'docker', 'version');

/** Why umoci cannot be asked; undefined when it can. */
export const umociMissing = await missing('umoci is not installed', 'umoci', '--version');

/** Why no certificate can be made; undefined when it can. */
export const opensslMissing = await missing('openssl is not installed', 'openssl', 'version');

/** Why nginx cannot be started; undefined when it can. */
export const nginxMissing = await missing('nginx is not installed', 'nginx', '-v');

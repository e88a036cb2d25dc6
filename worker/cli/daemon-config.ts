/**
 * `/etc/docker/daemon.json`: how the engine is configured. A file of the terminal's machine, read anew by each command: what is
 * written into it holds from the next command on, and what the page sets stands in it then.
 */
import { utf8, utf8Text } from '../base/bytes.ts';
import { asEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { resolvePath } from '../base/path.ts';
import type { Engine } from '../engine/engine.ts';
import { bodyOf, readBody } from '../vfs/body.ts';
import type { UnionView } from '../vfs/view.ts';
import type { CliContext } from './context.ts';

export const DAEMON_CONFIG_PATH = resolvePath('/etc/docker/daemon.json');

/** What stands in it at first. */
export const DAEMON_CONFIG = `${JSON.stringify({ 'storage-driver': 'overlay2', 'registry-mirrors': [] }, undefined, 2)}\n`;

export interface DaemonConfig {
  readonly registryMirrors: readonly string[];
  readonly insecureRegistries: readonly string[];
}

/** What the file says; a file that cannot be read says nothing. */
export async function daemonConfig({ shell }: CliContext): Promise<DaemonConfig> {
  const { inode } = shell.files.find(DAEMON_CONFIG_PATH) ?? {};
  return configOf(inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : '');
}

/** What stood in each machine's file when it and the engine last said the same. */
const agreed = new WeakMap<UnionView, string>();

/**
 * Makes file and engine say the same of registries: a file that was changed holds, else what was set in the page is written into it.
 * Gives what is wrong with a changed file, in the daemon's words; the engine then keeps what it had.
 */
export async function followDaemonConfig(machine: UnionView, engine: Engine, job: Job): Promise<string | undefined> {
  const inode = machine.lookup(DAEMON_CONFIG_PATH);
  const text = inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : '';
  const settings = await engine.registries.settings(job);
  const said = configOf(text);
  if (text !== (agreed.get(machine) ?? DAEMON_CONFIG)) {
    agreed.set(machine, text);
    const { registryMirrors: mirrors, insecureRegistries } = said;
    try {
      await engine.registries.setSettings({ ...settings, mirrors, insecureRegistries }, job);
    } catch (error) {
      return `unable to configure the Docker daemon with file ${DAEMON_CONFIG_PATH}: ${asEngineError(error).message}`;
    }
    return undefined;
  }
  const { mirrors, insecureRegistries } = settings;
  if (sameTexts(said.registryMirrors, mirrors) && sameTexts(said.insecureRegistries, insecureRegistries))
    return undefined;
  const changed = { ...objectOf(text), 'registry-mirrors': mirrors, 'insecure-registries': insecureRegistries };
  const written = `${JSON.stringify(changed, undefined, 2)}\n`;
  machine.writeFile(DAEMON_CONFIG_PATH, bodyOf(utf8(written)), { mode: 0o644, uid: 0, gid: 0 });
  agreed.set(machine, written);
  return undefined;
}

/** Without the slash at the end, which the engine leaves out. */
function sameTexts(file: readonly string[], engine: readonly string[]): boolean {
  return file.length === engine.length && file.every((text, index) => text.replace(/\/+$/, '') === engine[index]);
}

function configOf(text: string): DaemonConfig {
  const found = objectOf(text);
  return {
    registryMirrors: textsOf(found['registry-mirrors']),
    insecureRegistries: textsOf(found['insecure-registries']),
  };
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** `/etc/docker/daemon.json`: how the engine is configured. A file of the terminal's machine, read anew by each command. */
import { utf8Text } from '../base/bytes.ts';
import { resolvePath } from '../base/path.ts';
import { readBody } from '../vfs/body.ts';
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
  const found = inode?.kind === 'file' ? objectOf(utf8Text(await readBody(inode.body))) : {};
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

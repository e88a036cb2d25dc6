/**
 * The directories in which nginx keeps what it has no room for in memory (ngx_create_paths). It makes them when it starts or tests a
 * configuration, so that they are in the writable layer of every container of it.
 */
import type { AppletContext } from '../../applets/context.ts';
import { readUsers } from '../../applets/users.ts';
import type { Configuration } from './sites.ts';
import { orProblem } from './syntax.ts';

/** Where a distribution has its nginx keep them: the first whose directory the package brought. */
const LAYOUTS: readonly { readonly below: string; readonly names: readonly string[] }[] = [
  { below: '/var/cache/nginx', names: ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp'] },
  { below: '/var/lib/nginx/tmp', names: ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] },
  { below: '/var/lib/nginx', names: ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] },
];

/**
 * Makes those that are missing. Started by root, nginx gives them to the user that its workers run as; started by another user, it can
 * make them only where that one may write. Throws a `ConfigurationProblem` where it cannot.
 */
export async function makeTempPaths(context: AppletContext, configuration: Configuration): Promise<void> {
  const layout = LAYOUTS.find(({ below }) => context.files.find(below)?.inode.kind === 'directory');
  if (layout === undefined) return;
  const { uid } = context.process.credentials;
  const worker = configuration.main.value('user') ?? 'nobody';
  const owner = uid === 0 ? (await readUsers(context)).users.find(({ name }) => name === worker)?.uid : undefined;
  for (const path of layout.names.map((name) => `${layout.below}/${name}`)) {
    if (context.files.find(path) !== undefined) continue;
    orProblem(`mkdir() "${path}"`, () => context.files.makeDirectory(path, 0o700));
    if (owner !== undefined) context.files.changeOwner(path, owner, undefined);
  }
}

/** getent, for the databases an image has as files. */
import { readBody } from '../../vfs/body.ts';
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError } from './options.ts';

/** Exit statuses of getent(1). */
const UNKNOWN_DATABASE = 1;
const NOT_FOUND = 2;
const DATABASES = ['passwd', 'group', 'shadow', 'gshadow'];

export const getent: Applet = {
  names: ['getent'],
  summary: 'Get entries from an administrative database',
  usage: 'DATABASE [KEY]...',
  async run(context) {
    const [database, ...keys] = parseOptions(context.args, '+').operands;
    if (database === undefined) throw new UsageError('');
    if (database === 'hosts' && keys.length > 0) return findHosts(context, keys);
    if (!DATABASES.includes(database)) {
      await context.err.write(`Unknown database: ${database}\n`);
      return UNKNOWN_DATABASE;
    }
    const path = `/etc/${database}`;
    if (context.files.find(path) === undefined) return NOT_FOUND;
    const text = decodeText(await readBody(context.files.body(path)));
    const lines = text.split('\n').filter((line) => line !== '');
    if (keys.length === 0) {
      for (const line of lines) await context.out.write(`${line}\n`);
      return 0;
    }
    let status = 0;
    for (const key of keys) {
      const found = lines.find((line) => {
        const [name, , id] = line.split(':');
        return name === key || (/^\d+$/.test(key) && id === key);
      });
      if (found === undefined) status = NOT_FOUND;
      else await context.out.write(`${found}\n`);
    }
    return status;
  },
};

/** Lines as of /etc/hosts, for the names that are known here. */
async function findHosts(context: AppletContext, names: readonly string[]): Promise<number> {
  let status = 0;
  for (const name of names) {
    const host = await context.process.waitFor(context.process.kernel.resolver(name));
    if (host === undefined) status = NOT_FOUND;
    else await context.out.write(`${host.address.padEnd(15)} ${name}\n`);
  }
  return status;
}

/** ldd: the shared libraries a program asks for, and where the loader finds them (glibc's script, and musl's). */
import { isSparse } from '../../vfs/body.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { readElf } from './elf.ts';
import { parseOptions, UsageError } from './options.ts';

const LIBRARY_DIRECTORIES = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib64',
  '/usr/lib64',
  '/lib',
  '/usr/lib',
  '/usr/local/lib',
];
const LOADER = '/lib64/ld-linux-x86-64.so.2';
const MUSL_LOADER = '/lib/ld-musl-x86_64.so.1';
/** Where the loader maps things differs from run to run; Strata maps nothing, so it shows one address. */
const ADDRESS = '0x00007f0000000000';

export const ldd: Applet = {
  names: ['ldd'],
  summary: 'Print shared object dependencies',
  usage: 'FILE...',
  async run(context) {
    const options = parseOptions(context.args, 'vudr', { verbose: 'v', unused: 'u' });
    if (options.operands.length === 0) throw new UsageError('missing file arguments');
    let status = 0;
    for (const path of options.operands) {
      if (options.operands.length > 1) await context.out.write(`${path}:\n`);
      status = Math.max(status, await tell(context, path));
    }
    return status;
  },
};

async function tell(context: AppletContext, path: string): Promise<number> {
  const found = context.files.find(path);
  if (found?.inode.kind !== 'file') {
    await context.err.write(
      found === undefined ? `ldd: ${path}: No such file or directory\n` : `ldd: ${path}: not regular file\n`,
    );
    return 1;
  }
  const elf = await readElf(found.inode.body);
  // of what a package manager put there, the first bytes are all there is
  const replica = (elf === undefined || elf.machine === 0) && isSparse(found.inode.body);
  if (replica) context.simulate(`ldd: ${path} is a replica without its bytes; only the C library is listed`);
  if (!replica && elf?.dynamic !== true) {
    await context.out.flush();
    await context.err.write('\tnot a dynamic executable\n');
    return 1;
  }
  if (replica && context.files.find(MUSL_LOADER) !== undefined) {
    await context.out.write(`\t${MUSL_LOADER} (${ADDRESS})\n\tlibc.musl-x86_64.so.1 => ${MUSL_LOADER} (${ADDRESS})\n`);
    return 0;
  }
  await context.out.write(`\tlinux-vdso.so.1 (${ADDRESS})\n`);
  const waiting = replica || elf === undefined ? ['libc.so.6'] : [...elf.needed];
  const told = new Set<string>();
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (told.has(name)) continue;
    told.add(name);
    const library = LIBRARY_DIRECTORIES.map((directory) => `${directory}/${name}`).find(
      (each) => context.files.find(each)?.inode.kind === 'file',
    );
    await context.out.write(`\t${name} => ${library === undefined ? 'not found' : `${library} (${ADDRESS})`}\n`);
    const further = library === undefined ? undefined : await readElf(context.files.body(library));
    waiting.push(...(further?.needed ?? []));
  }
  await context.out.write(`\t${elf?.interpreter ?? LOADER} (${ADDRESS})\n`);
  return 0;
}

/**
 * `scanelf` of pax-utils as Alpine's Dockerfiles use it: which libraries programs need. Of programs that are here without their bytes
 * only the C library can be told.
 */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { readElf } from '../../applets/elf.ts';
import { bodyChunks, isSparse } from '../../../vfs/body.ts';
import type { FileInode } from '../../../vfs/inode.ts';

const C_LIBRARY = 'libc.musl-x86_64.so.1';
const ELF_MAGIC = '\x7fELF';

export const scanelf: Applet = {
  names: ['scanelf'],
  summary: 'Tell what ELF files need',
  usage: '[-nR] [--format FORMAT] PATH...',
  async run(context) {
    const { args } = context;
    const recursive = args.some((word) => word === '--recursive' || /^-[a-z]*R/i.test(word));
    const at = args.findIndex((word) => word === '--format' || word === '-F');
    const format = at === -1 ? undefined : args[at + 1];
    const paths = args.filter((word, index) => !word.startsWith('-') && (at === -1 || index !== at + 1));
    if (format === undefined && !args.includes('--nobanner') && !args.some((word) => /^-[a-zA-Z]*B/.test(word)))
      await context.out.write(' TYPE   NEEDED FILE \n');
    for (const path of paths) await scan(context, path, recursive, format);
    return 0;
  },
};

async function scan(context: AppletContext, path: string, recursive: boolean, format?: string): Promise<void> {
  const pause = context.checkpoint();
  if (pause !== undefined) await pause;
  const inode = context.files.find(path, false)?.inode;
  if (inode === undefined) {
    await context.err.write(`scanelf: ${path}: does not exist\n`);
    return;
  }
  if (inode.kind === 'directory') {
    for (const { name } of context.files.list(path)) {
      const child = `${path.replace(/\/$/, '')}/${name}`;
      const isDirectory = context.files.find(child, false)?.inode.kind === 'directory';
      if (!isDirectory || recursive) await scan(context, child, recursive, format);
    }
    return;
  }
  const needed = inode.kind === 'file' ? await neededBy(context, inode) : undefined;
  if (needed === undefined) return;
  // `#` before the letter leaves an entry out that has nothing to tell
  const line =
    format === undefined
      ? `ET_DYN ${needed.join(',') || '-'} ${path}`
      : format.replaceAll('%n#p', needed.join(',')).replaceAll('%n', needed.join(',')).replaceAll('%F', path);
  if (line !== '') await context.out.write(`${line}\n`);
}

/** Undefined for what is no ELF file. */
async function neededBy(context: AppletContext, { body }: FileInode): Promise<readonly string[] | undefined> {
  for await (const bytes of bodyChunks(body)) {
    if (String.fromCharCode(...bytes.subarray(0, ELF_MAGIC.length)) !== ELF_MAGIC) return undefined;
    break;
  }
  if (body.sizeBytes === 0) return undefined;
  const elf = await readElf(body);
  if (elf !== undefined && !(elf.machine === 0 && isSparse(body))) return elf.needed;
  context.simulate('scanelf: programs without their bytes: only the C library is listed');
  return [C_LIBRARY];
}

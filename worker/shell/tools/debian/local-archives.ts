/** `apt-get install ./x.deb` and `dpkg -i x.deb`: archives in the image, as `apt-get download` and the like left them there. */
import type { AppletContext } from '../../applets/context.ts';
import { debianPackages } from '../catalogue/debian-catalogue.ts';
import type { Paragraph } from './control.ts';
import { nameOf } from './planning.ts';

/** The words of a command line with paths of archives replaced by the names of the packages in them. */
export interface LocalArchives {
  readonly names: readonly string[];
  /** The archive's packages and those of the files. */
  available(remote: ReadonlyMap<string, Paragraph>): ReadonlyMap<string, Paragraph>;
}

export async function readLocalArchives(
  context: AppletContext,
  words: readonly string[],
): Promise<LocalArchives | { readonly problem: string }> {
  const local = new Map<string, Paragraph>();
  const names: string[] = [];
  for (const word of words) {
    if (!word.includes('/') || !word.endsWith('.deb')) {
      names.push(word);
      continue;
    }
    const paragraph = await archivedPackage(context, word);
    if (typeof paragraph === 'string') return { problem: paragraph };
    local.set(nameOf(paragraph), paragraph);
    names.push(nameOf(paragraph));
  }
  return { names, available: (remote) => new Map([...remote, ...local]) };
}

/** The package an archive in the image is of, told by the archive's name; or why there is none. */
export async function archivedPackage(context: AppletContext, path: string): Promise<Paragraph | string> {
  const inode = context.files.find(path)?.inode;
  if (inode?.kind !== 'file') return `Unsupported file ${path} given on commandline`;
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/[_.].*$/, '');
  const paragraph = (await debianPackages(context.process.kernel.catalogue)).get(name);
  return paragraph ?? `Strata knows what is in ${path} only if it is one of the packages of its catalogue`;
}

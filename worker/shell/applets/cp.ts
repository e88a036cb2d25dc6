/** cp */
import type { Applet } from './applet.ts';
import { backupName, Copier, complainOfTarget, lastSegment, missingOperand, withoutSlash } from './copying.ts';
import { parseOptions, type Options } from './options.ts';

const LONG = {
  archive: 'a', recursive: 'R', 'no-dereference': 'P', dereference: 'L', force: 'f', interactive: 'i', 'no-clobber': 'n', link: 'l',
  'symbolic-link': 's', 'no-target-directory': 'T', 'target-directory': 't', update: 'u', verbose: 'v', preserve: 'preserve::',
  'no-preserve': 'nopreserve:', backup: 'backup::', suffix: 'S:', 'one-file-system': 'x', 'strip-trailing-slashes': 'strip', sparse: 'sparse:', 'remove-destination': 'f',
  'attributes-only': 'attributes', 'copy-contents': 'contents', context: 'Z', parents: 'parents', reflink: 'reflink::',
}; // prettier-ignore

export const cp: Applet = {
  names: ['cp'],
  summary: 'Copy SOURCEs to DEST',
  usage: '[-arPLHpfinlsTu] SOURCE DEST',
  async run(context) {
    const options = parseOptions(
      context.args,
      context.flavour === 'gnu' ? 'abdfHilLnPpRrsS:t:TuvxZ' : 'arRdPLHpfinlsTt:uv',
      LONG,
    );
    const directory = options.value('t');
    const sources = directory === undefined ? options.operands.slice(0, -1) : options.operands;
    const target = directory ?? options.operands.at(-1);
    if (target === undefined || sources.length === 0) throw missingOperand(options.operands);
    const copier = new Copier(context, {
      ...copyOptions(options),
      ...(context.flavour === 'gnu' ? { backup: (path: string) => backupName(context, options, path) } : {}),
    });
    const found = context.files.find(target);
    // A file over a file, or a tree to a new place; all else goes into the target, be it a directory or not.
    const plain = (source: string): boolean => {
      const from = context.files.find(source);
      if (context.flavour === 'gnu') return found?.inode.kind !== 'directory';
      if (from?.inode.kind === 'directory') return found === undefined;
      return found?.inode.kind !== 'directory';
    };
    const into = (source: string): boolean =>
      directory !== undefined || sources.length > 1 || (!options.has('T') && !plain(source));
    if (found?.inode.kind !== 'directory' && (sources.length > 1 || directory !== undefined)) {
      if (context.flavour === 'gnu') return complainOfTarget(context, target, directory !== undefined);
      if (found !== undefined) return context.complain(`target '${target}' is not a directory`);
    }
    let status = 0;
    for (const source of sources) {
      const name = options.has('parents') ? source.replace(/^\/+/, '') : lastSegment(source);
      if (options.has('parents')) makeParents(context.files, target, name);
      if (!(await copier.copy(source, into(source) ? `${withoutSlash(target)}/${name}` : target))) status = 1;
    }
    return status;
  },
};

function makeParents(files: Parameters<Applet['run']>[0]['files'], target: string, name: string): void {
  const segments = name.split('/').slice(0, -1);
  segments.forEach((_, index) => {
    const path = `${withoutSlash(target)}/${segments.slice(0, index + 1).join('/')}`;
    if (files.find(path) === undefined) files.makeDirectory(path);
  });
}

function copyOptions(options: Options): ConstructorParameters<typeof Copier>[1] {
  const archive = options.has('a');
  const recursive = archive || options.has('r') || options.has('R');
  const noFollow =
    archive || options.has('d') || options.has('P') || (recursive && !options.has('L') && !options.has('H'));
  return {
    recursive,
    preserve: archive || options.has('p') || options.has('preserve'),
    follow: noFollow && !options.has('L') ? 'none' : options.has('H') ? 'operands' : 'all',
    force: options.has('f'),
    noClobber: options.has('n'),
    update: options.has('u'),
    link: options.has('l') ? 'hard' : options.has('s') ? 'symbolic' : undefined,
    verbose: options.has('v'),
  };
}

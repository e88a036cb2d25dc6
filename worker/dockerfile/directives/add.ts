import { EngineError } from '../../base/errors.ts';
import {
  COPY_FLAGS,
  expandCopyFlags,
  expandSources,
  historyOfCopy,
  inlineSources,
  readCopyFlags,
  type CopyFlags,
} from '../copy-instruction.ts';
import { defineDirective } from '../directive.ts';
import { readFlags, type FlagSpec } from '../flags.ts';
import { sourceKind } from '../source-kind.ts';
import { readSourceList, requireDestination, type SourceList } from '../source-list.ts';
import type { CopySource } from '../stage-builder.ts';

export interface AddData extends CopyFlags {
  readonly list: SourceList;
  readonly checksum: string;
  readonly keepGitDir: boolean;
  /** Undefined where `--unpack` is not given. */
  readonly unpack?: boolean;
}

const FLAGS: readonly FlagSpec[] = [
  ...COPY_FLAGS,
  {
    name: 'checksum',
    type: 'string',
    placeholder: 'sha256:digest',
    summary: 'Digest that the downloaded file must have.',
  },
  { name: 'keep-git-dir', type: 'boolean', summary: 'Keeps the `.git` directory of a Git repository.' },
  {
    name: 'unpack',
    type: 'boolean',
    summary: 'Unpacks archives, or not: by default those of the context are, downloads are not.',
  },
];

/** Hexadecimal digits of the digests that can be checked. */
const DIGEST_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

export const add = defineDirective<AddData>({
  name: 'ADD',
  summary: 'Copies files into the image, unpacks archives and downloads.',
  syntax: ['ADD [options] source ... destination', 'ADD [options] ["source", ..., "destination"]'],
  docs: `Like COPY, and more: a tar archive of the context (plain or compressed with gzip, bzip2, xz or zstd) is unpacked into the
destination, a URL is downloaded, a Git repository is checked out. Whether a file is an archive is told by its contents, not its
name. Where none of this is wanted COPY says so more clearly.`,
  flags: FLAGS,
  argumentSyntax: 'exec-or-blanks',
  heredocs: true,
  suggestions: { known: 'context paths' },
  expands: 'all',
  isStep: true,
  interpret: (node) => {
    requireDestination('ADD', node.args);
    const flags = readFlags(node.flags, FLAGS);
    const list = readSourceList('ADD', node);
    const isUnpackGiven = node.flags.some((flag) => /^--unpack(?:=|$)/.test(flag));
    return {
      ...readCopyFlags(flags),
      list,
      checksum: flags.string('checksum'),
      keepGitDir: flags.boolean('keep-git-dir'),
      ...(isUnpackGiven ? { unpack: flags.boolean('unpack') } : {}),
    };
  },
  lower: (data, stage) => {
    const flags = expandCopyFlags(data, stage);
    const checksum = stage.expand(data.checksum);
    const list = expandSources(data.list, stage);
    if (checksum !== '') checkChecksum(checksum, list.paths);
    stage.copy(
      {
        directive: 'ADD',
        sources: [...list.paths.map((path) => addSource(path, checksum, data.keepGitDir)), ...inlineSources(list)],
        destination: list.destination,
        ...(flags.chown === '' ? {} : { chown: flags.chown }),
        ...(flags.chmod === '' ? {} : { chmod: flags.chmod }),
        link: flags.link,
        parents: false,
        excludes: flags.excludes,
        ...(data.unpack === undefined ? {} : { unpack: data.unpack }),
      },
      historyOfCopy('ADD', false, flags, list),
    );
  },
});

function addSource(path: string, checksum: string, keepGitDir: boolean): CopySource {
  const expected = checksum === '' ? {} : { checksum };
  const kind = sourceKind(path);
  if (kind === 'url') return { kind, url: path, ...expected };
  if (kind === 'git') return { kind, url: path, keepGitDir, ...expected };
  return { kind, path };
}

function checkChecksum(checksum: string, paths: readonly string[]): void {
  const [, algorithm, digits = ''] = /^([a-z0-9]+(?:[.+_-][a-z0-9]+)*):([=_\-a-zA-Z0-9]+)$/.exec(checksum) ?? [];
  if (algorithm === undefined) throw new EngineError('dockerfile', 'invalid checksum digest format');
  const length = DIGEST_LENGTHS.get(algorithm);
  if (length === undefined) throw new EngineError('dockerfile', 'unsupported digest algorithm');
  if (digits.length !== length) throw new EngineError('dockerfile', 'invalid checksum digest length');
  if (!/^[a-f0-9]+$/.test(digits)) throw new EngineError('dockerfile', 'invalid checksum digest format');
  if (paths.length !== 1) throw new EngineError('dockerfile', "checksum can't be specified for multiple sources");
  if (paths.some((path) => sourceKind(path) === 'path')) {
    throw new EngineError('dockerfile', "checksum can't be specified for non-HTTP sources");
  }
}

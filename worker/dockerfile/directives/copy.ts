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

export interface CopyData extends CopyFlags {
  readonly list: SourceList;
  /** Stage, image or named context; empty for the build context. */
  readonly from: string;
  readonly parents: boolean;
}

const FLAGS: readonly FlagSpec[] = [
  {
    name: 'from',
    type: 'string',
    placeholder: 'stage|image|context',
    summary: 'Copies from an earlier stage, an image or a named context instead of the build context.',
    offers: { known: 'sources' },
  },
  ...COPY_FLAGS,
  { name: 'parents', type: 'boolean', summary: 'Keeps the directories of each source below the destination.' },
];

export const copy = defineDirective<CopyData>({
  name: 'COPY',
  summary: 'Copies files into the image, as a layer.',
  syntax: [
    'COPY [options] source ... destination',
    'COPY [options] ["source", ..., "destination"]',
    'COPY [options] <<name ... destination',
  ],
  docs: `Sources are paths and wildcards of the build context, which \`.dockerignore\` may shorten, or with \`--from\` of a stage or an
image. Of a directory its contents are copied. A destination that ends in a slash, or that several sources go to, is a directory;
missing parents are made. Copies belong to root unless \`--chown\` says otherwise. A heredoc becomes a file named by its word.

The step is taken from the cache as long as the files have the same contents, modes and owners; their times do not matter. So
copy what changes rarely, and what long steps need, first.`,
  flags: FLAGS,
  argumentSyntax: 'exec-or-blanks',
  heredocs: true,
  suggestions: { known: 'context paths' },
  expands: 'all',
  isStep: true,
  sources: ({ from }) => (from === '' ? [] : [from]),
  interpret: (node) => {
    requireDestination('COPY', node.args);
    const flags = readFlags(node.flags, FLAGS);
    const list = readSourceList('COPY', node);
    return { ...readCopyFlags(flags), list, from: flags.string('from'), parents: flags.boolean('parents') };
  },
  lower: (data, stage) => {
    const flags = expandCopyFlags(data, stage);
    const list = expandSources(data.list, stage);
    stage.copy(
      {
        directive: 'COPY',
        sources: [...list.paths.map(pathSource), ...inlineSources(list)],
        destination: list.destination,
        ...(data.from === '' ? {} : { from: data.from }),
        ...(flags.chown === '' ? {} : { chown: flags.chown }),
        ...(flags.chmod === '' ? {} : { chmod: flags.chmod }),
        link: flags.link,
        parents: data.parents,
        excludes: flags.excludes,
      },
      historyOfCopy('COPY', data.parents, flags, list),
    );
  },
});

function pathSource(path: string): CopySource {
  const kind = sourceKind(path);
  if (kind === 'git') throw new EngineError('dockerfile', "source can't be a git ref for COPY");
  if (kind === 'url') throw new EngineError('dockerfile', "source can't be a URL for COPY");
  return { kind, path };
}

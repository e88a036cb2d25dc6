/** What COPY and ADD share: their common flags, expansion, and the line of history. */
import type { FlagSpec, FlagValues } from './flags.ts';
import type { SourceList } from './source-list.ts';
import type { CopySource, StageBuilder } from './stage-builder.ts';

/** Values of the flags both know; empty where not given. */
export interface CopyFlags {
  readonly chown: string;
  readonly chmod: string;
  readonly link: boolean;
  readonly excludes: readonly string[];
}

export const COPY_FLAGS: readonly FlagSpec[] = [
  { name: 'chown', type: 'string', placeholder: 'user[:group]', summary: 'Owner of the copies; root by default.' },
  { name: 'chmod', type: 'string', placeholder: 'mode', summary: 'Permission bits of the copies, in octal.' },
  {
    name: 'link',
    type: 'boolean',
    summary:
      'Makes the copies a layer that does not depend on what is below, so that it stays valid when that changes.',
  },
  { name: 'exclude', type: 'strings', placeholder: 'pattern', summary: 'Leaves out what matches the pattern.' },
];

export function readCopyFlags(flags: FlagValues): CopyFlags {
  return {
    chown: flags.string('chown'),
    chmod: flags.string('chmod'),
    link: flags.boolean('link'),
    excludes: flags.strings('exclude'),
  };
}

/** The flags with variables expanded. Docker 26 takes `--chmod` as it is written. */
export function expandCopyFlags(flags: CopyFlags, stage: StageBuilder): CopyFlags {
  return {
    ...flags,
    chown: stage.expand(flags.chown),
    excludes: flags.excludes.map((pattern) => stage.expand(pattern)),
  };
}

/** The sources with variables expanded, paths before files, as they are copied. */
export function expandSources(list: SourceList, stage: StageBuilder): SourceList {
  return {
    paths: list.paths.map((path) => stage.expand(path)),
    destination: stage.expand(list.destination),
    files: list.files.map((file) => (file.expand ? { ...file, content: stage.expandText(file.content) } : file)),
  };
}

/** Files given by their text, as sources. */
export function inlineSources(list: SourceList): readonly CopySource[] {
  return list.files.map(({ name, content }) => ({ kind: 'inline', name, content }));
}

/** `COPY --chown=1 a b /c/`, as the image's history tells it. */
export function historyOfCopy(directive: string, parents: boolean, flags: CopyFlags, list: SourceList): string {
  return [
    directive,
    ...(parents ? ['--parents'] : []),
    ...(flags.chown === '' ? [] : [`--chown=${flags.chown}`]),
    ...(flags.chmod === '' ? [] : [`--chmod=${flags.chmod}`]),
    ...list.paths,
    ...list.files.map(({ name }) => `<<${name}`),
    list.destination,
  ].join(' ');
}

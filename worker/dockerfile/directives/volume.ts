import { EngineError } from '../../base/errors.ts';
import { requireSome } from '../argument-count.ts';
import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';
import { trimSpace } from '../go-space.ts';

export interface VolumeData {
  readonly paths: readonly string[];
}

export const volume = defineDirective<VolumeData>({
  name: 'VOLUME',
  summary: 'Marks paths that hold data kept outside of containers.',
  syntax: ['VOLUME path ...', 'VOLUME ["path", ...]'],
  docs: `When a container starts, an anonymous volume is mounted at each of these paths unless another is given, filled with what the
image has there. What is written there is not part of the container's writable layer. Nothing in a Dockerfile says which volume
or host directory that is: it depends on where the container runs.`,
  flags: [],
  argumentSyntax: 'exec-or-blanks',
  expands: 'all',
  interpret: (node) => {
    requireSome('VOLUME', node.args);
    readFlags(node.flags, []);
    return { paths: node.args.map(trimSpace).map(requirePath) };
  },
  lower: ({ paths }, stage) => {
    const expanded = paths.map((path) => stage.expand(path)).map(requirePath);
    stage.config.Volumes = { ...stage.config.Volumes, ...Object.fromEntries(expanded.map((path) => [path, {}])) };
    stage.metadata(`VOLUME [${expanded.join(' ')}]`);
  },
});

function requirePath(path: string): string {
  if (path === '') throw new EngineError('dockerfile', 'VOLUME specified can not be an empty string');
  return path;
}

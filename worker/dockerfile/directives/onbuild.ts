import { EngineError } from '../../base/errors.ts';
import { requireSome } from '../argument-count.ts';
import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';

export interface OnbuildData {
  /** The instruction as text, with the lines of its heredocs. */
  readonly trigger: string;
}

const FORBIDDEN: ReadonlySet<string> = new Set(['MAINTAINER', 'FROM']);

export const onbuild = defineDirective<OnbuildData>({
  name: 'ONBUILD',
  summary: 'Keeps an instruction for builds that use this image as their base.',
  syntax: ['ONBUILD INSTRUCTION arguments'],
  docs: `Nothing happens now. When another Dockerfile says FROM this image, the kept instructions run right after that FROM, with that
build's context. They are not passed on to images built from that one.`,
  flags: [],
  argumentSyntax: 'instruction',
  expands: 'nothing',
  interpret: ({ child, flags, original, heredocs }) => {
    requireSome('ONBUILD', child === undefined ? [] : [child.name]);
    readFlags(flags, []);
    const name = child?.name.toUpperCase() ?? '';
    if (name === 'ONBUILD') {
      throw new EngineError('dockerfile', "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
    }
    if (FORBIDDEN.has(name)) throw new EngineError('dockerfile', `${name} isn't allowed as an ONBUILD trigger`);
    const texts = heredocs.map((heredoc) => `\n${heredoc.content}${heredoc.name}`);
    return { trigger: original.replace(/^\s*ONBUILD\s*/i, '') + texts.join('') };
  },
  lower: ({ trigger }, stage) => {
    stage.config.OnBuild = [...(stage.config.OnBuild ?? []), trigger];
  },
});

import type { AnalysedStage } from '../analysis/analyse.ts';
import type { LintRule } from './rule.ts';

export const lastUserIsRoot: LintRule = {
  name: 'LastUserIsRoot',
  origin: 'strata',
  severity: 'info',
  description: 'The image should not run as root',
  why: 'Who breaks into a program that runs as root is root in the container, and one step nearer to the host. Make a user (`RUN useradd --system app`, or `adduser -S app` on Alpine) and end with USER; a number works without a user too.',
  *check(file) {
    const stage = file.stages.at(-1);
    const command = stage?.instructions.find(({ node }) => node.name === 'cmd' || node.name === 'entrypoint');
    if (stage === undefined || command === undefined) return;
    const { user, by } = lastUser(stage);
    if (user === undefined || !/^(?:|root|0)(?::.*)?$/.test(user)) return;
    const message =
      by === undefined ? 'No USER is set: containers run as root' : `USER ${user}: containers run as root`;
    yield { node: by?.node ?? command.node, message };
  },
};

/** The user at the end of a stage, and the instruction that set it; undefined where the base image decides and is not known. */
function lastUser(stage: AnalysedStage): {
  user: string | undefined;
  by?: AnalysedStage['from'] | AnalysedStage['instructions'][number];
} {
  const by = stage.instructions.findLast(({ node }) => node.name === 'user');
  if (by !== undefined) return { user: stage.end.config.User, by };
  let root = stage;
  while (root.base !== undefined && root.end.config.User === undefined) root = root.base;
  return { user: root.end.config.User ?? (root.baseName === 'scratch' ? '' : root.image?.user) };
}

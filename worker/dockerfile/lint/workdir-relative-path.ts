import type { AnalysedStage } from '../analysis/analyse.ts';
import { workdir } from '../directives/workdir.ts';
import { quote } from '../go-quote.ts';
import { placeOf, replacing } from './places.ts';
import { buildkitPage, type LintRule } from './rule.ts';

export const workdirRelativePath: LintRule = {
  name: 'WorkdirRelativePath',
  origin: 'buildkit',
  severity: 'warning',
  description:
    'Relative workdir without an absolute workdir declared within the build can have unexpected results if the base image changes',
  why: 'A relative path goes on from the working directory of the base image, which another version of that image may have elsewhere. Begin with a slash.',
  url: buildkitPage('workdir-relative-path'),
  *check(file) {
    const withDirectory = new Set<AnalysedStage>();
    for (const stage of file.stages) {
      const first = stage.instructions.find(workdir.made);
      // A stage below set one: the first is the one to mend.
      const inherits = stage.base !== undefined && withDirectory.has(stage.base);
      if (inherits || first !== undefined) withDirectory.add(stage);
      if (first === undefined || inherits) continue;
      const path = unquoted(first.data.path);
      if (path.startsWith('/') || path.startsWith('$') || /^[a-z]:/i.test(path)) continue;
      const place = placeOf(file, first.node, path);
      yield {
        node: first.node,
        message: `Relative workdir ${quote(path)} can have unexpected results if the base image changes`,
        ...(place === undefined ? {} : { range: place, fix: replacing('Make it absolute', place, `/${path}`) }),
      };
    }
  },
};

function unquoted(path: string): string {
  return /^(["'])(.*)\1$/.exec(path)?.[2] ?? path;
}

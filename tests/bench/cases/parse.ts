import { diagnose } from '../../../worker/dockerfile/language/index.ts';
import type { Benchmark } from '../benchmark.ts';

const BLOCK = [
  'FROM debian:bookworm AS stage',
  'ARG VERSION=1.2.3',
  'ENV PATH=/opt/bin:$PATH LANG="C.UTF-8"',
  'RUN set -eux; \\',
  '    apt-get update; \\',
  '    # a comment between lines',
  '    apt-get install -y --no-install-recommends curl',
  'COPY --from=stage --chown=1:1 ["a file", "/dest/"]',
  'HEALTHCHECK --interval=5m CMD curl -f http://localhost/ || exit 1',
  'CMD ["nginx", "-g", "daemon off;"]',
];

/** 1,000 lines of ordinary Dockerfile. */
const TEXT = Array.from({ length: 100 }, (_, i) => BLOCK.join('\n').replaceAll('stage', `stage${i}`)).join('\n');

/** Edits the worker has answered before: a person types many, and the first few find its code not compiled yet. */
const EDITS_BEFORE = 40;

export const parse: Benchmark = {
  name: 'parse and check 1,000 lines',
  goal: 'under 10 ms',
  prepare: async () => {
    let edits = 0;
    // Another text each time, since the analysis of the last one is kept.
    const answer = (): void => {
      diagnose(`${TEXT}\n# edit ${edits++}`, { contextPaths: [] });
    };
    while (edits < EDITS_BEFORE) answer();
    return { strata: async () => answer() };
  },
};

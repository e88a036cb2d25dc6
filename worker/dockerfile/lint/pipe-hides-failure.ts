import type { AnalysedStage } from '../analysis/analyse.ts';
import { shell } from '../directives/shell.ts';
import type { LintRule } from './rule.ts';
import { shellCommands, shellTextOf } from './shell-commands.ts';

/** Programs that fetch: what fails most, and what a pipe hides worst. */
const FETCHERS: ReadonlySet<string> = new Set(['curl', 'wget', 'fetch', 'aria2c']);

export const pipeHidesFailure: LintRule = {
  name: 'PipeHidesFailure',
  origin: 'strata',
  severity: 'info',
  description: 'A download should not be piped without pipefail',
  why: 'A pipeline has the exit code of its last program. When the download fails, the build goes on with nothing, and the step is kept in the cache. Set `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`, or fetch to a file first.',
  *check(file) {
    const safe = new Set<AnalysedStage>();
    for (const stage of file.stages) {
      let hasPipefail = stage.base !== undefined && safe.has(stage.base);
      for (const instruction of stage.instructions) {
        if (shell.made(instruction)) hasPipefail = instruction.data.words.some((word) => word.includes('pipefail'));
        if (hasPipefail) continue;
        const commands = shellCommands(instruction);
        const at = commands.findIndex(({ words }, i) => FETCHERS.has(words[0] ?? '') && commands[i + 1]?.joint === '|');
        if (at < 0 || shellTextOf(instruction)?.includes('pipefail') === true) continue;
        const program = commands[at]?.words[0] ?? '';
        yield { node: instruction.node, message: `A failure of ${program} goes unnoticed in this pipe` };
      }
      if (hasPipefail) safe.add(stage);
    }
  },
};

import { isEngineError } from '../../base/errors.ts';
import { parseReference } from '../../oci/reference.ts';
import { expandGlobally } from '../analysis/analyse.ts';
import { buildkitPage, type LintRule } from './rule.ts';
import { baseNamePlace } from './stage-name.ts';

export const invalidDefaultArgInFrom: LintRule = {
  name: 'InvalidDefaultArgInFrom',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Default value for global ARG results in an empty or invalid base image name',
  why: 'Without a `--build-arg` the name of the image is not one, and the build fails for everybody who does not know of the argument. Give the ARG a default, or the variable one: `${TAG:-latest}`.',
  url: buildkitPage('invalid-default-arg-in-from'),
  *check(file) {
    for (const { from } of file.stages) {
      const expansion = expandGlobally(file, from.data.baseName);
      if (expansion === undefined || isReference(expansion.text)) continue;
      const message = `Default value for ARG ${from.data.baseName} results in empty or invalid base image name`;
      const range = baseNamePlace(file, from.node);
      yield { node: from.node, message, ...(range === undefined ? {} : { range }) };
    }
  },
};

function isReference(text: string): boolean {
  try {
    parseReference(text);
    return true;
  } catch (error) {
    if (isEngineError(error)) return false;
    throw error;
  }
}

import { isEngineError } from '../../base/errors.ts';
import { DEFAULT_PLATFORM, formatPlatform, parsePlatform, type Platform } from '../../oci/platform.ts';
import { expandGlobally } from '../analysis/analyse.ts';
import { quote } from '../go-quote.ts';
import type { LintedFile, LintRule } from './rule.ts';
import { baseNamePlace } from './stage-name.ts';

export const invalidBaseImagePlatform: LintRule = {
  name: 'InvalidBaseImagePlatform',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Base image platform does not match expected target platform',
  why: 'The registry has this image for another machine alone. Its programs do not run on the platform that is built for.',
  *check(file) {
    for (const { from, base, baseName, image } of file.stages) {
      if (base !== undefined || image === undefined) continue;
      const expected = platformOf(file, from.data.platform);
      const { platform } = image;
      if (expected === undefined) continue;
      if (expected.os === platform.os && expected.architecture === platform.architecture) continue;
      const message = `Base image ${baseName} was pulled with platform ${quote(formatPlatform(platform))}, expected ${quote(formatPlatform(expected))} for current build`;
      const range = baseNamePlace(file, from.node);
      yield { node: from.node, message, ...(range === undefined ? {} : { range }) };
    }
  },
};

/** The platform a FROM asks for: that of the build if it names none. */
function platformOf(file: LintedFile, word: string): Platform | undefined {
  if (word === '') return DEFAULT_PLATFORM;
  try {
    return parsePlatform(expandGlobally(file, word)?.text ?? '');
  } catch (error) {
    if (isEngineError(error)) return undefined;
    throw error;
  }
}

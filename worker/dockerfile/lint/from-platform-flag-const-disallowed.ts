import { isEngineError } from '../../base/errors.ts';
import { parsePlatform, type Platform } from '../../oci/platform.ts';
import { expandGlobally } from '../analysis/analyse.ts';
import { quote } from '../go-quote.ts';
import { placeOf, replacing } from './places.ts';
import { buildkitPage, type LintRule } from './rule.ts';

export const fromPlatformFlagConstDisallowed: LintRule = {
  name: 'FromPlatformFlagConstDisallowed',
  origin: 'buildkit',
  severity: 'warning',
  description: 'FROM --platform flag should not use a constant value',
  why: 'With a fixed platform `docker build --platform` changes nothing for this stage, and the image of an ARM build holds programs of another machine. Use a variable such as $BUILDPLATFORM, or name the stage after the platform where it is meant.',
  url: buildkitPage('from-platform-flag-const-disallowed'),
  *check(file) {
    for (const { from, name } of file.stages) {
      const expansion = expandGlobally(file, from.data.platform);
      if (expansion === undefined || expansion.matched.size + expansion.unmatched.size > 0) continue;
      const platform = platformOf(expansion.text);
      if (platform === undefined || name.includes(platform.os) || name.includes(platform.architecture)) continue;
      const message = `FROM --platform flag should not use constant value ${quote(expansion.text)}`;
      const place = placeOf(file, from.node, from.node.flags[0] ?? '');
      if (place === undefined) yield { node: from.node, message };
      else {
        const fix = replacing('Build on the platform of the builder', place, '--platform=$BUILDPLATFORM');
        yield { node: from.node, message, range: place, fix };
      }
    }
  },
};

/** Undefined for what a build refuses anyway. */
function platformOf(text: string): Platform | undefined {
  if (text === '') return undefined;
  try {
    return parsePlatform(text);
  } catch (error) {
    if (isEngineError(error)) return undefined;
    throw error;
  }
}

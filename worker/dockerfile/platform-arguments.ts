/** Build arguments that tell the platforms. They need no value given; FROM sees them all, a stage sees those it declares. */
import { formatPlatform, type Platform } from '../oci/platform.ts';

/** The `BUILD…` and `TARGET…` arguments of a build. */
export function platformArguments(build: Platform, target: Platform): ReadonlyMap<string, string> {
  return new Map([...describe('BUILD', build), ...describe('TARGET', target)]);
}

function describe(prefix: string, platform: Platform): [string, string][] {
  return [
    [`${prefix}PLATFORM`, formatPlatform(platform)],
    [`${prefix}OS`, platform.os],
    [`${prefix}ARCH`, platform.architecture],
    [`${prefix}VARIANT`, platform.variant ?? ''],
  ];
}

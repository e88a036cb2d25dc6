import { fullReference, withDefaultTag } from '../../../oci/reference.ts';
import { CliError, type Command } from '../../command.ts';
import type { Flags } from '../../flags.ts';
import { experimental } from '../../manifests/experimental.ts';
import { imageFile, readList, saveImage, type ListedImage } from '../../manifests/local-lists.ts';
import { isKnownPair } from '../../manifests/platform-pairs.ts';
import { referenceOf } from '../image/pull.ts';

const SUMMARY = 'Add additional information to a local image manifest';

export const manifestAnnotate: Command = {
  path: ['manifest', 'annotate'],
  summary: SUMMARY,
  description: experimental('annotate', SUMMARY),
  usage: ['[OPTIONS] MANIFEST_LIST MANIFEST'],
  arguments: { least: 2, most: 2 },
  flags: [
    { name: 'arch', kind: 'string', help: 'Set architecture' },
    { name: 'os', kind: 'string', help: 'Set operating system' },
    { name: 'os-features', kind: 'strings', help: 'Set operating system feature' },
    { name: 'os-version', kind: 'string', help: 'Set operating system version' },
    { name: 'variant', kind: 'string', help: 'Set architecture variant' },
  ],
  async run(context, { flags, operands: [list = '', image = ''] }) {
    const target = fullReference(withDefaultTag(referenceOf(list)));
    const name = fullReference(withDefaultTag(referenceOf(image)));
    const known = (await readList(context, target)).find((listed) => listed.name === name);
    if (known === undefined) throw new CliError(`manifest for image ${image} does not exist in ${list}`);
    saveImage(context, imageFile(context, target, name), annotated(known, flags));
    return 0;
  },
};

/** Throws {@link CliError} for a platform that Go has not. */
function annotated({ name, descriptor }: ListedImage, flags: Flags): ListedImage {
  const before = descriptor.platform;
  const [version, variant] = [flags.text('os-version'), flags.text('variant')];
  const platform = {
    ...before,
    os: flags.text('os') ?? before.os,
    architecture: flags.text('arch') ?? before.architecture,
    ...(version === undefined ? {} : { 'os.version': version }),
    ...(flags.given('os-features')
      ? { 'os.features': [...(before['os.features'] ?? []), ...flags.list('os-features')] }
      : {}),
    ...(variant === undefined ? {} : { variant }),
  };
  if (!isKnownPair(platform.os, platform.architecture)) {
    throw new CliError(
      `manifest entry for image has unsupported os/arch combination: ${platform.os}/${platform.architecture}`,
    );
  }
  return { name, descriptor: { ...descriptor, platform } };
}

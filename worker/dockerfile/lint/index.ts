/** All build checks, one line each: BuildKit's in the order of its reference, then those on layers and the cache. */
import { addInsteadOfCopy } from './add-instead-of-copy.ts';
import { consecutiveRuns } from './consecutive-runs.ts';
import { consistentInstructionCasing } from './consistent-instruction-casing.ts';
import { copyBeforeInstall } from './copy-before-install.ts';
import { copyIgnoredFile } from './copy-ignored-file.ts';
import { deletedInLaterLayer } from './deleted-in-later-layer.ts';
import { duplicateStageName } from './duplicate-stage-name.ts';
import { exposeInvalidFormat } from './expose-invalid-format.ts';
import { exposeProtoCasing } from './expose-proto-casing.ts';
import { forgottenState } from './forgotten-state.ts';
import { fromAsCasing } from './from-as-casing.ts';
import { fromPlatformFlagConstDisallowed } from './from-platform-flag-const-disallowed.ts';
import { invalidBaseImagePlatform } from './invalid-base-image-platform.ts';
import { invalidDefaultArgInFrom } from './invalid-default-arg-in-from.ts';
import { invalidDefinitionDescription } from './invalid-definition-description.ts';
import { jsonArgsRecommended } from './json-args-recommended.ts';
import { lastUserIsRoot } from './last-user-is-root.ts';
import { latestTag } from './latest-tag.ts';
import { legacyKeyValueFormat } from './legacy-key-value-format.ts';
import { maintainerDeprecated } from './maintainer-deprecated.ts';
import { multipleInstructionsDisallowed } from './multiple-instructions-disallowed.ts';
import { noEmptyContinuation } from './no-empty-continuation.ts';
import { packageCacheInLayer } from './package-cache-in-layer.ts';
import { pipeHidesFailure } from './pipe-hides-failure.ts';
import { redundantTargetPlatform } from './redundant-target-platform.ts';
import { reservedStageName } from './reserved-stage-name.ts';
import type { LintRule } from './rule.ts';
import { secretFileCopied } from './secret-file-copied.ts';
import { secretsUsedInArgOrEnv } from './secrets-used-in-arg-or-env.ts';
import { stageNameCasing } from './stage-name-casing.ts';
import { undefinedArgInFrom } from './undefined-arg-in-from.ts';
import { undefinedVar } from './undefined-var.ts';
import { updateWithoutInstall } from './update-without-install.ts';
import { workdirRelativePath } from './workdir-relative-path.ts';

export const lintRules: readonly LintRule[] = [
  stageNameCasing,
  fromAsCasing,
  noEmptyContinuation,
  consistentInstructionCasing,
  duplicateStageName,
  reservedStageName,
  jsonArgsRecommended,
  maintainerDeprecated,
  undefinedArgInFrom,
  workdirRelativePath,
  undefinedVar,
  multipleInstructionsDisallowed,
  legacyKeyValueFormat,
  invalidBaseImagePlatform,
  redundantTargetPlatform,
  secretsUsedInArgOrEnv,
  invalidDefaultArgInFrom,
  fromPlatformFlagConstDisallowed,
  copyIgnoredFile,
  invalidDefinitionDescription,
  exposeProtoCasing,
  exposeInvalidFormat,
  updateWithoutInstall,
  packageCacheInLayer,
  copyBeforeInstall,
  deletedInLaterLayer,
  secretFileCopied,
  latestTag,
  consecutiveRuns,
  lastUserIsRoot,
  addInsteadOfCopy,
  forgottenState,
  pipeHidesFailure,
];

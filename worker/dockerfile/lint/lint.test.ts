import { readFileSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeVectors } from '../../../tests/vectors.ts';
import { applyFix, check, fixed, of } from '../../../tests/lint/checked.ts';
import { analyse } from '../analysis/analyse.ts';
import { NO_IMAGES } from '../analysis/known-images.ts';
import { lintRules } from './index.ts';

describeVectors<
  { dockerfile: string; dockerignore?: string; experimental?: string[] },
  { rule: string; fires: boolean }
>('buildkit_lint_docs', 'lint-example', (cases) => {
  it.each(cases)('$name', ({ input, expect: { rule, fires } }) => {
    const head = input.experimental === undefined ? '' : `# check=experimental=${input.experimental.join(',')}\n`;
    const found = of(rule, head + input.dockerfile, { dockerignore: input.dockerignore ?? '' });
    expect(found.length > 0, found.join('\n')).toBe(fires);
  });
});

describe('the checks of BuildKit, in its words', () => {
  it.each([
    ['StageNameCasing', 'FROM a AS Base\n', ["1: Stage name 'Base' should be lowercase"], 'FROM a AS base\n'],
    ['FromAsCasing', 'FROM a as b\n', ["1: 'as' and 'FROM' keywords' casing do not match"], 'FROM a AS b\n'],
    ['FromAsCasing', 'from a AS b\n', ["1: 'AS' and 'from' keywords' casing do not match"], 'from a as b\n'],
    ['NoEmptyContinuation', 'FROM a\nRUN x \\\n\n  y\n', ['3: Empty continuation line'], 'FROM a\nRUN x \\\n  y\n'],
    [
      'ConsistentInstructionCasing',
      'FROM a\nrun x\nRUN y\n',
      ["2: Command 'run' should match the case of the command majority (uppercase)"],
      'FROM a\nRUN x\nRUN y\n',
    ],
    [
      'DuplicateStageName',
      'FROM a AS b\nFROM c AS B\n',
      ['2: Duplicate stage name "b", stage names should be unique'],
      undefined,
    ],
    [
      'ReservedStageName',
      'FROM a AS scratch\n',
      ['1: Stage name should not use the same name as reserved stage "scratch"'],
      undefined,
    ],
    [
      'JSONArgsRecommended',
      'FROM a\nCMD nginx -g x\n',
      ['2: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals'],
      'FROM a\nCMD ["nginx", "-g", "x"]\n',
    ],
    ['WorkdirRelativePath', 'FROM a\nWORKDIR "/app"\n', [], undefined],
    ['JSONArgsRecommended', 'FROM a\nSHELL ["x"]\nCMD a\n', [], undefined],
    [
      'MaintainerDeprecated',
      'FROM a\nMAINTAINER me <a@b>\n',
      ['2: Maintainer instruction is deprecated in favor of using label'],
      'FROM a\nLABEL org.opencontainers.image.authors="me <a@b>"\n',
    ],
    [
      'UndefinedArgInFrom',
      'ARG VARIANT=x\nFROM a:1${VARIATN}\n',
      ["2: FROM argument 'VARIATN' is not declared (did you mean VARIANT?)"],
      'ARG VARIANT=x\nFROM a:1${VARIANT}\n',
    ],
    ['UndefinedArgInFrom', 'FROM a:1$X\n', ["1: FROM argument 'X' is not declared"], 'ARG X\nFROM a:1$X\n'],
    [
      'WorkdirRelativePath',
      'FROM a\nWORKDIR app\nWORKDIR b\n',
      ['2: Relative workdir "app" can have unexpected results if the base image changes'],
      'FROM a\nWORKDIR /app\nWORKDIR b\n',
    ],
    [
      'UndefinedVar',
      'FROM alpine\nENV NAME=x\nCOPY $NAEM /\n',
      ["3: Usage of undefined variable '$NAEM' (did you mean $NAME?)"],
      'FROM alpine\nENV NAME=x\nCOPY $NAME /\n',
    ],
    [
      'MultipleInstructionsDisallowed',
      'FROM a\nCMD ["x"]\nCMD ["y"]\n',
      ['2: Multiple CMD instructions should not be used in the same stage because only the last one will be used'],
      'FROM a\nCMD ["y"]\n',
    ],
    [
      'LegacyKeyValueFormat',
      'FROM a\nENV A b c\n',
      ['2: "ENV key=value" should be used instead of legacy "ENV key value" format'],
      'FROM a\nENV A="b c"\n',
    ],
    [
      'InvalidBaseImagePlatform',
      'FROM --platform=linux/arm64 alpine\n',
      ['1: Base image alpine was pulled with platform "linux/amd64", expected "linux/arm64" for current build'],
      undefined,
    ],
    [
      'RedundantTargetPlatform',
      'FROM --platform=$TARGETPLATFORM a\n',
      ['1: Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior'],
      'FROM a\n',
    ],
    [
      'SecretsUsedInArgOrEnv',
      'FROM a\nARG TOKEN\nENV PUBLIC_KEY=x GIT_PASSWORD=y\n',
      [
        '2: Do not use ARG or ENV instructions for sensitive data (ARG "TOKEN")',
        '3: Do not use ARG or ENV instructions for sensitive data (ENV "GIT_PASSWORD")',
      ],
      undefined,
    ],
    [
      'InvalidDefaultArgInFrom',
      'ARG TAG\nFROM busybox:${TAG}\n',
      ['2: Default value for ARG busybox:${TAG} results in empty or invalid base image name'],
      undefined,
    ],
    [
      'FromPlatformFlagConstDisallowed',
      'FROM --platform=linux/arm64 a\n',
      ['1: FROM --platform flag should not use constant value "linux/arm64"'],
      'FROM --platform=$BUILDPLATFORM a\n',
    ],
    [
      'ExposeProtoCasing',
      'FROM a\nEXPOSE 80/TcP\n',
      ["2: Defined protocol '80/TcP' in EXPOSE instruction should be lowercase"],
      'FROM a\nEXPOSE 80/tcp\n',
    ],
    [
      'ExposeInvalidFormat',
      'FROM a\nEXPOSE 127.0.0.1:80:8080\n',
      ["2: EXPOSE instruction should not define an IP address or host-port mapping, found '127.0.0.1:80:8080'"],
      'FROM a\nEXPOSE 8080\n',
    ],
  ])('%s: %j', (rule, text, findings, after) => {
    expect(of(rule, text)).toEqual(findings);
    expect(fixed(rule, text)).toBe(after);
  });

  it('CopyIgnoredFile looks at .dockerignore, unless it has exceptions', () => {
    const text = 'FROM a\nCOPY a.log /\nADD b /x\n';
    expect(of('CopyIgnoredFile', text, { dockerignore: '*.log\nb' })).toEqual([
      '2: Attempting to Copy file "a.log" that is excluded by .dockerignore',
      '3: Attempting to Add file "b" that is excluded by .dockerignore',
    ]);
    expect(of('CopyIgnoredFile', text, { dockerignore: '*.log\n!a.log' })).toEqual([]);
  });

  it('InvalidDefinitionDescription is asked for by name', () => {
    const text = '# nothing of it\nFROM a AS base\n# B is it\n# A or not\nARG A B\n# x\nARG C D\n';
    expect(of('InvalidDefinitionDescription', text)).toEqual([]);
    expect(of('InvalidDefinitionDescription', `# check=experimental=all\n${text}`)).toEqual([
      '3: Comment for FROM should follow the format: `# base <description>`',
      '8: Comment for ARG should follow the format: `# <arg_key> <description>`',
    ]);
  });

  it('UndefinedVar knows what the base image and earlier stages set, and says nothing where it does not', () => {
    expect(of('UndefinedVar', 'FROM python\nARG V=$PYTHON_VERSION\nCOPY $PATH /\n')).toEqual([]);
    expect(of('UndefinedVar', 'FROM unknown/image\nCOPY $X /\n')).toEqual([]);
    expect(of('UndefinedVar', 'ARG GLOBAL=1\nFROM alpine AS b\nENV A=1\nFROM b\nCOPY $A $GLOBAL /\n')).toEqual([
      "5: Usage of undefined variable '$GLOBAL'",
    ]);
  });
});

describe('skipping', () => {
  const text = 'FROM a:1\nMAINTAINER x\nCMD y\n';

  it('a file skips rules by name, or all of them', () => {
    expect(of('MaintainerDeprecated', `# check=skip=JSONArgsRecommended,MaintainerDeprecated\n${text}`)).toEqual([]);
    expect(check(`# check=skip=all the course shows old files\n${text}`).findings).toEqual([]);
  });

  it('a comment above an instruction skips them there, with a reason', () => {
    const skipped = 'FROM a:1\n# check=skip=MaintainerDeprecated kept for the archive\nMAINTAINER x\nMAINTAINER z\n';
    expect(of('MaintainerDeprecated', skipped)).toHaveLength(1);
  });

  it('error=true makes a violation of what BuildKit finds', () => {
    expect(check(`# check=error=true\n${text}`).violation).toBe(
      'lint violation found for rules: JSONArgsRecommended, MaintainerDeprecated',
    );
    expect(
      check(`# check=skip=JSONArgsRecommended,MaintainerDeprecated;error=true\n${text}`).violation,
    ).toBeUndefined();
    expect(check(text).violation).toBeUndefined();
  });

  it.each([
    ['what', 'failed to parse check options: invalid check option "what"'],
    ['skpi=A', 'failed to parse check options: invalid check option "skpi"'],
    [
      'error=maybe',
      'failed to parse check options: failed to parse check option "error=maybe": strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
  ])('options that cannot be read are told: %s', (options, message) => {
    expect(check(`# check=${options}\nFROM a:1\n`).findings.map((finding) => finding.message)).toEqual([message]);
  });

  it.each([
    [text, 'FROM a:1\n# check=skip=MaintainerDeprecated because ...\nMAINTAINER x\nCMD y\n'],
    [
      'FROM a:1\n# why\n# check=skip=X so\nMAINTAINER x\n',
      'FROM a:1\n# why\n# check=skip=X,MaintainerDeprecated so\nMAINTAINER x\n',
    ],
  ])('the fix skips one instruction: %j', (before, after) => {
    const finding = check(before).findings.find(({ rule }) => rule === 'MaintainerDeprecated');
    const fix = finding?.fixes?.find(({ title }) => title === 'Skip MaintainerDeprecated for this instruction');
    const result = fix === undefined ? '' : applyFix(before, fix);
    expect(result).toBe(after);
    expect(of('MaintainerDeprecated', result)).toEqual([]);
  });

  it.each([
    [text, `# check=skip=MaintainerDeprecated because ...\n${text}`],
    [`# syntax=x\n${text}`, `# syntax=x\n# check=skip=MaintainerDeprecated because ...\n${text}`],
    [`# check=error=true why\n${text}`, `# check=error=true;skip=MaintainerDeprecated why\n${text}`],
    [`# check=skip=A;error=true\n${text}`, `# check=skip=A,MaintainerDeprecated;error=true\n${text}`],
  ])('the fix skips a rule in the file: %j', (before, after) => {
    const finding = check(before).findings.find(({ rule }) => rule === 'MaintainerDeprecated');
    const fix = finding?.fixes?.find(({ title }) => title === 'Skip MaintainerDeprecated in this file');
    expect(fix === undefined ? '' : applyFix(before, fix)).toBe(after);
    expect(of('MaintainerDeprecated', after)).toEqual([]);
  });

  it('the first instruction is skipped without skipping the file', () => {
    const before = 'FROM a:1 AS B\nFROM a:1 AS C\n';
    const fix = check(before).findings.find(({ rule }) => rule === 'StageNameCasing')?.fixes?.[1];
    const after = fix === undefined ? '' : applyFix(before, fix);
    expect(of('StageNameCasing', after)).toEqual(["4: Stage name 'C' should be lowercase"]);
  });
});

describe('every check', () => {
  it('has a name of its own and says why it matters', () => {
    expect(new Set(lintRules.map(({ name }) => name)).size).toBe(lintRules.length);
    for (const { description, why } of lintRules) {
      expect(description).not.toBe('');
      expect(why.length).toBeGreaterThan(40);
    }
  });

  const corpus = resolve(import.meta.dirname, '../../../../shared/vectors/dockerfile_corpus.json');

  it.skipIf(!existsSync(corpus))(
    'gives fixes that leave what stands elsewhere readable (skipped where ../shared/vectors is missing)',
    () => {
      const { cases } = JSON.parse(readFileSync(corpus, 'utf8')) as {
        cases: readonly { input: { dockerfile: string } }[];
      };
      let applied = 0;
      for (const { input } of cases.slice(0, 150)) {
        const errors = (text: string): number =>
          analyse(text, NO_IMAGES).instructions.filter(({ problem }) => problem !== undefined).length;
        const before = errors(input.dockerfile);
        for (const finding of check(input.dockerfile, { images: NO_IMAGES }).findings) {
          for (const fix of finding.fixes ?? []) {
            expect(errors(applyFix(input.dockerfile, fix)), `${finding.rule ?? ''}: ${fix.title}`).toBeLessThanOrEqual(
              before,
            );
            applied++;
          }
        }
      }
      expect(applied).toBeGreaterThan(100);
    },
  );
});

/** What a container's settings are: what the command line gave, filled from the image's config as Docker's daemon fills it. */
import { EngineError } from '../../../base/errors.ts';
import { resolvePath } from '../../../base/path.ts';
import type { ContainerConfig, Healthcheck } from '../../../oci/config.ts';
import type { ContainerSettings } from '../../../store/containers.ts';

/** The merged settings. Throws `invalid-argument` where nothing is left to run, or the working directory is relative. */
export function mergeConfig(given: ContainerSettings, image: ContainerConfig): ContainerSettings {
  const { Entrypoint = [], Cmd = [], ...rest } = given;
  const merged: ContainerSettings = {
    ...rest,
    ...program(Entrypoint, Cmd, image),
    ...optional('User', firstText(given.User, image.User)),
    ...optional('WorkingDir', workingDirectory(firstText(given.WorkingDir, image.WorkingDir))),
    ...optional('ExposedPorts', union(given.ExposedPorts, image.ExposedPorts)),
    ...optional('Volumes', union(given.Volumes, image.Volumes)),
    ...optional('Labels', union(image.Labels, given.Labels)),
    ...optional('StopSignal', firstText(given.StopSignal, image.StopSignal)),
    ...optional('Healthcheck', mergeHealthcheck(given.Healthcheck, image.Healthcheck)),
    ...optional('Shell', given.Shell ?? image.Shell),
    ...optional('OnBuild', image.OnBuild),
    Env: mergeEnvironment(given.Env ?? [], image.Env ?? []),
  };
  if (commandOf(merged).length === 0) throw new EngineError('invalid-argument', 'no command specified');
  return merged;
}

/** What is executed: entrypoint and command in one. */
export function commandOf(config: ContainerConfig): readonly string[] {
  return [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
}

/** An entrypoint of one's own lets the image's command go; an empty one takes the image's entrypoint away. */
function program(
  given: readonly string[],
  command: readonly string[],
  image: ContainerConfig,
): Pick<ContainerConfig, 'Entrypoint' | 'Cmd'> {
  const entrypoint = given.length > 0 ? given : image.Entrypoint;
  const isReset = entrypoint?.length === 1 && entrypoint[0] === '';
  return {
    ...(entrypoint === undefined || isReset ? {} : { Entrypoint: entrypoint }),
    ...(command.length > 0 ? { Cmd: command } : given.length > 0 ? {} : optional('Cmd', image.Cmd)),
  };
}

/** Variables of the command line, then those of the image that it does not set. */
function mergeEnvironment(given: readonly string[], image: readonly string[]): readonly string[] {
  const name = (pair: string): string => pair.split('=', 1)[0] ?? '';
  const set = new Set(given.map(name));
  return [...given, ...image.filter((pair) => !set.has(name(pair)))];
}

/** What the command line leaves open of a check, the image's says. */
function mergeHealthcheck(given: Healthcheck | undefined, image: Healthcheck | undefined): Healthcheck | undefined {
  if (given === undefined || image === undefined) return given ?? image;
  const set = Object.entries(given).filter(([, value]) => value !== 0);
  return { ...image, ...Object.fromEntries(set) };
}

function workingDirectory(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  if (!path.startsWith('/')) {
    throw new EngineError(
      'invalid-argument',
      `the working directory '${path}' is invalid, it needs to be an absolute path`,
    );
  }
  return resolvePath(path);
}

function firstText(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined && text !== '');
}

function union<V>(
  first: Readonly<Record<string, V>> | undefined,
  second: Readonly<Record<string, V>> | undefined,
): Readonly<Record<string, V>> | undefined {
  return first === undefined && second === undefined ? undefined : { ...first, ...second };
}

function optional<K extends keyof ContainerSettings>(
  key: K,
  value: ContainerSettings[K] | undefined,
): Pick<ContainerSettings, K> | Record<string, never> {
  return value === undefined ? {} : ({ [key]: value } as Pick<ContainerSettings, K>);
}

/** What a configuration says beyond the command, environment, directory and user, told as text by Docker's names of it. */
import type { ContainerConfig } from '../oci/config.ts';
import type { ImageSetting } from './model.ts';

/** Only what the configuration has; several values of a setting on lines of their own. */
export function imageSettings(config: ContainerConfig | undefined): readonly ImageSetting[] {
  const told: readonly (readonly [string, string | undefined])[] = [
    ['Exposed ports', namesOf(config?.ExposedPorts)],
    ['Volumes', namesOf(config?.Volumes)],
    ['Labels', linesOf(Object.entries(config?.Labels ?? {}).map(([name, value]) => `${name}=${value}`))],
    ['Health check', config?.Healthcheck === undefined ? undefined : JSON.stringify(config.Healthcheck)],
    ['Stop signal', config?.StopSignal],
    ['Shell', config?.Shell === undefined ? undefined : JSON.stringify(config.Shell)],
    ['On build', linesOf(config?.OnBuild ?? [])],
  ];
  return told.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]));
}

const namesOf = (names: Readonly<Record<string, unknown>> | undefined): string => linesOf(Object.keys(names ?? {}));

const linesOf = (lines: readonly string[]): string => [...lines].sort().join('\n');

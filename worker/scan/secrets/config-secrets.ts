/** Secrets in an image's configuration: variables of its environment, and build arguments that its history keeps. */
import type { ImageConfig } from '../../oci/config.ts';
import type { SecretFinding, Severity } from '../report.ts';
import { SECRET_DETECTORS } from './index.ts';
import { masked } from './masked.ts';
import { isSecretSetting } from './secret-name.ts';

const ENV_ADVICE =
  'Revoke it. Give it to the container when it starts (docker run --env-file, a secret of the orchestrator), not to the image.';
const HISTORY_ADVICE =
  'Revoke it: docker history shows it to everyone who has the image. Use RUN --mount=type=secret in place of a build argument.';

/** A line of the history is told by its place in it, 0 the oldest. */
export function findConfigSecrets(config: ImageConfig): readonly SecretFinding[] {
  const env = config.config?.Env ?? [];
  const known = new Set(env);
  return [
    ...env.flatMap(envSecret),
    ...(config.history ?? []).flatMap(({ created_by: text = '' }, row) => historySecrets(text, row, known)),
  ];
}

function envSecret(setting: string): readonly SecretFinding[] {
  const equals = setting.indexOf('=');
  const [name, value] = [setting.slice(0, equals), setting.slice(equals + 1)];
  const detected = detectedIn(setting);
  if (detected === undefined && !isSecretSetting(name, value)) return [];
  return [
    {
      title: detected?.title ?? `Secret in the environment: ${name}`,
      severity: detected?.severity ?? 'high',
      place: { kind: 'env', name },
      masked: masked(detected?.value ?? value),
      why: 'Every process of every container sees it, and docker inspect shows it to everyone who has the image.',
      advice: ENV_ADVICE,
    },
  ];
}

/** `known`: settings of the environment, which are told as such. */
function historySecrets(text: string, row: number, known: ReadonlySet<string>): readonly SecretFinding[] {
  const settings = [...text.matchAll(/(?:^|[\s|])([A-Za-z_]\w*)=("[^"]*"|\S+)/g)].map(([, name = '', value = '']) => ({
    name,
    value: value.replace(/^"(.*)"$/, '$1'),
  }));
  const found: (KnownSecret & { readonly name: string })[] = [];
  for (const { name, value } of settings) {
    if (known.has(`${name}=${value}`)) continue;
    const detected = detectedIn(value);
    if (detected !== undefined) found.push({ ...detected, name });
    else if (isSecretSetting(name, value)) {
      found.push({ title: `Secret in the history: ${name}`, severity: 'high', value, name });
    }
  }
  const written = detectedIn(text);
  if (written !== undefined && !settings.some(({ value }) => value.includes(written.value))) {
    found.push({ ...written, name: '' });
  }
  return found.map(({ title, severity, name, value }) => ({
    title,
    severity,
    place: { kind: 'history', row, name },
    masked: masked(value),
    why: 'The history is part of the image: who pulls it reads the command lines and build arguments it was made with.',
    advice: HISTORY_ADVICE,
  }));
}

interface KnownSecret {
  readonly title: string;
  readonly severity: Severity;
  readonly value: string;
}

/** A line of the history with the secrets in it struck out, to be shown. */
export function withoutSecrets(text: string): string {
  let shown = text;
  for (const detector of SECRET_DETECTORS) {
    if (detector.holds !== undefined) continue;
    for (const { value } of detector.find(text)) shown = shown.replaceAll(value, masked(value));
  }
  return shown;
}

/** A secret that is known by its form. */
function detectedIn(text: string): KnownSecret | undefined {
  for (const detector of SECRET_DETECTORS) {
    if (detector.holds !== undefined) continue;
    for (const hit of detector.find(text)) {
      return { title: hit.title ?? detector.title, severity: hit.severity ?? detector.severity, value: hit.value };
    }
  }
  return undefined;
}

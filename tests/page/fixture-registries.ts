/** Registries as the fixture page meets them: one that lets it in halfway. */
import type { Finding, ImageDetail, PublishPlan, RegistryQuestions, RegistrySettings } from '../../worker/api/types.ts';

const FINDINGS: readonly Finding[] = [
  {
    title: 'Access-Control-Allow-Origin',
    state: 'ok',
    detail: 'This page may read the registry’s answers; to GET /v2/ it says 200.',
    neededFor: ['pull', 'login', 'push', 'delete'],
  },
  {
    title: 'Access-Control-Allow-Methods: DELETE',
    state: 'missing',
    detail: 'The method may not be used.',
    neededFor: ['delete'],
  },
];

export function fixturePlan(reference: string, { stack }: ImageDetail): PublishPlan {
  const [registry = '', repository = ''] = reference.split(/[/:](?=[^/:]*$)/);
  const layers = stack.flatMap(({ diffID, instruction, sizeBytes }, place) =>
    diffID === undefined ? [] : [{ diffID, instruction, sizeBytes, state: place === 0 ? 'present' : 'send' } as const],
  );
  return { registry, repository, tag: 'latest', layers };
}

export function fixtureRegistries(): RegistryQuestions {
  let settings: RegistrySettings = { mirrors: [], mirrorsOf: {}, insecureRegistries: [] };
  return {
    settings: async () => settings,
    setSettings: async (changed) => (settings = changed),
    logins: async () => [{ registry: 'registry.example.com', username: 'ada', remembered: false }],
    login: async () => undefined,
    logout: async () => undefined,
    diagnose: async (address) => ({
      registry: address,
      baseUrl: `https://${address}`,
      origin: location.origin,
      findings: FINDINGS,
      can: { pull: 'yes', login: 'yes', push: 'yes', delete: 'no' },
      fixes: [],
    }),
    repositories: async () => ({ names: ['team/app', 'team/base'] }),
    tags: async () => ({ names: ['1.0', 'latest'] }),
    tag: async (reference) => ({
      reference,
      digest: `sha256:${'a'.repeat(64)}`,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      sizeBytes: 1_234_567,
      platforms: [],
      referrers: [],
    }),
    remove: async () => undefined,
    platforms: async () => [],
  };
}

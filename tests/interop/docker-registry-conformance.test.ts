/** Debian's docker-registry is held to the same rules as the in-page registry: so the rules are what registries do. */
import { afterAll, it } from 'vitest';
import { describeConformance } from '../contract/registry-conformance.ts';
import { registryMissing, startDockerRegistry, type RunningRegistry } from './docker-registry.ts';

let registry: RunningRegistry | undefined;
afterAll(() => registry?.stop());

if (registryMissing !== undefined) {
  it.skip(`docker-registry: ${registryMissing}`, () => undefined);
} else {
  describeConformance(
    "Debian's docker-registry",
    async () => {
      registry = await startDockerRegistry();
      return { baseUrl: `http://${registry.domain}`, transport: (request) => fetch(request) };
    },
    ['single-post', 'ordered-chunks', 'tag-pages', 'tag-deletion', 'referrers'],
  );
}

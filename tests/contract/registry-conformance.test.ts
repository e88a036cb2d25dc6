/** The in-page registry is held to the rules of the distribution-spec. */
import { createRegistry } from '../interop/registry-world.ts';
import { describeConformance } from './registry-conformance.ts';

describeConformance('the in-page registry', () =>
  Promise.resolve({ baseUrl: 'http://localhost:5000', transport: createRegistry() }),
);

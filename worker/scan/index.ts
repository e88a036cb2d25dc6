/** The scanner as the engine loads it. */
export { advisorySet, matchAdvisories } from './advisories/advisory-set.ts';
export { bundledAdvisories } from './advisories/bundled/index.ts';
export { parseOsvFile } from './advisories/osv.ts';
export { inspectImage } from './inspect.ts';
export { writeSbom } from './sbom/index.ts';

/** A project as it is stored and sent. */
import { EngineError, type Project, type ProjectBuild } from '../../worker/api/types.ts';

/** An id no other project has. */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  throw new EngineError('unsupported', 'Strata needs a secure address (https, or localhost).');
}

/** As a project carries them: what is as by default is left out. */
export function settingsOf(
  build: ProjectBuild,
  allowedHosts: readonly string[] | undefined,
): Pick<Project, 'build' | 'allowedHosts'> {
  return {
    ...(Object.keys(build).length === 0 ? {} : { build }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
  };
}

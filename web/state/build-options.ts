/** How a project is built. */
import type { BuildOptions, Project } from '../../worker/api/types.ts';

/** With its arguments, target and platform, and the name its image gets: the project's, as a repository may be called. */
export function buildOptionsOf({ name, build }: Pick<Project, 'name' | 'build'>, noCache = false): BuildOptions {
  return { ...build, tags: [tagOf(name)], noCache };
}

/** The name of a project's image. */
export function tagOf(projectName: string): string {
  const name = projectName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${name || 'project'}:latest`;
}

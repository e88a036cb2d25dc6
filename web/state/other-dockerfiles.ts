/** Dockerfiles of a project beside its own: `Dockerfile.bad`, `web.Dockerfile`, as `docker build -f` names them. */
import type { ContextFile } from '../../worker/api/types.ts';
import { DOCKERFILE } from './project-files.ts';

const DOCKERFILE_NAME = /^(?:Dockerfile\.(?<suffix>[^/]+)|(?<name>[^/]+)\.Dockerfile)$/i;

/** Their paths, without the ignore files that belong to them. */
export function otherDockerfiles(files: readonly ContextFile[]): string[] {
  return files
    .filter(({ kind, path }) => kind === 'file' && path !== DOCKERFILE && !path.endsWith('.dockerignore'))
    .map(({ path }) => path)
    .filter((path) => DOCKERFILE_NAME.test(path.slice(path.lastIndexOf('/') + 1)));
}

/** The name its image gets: `web:bad` for `Dockerfile.bad` of a project that builds `web:latest`. */
export function tagOfDockerfile(path: string, tag: string): string {
  const { suffix, name } = DOCKERFILE_NAME.exec(path.slice(path.lastIndexOf('/') + 1))?.groups ?? {};
  const word = (suffix ?? name ?? 'other').replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '');
  return `${tag.slice(0, tag.lastIndexOf(':'))}:${word.slice(0, 128) || 'other'}`;
}

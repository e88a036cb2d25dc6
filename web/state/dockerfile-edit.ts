/** An edit of the Dockerfile that a panel proposes: made in the editor, and taken back with one click. */
import { DOCKERFILE } from './project-files.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Replaces the Dockerfile's text. `done` says what happened: `Moved line 5`. */
export function editDockerfile(
  { project, notices }: Pick<Workspace, 'project' | 'notices'>,
  text: string,
  done: string,
): void {
  const before = project.dockerfile;
  project.openFile(DOCKERFILE);
  project.setText(DOCKERFILE, text);
  notices.say(done, { action: { label: 'Undo', run: () => project.setText(DOCKERFILE, before) } });
}

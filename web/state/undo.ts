import type { NoticeAction, Notices } from './notices.svelte.ts';

/** What of an open project a way back needs. */
interface OpenProject {
  readonly id: string;
  openById(id: string): Promise<void>;
}

/**
 * The way back from what was just done to the open project, for a notice. It is for that project alone: where another one is open
 * by the time it is taken, that of then is opened first.
 */
export function undoIn(project: OpenProject, notices: Notices, run: () => void): NoticeAction {
  const { id } = project;
  const goBack = async (): Promise<void> => {
    if (project.id !== id) await project.openById(id);
    run();
  };
  return {
    label: 'Undo',
    run: () => void goBack().catch((error: unknown) => notices.fail('It could not be undone', error)),
  };
}

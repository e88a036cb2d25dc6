import { expect, it, vi } from 'vitest';
import type { EngineClient, Project } from '../../worker/api/types.ts';
import { Notices } from './notices.svelte.ts';
import { filesOfTexts } from './project-files.ts';
import { ProjectState } from './project.svelte.ts';
import { UnsavedStore } from './unsaved-edits.ts';

const stored: Readonly<Record<string, Project>> = {
  mine: { id: 'mine', name: 'mine', revision: 1, files: filesOfTexts({ Dockerfile: 'FROM mine', notes: 'kept' }) },
  other: { id: 'other', name: 'other', revision: 1, files: filesOfTexts({ Dockerfile: 'FROM other' }) },
};

function opened() {
  const notices = new Notices();
  const engine = {
    project: (id: string) => {
      const found = stored[id];
      return found === undefined ? Promise.reject(new Error('gone')) : Promise.resolve(found);
    },
    saveProject: () => Promise.resolve(2),
    restrictHosts: () => Promise.resolve(),
  } as unknown as EngineClient;
  const nothing = (): void => undefined;
  const project = new ProjectState(engine, new UnsavedStore(undefined), notices, nothing, nothing);
  project.open(stored['mine']!);
  const undo = (): void => notices.list.at(-1)?.action?.run();
  return { notices, project, undo };
}

const textsOf = ({ files }: ProjectState) => Object.fromEntries(files.map(({ path, content }) => [path, content]));

it.each([
  ['deleted files', (project: ProjectState) => project.removePath('notes')],
  ['added files', (project: ProjectState) => project.addFiles(filesOfTexts({ notes: 'new', more: '' }))],
  ['all files', (project: ProjectState) => project.replaceFiles(filesOfTexts({ Dockerfile: '' }), 'Replaced')],
])(
  'what was done to %s is undone in the project it was done in, not in the one that is open by then',
  async (_, act) => {
    const { project, undo } = opened();
    act(project);
    await project.openById('other');
    undo();
    await vi.waitFor(() => expect(project.id).toBe('mine'));
    expect(textsOf(project)).toEqual({ Dockerfile: 'FROM mine', notes: 'kept' });
  },
);

it('taking back added files keeps what was typed since', () => {
  const { project, undo } = opened();
  project.addFiles(filesOfTexts({ notes: 'new', more: '' }));
  project.setText('Dockerfile', 'FROM typed');
  undo();
  expect(textsOf(project)).toEqual({ Dockerfile: 'FROM typed', notes: 'kept' });
});

it('a project that is gone by then is told, and nothing is written into the open one', async () => {
  const { notices, project, undo } = opened();
  project.open({ id: 'short', name: 'short', revision: 0, files: filesOfTexts({ Dockerfile: 'FROM short' }) });
  project.removePath('Dockerfile');
  await project.openById('other');
  undo();
  await vi.waitFor(() => expect(notices.list.at(-1)?.text).toBe('It could not be undone: gone'));
  expect(textsOf(project)).toEqual({ Dockerfile: 'FROM other' });
});

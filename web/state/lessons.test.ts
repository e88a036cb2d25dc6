import { expect, it, vi } from 'vitest';
import { Lessons } from './lessons.svelte.ts';

function opened() {
  const project = {
    id: '',
    name: '',
    create: (name: string) => Object.assign(project, { id: `id of ${name}`, name }),
    flush: () => Promise.resolve(),
    replaceFiles: vi.fn(),
  };
  const values = { lesson: '', lessonSteps: {} };
  const parts = {
    project,
    settings: { values, set: (changes: object) => Object.assign(values, changes) },
    engine: { projects: () => Promise.resolve([]) },
    notices: { fail: vi.fn() },
  };
  return { project, values, lessons: new Lessons(parts as unknown as ConstructorParameters<typeof Lessons>[0]) };
}

it('a lesson steps back while another project is open, and starts nothing over there', async () => {
  const { project, lessons } = opened();
  await lessons.open('whiteouts');
  expect(lessons.lesson?.id).toBe('whiteouts');
  project.create('mine');
  expect(lessons.lesson).toBeUndefined();
  lessons.startOver();
  expect(project.replaceFiles).not.toHaveBeenCalled();
  project.create('lesson-whiteouts');
  expect(lessons.lesson?.id).toBe('whiteouts');
});

it('the next visit begins with a lesson only where its project is on screen at the end of this one', async () => {
  const { project, values, lessons } = opened();
  await lessons.open('whiteouts');
  lessons.leaveOther();
  expect(values.lesson).toBe('whiteouts');
  project.create('mine');
  lessons.leaveOther();
  expect(values.lesson).toBe('');
});

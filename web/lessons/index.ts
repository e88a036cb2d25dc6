/** The path of lessons, in its order. Each is loaded when it is opened. */
import type { Lesson } from './lesson.ts';

export interface LessonListing {
  readonly id: string;
  readonly title: string;
  /** How many it has. */
  readonly steps: number;
  readonly load: () => Promise<{ readonly default: Lesson }>;
}

export const LESSONS: readonly LessonListing[] = [
  { id: 'what-an-image-is', title: 'What an image is', steps: 3, load: () => import('./what-an-image-is/lesson.ts') },
  { id: 'layers', title: 'Layers', steps: 2, load: () => import('./layers/lesson.ts') },
  { id: 'from-and-scratch', title: 'FROM and scratch', steps: 2, load: () => import('./from-and-scratch/lesson.ts') },
  { id: 'run-and-layers', title: 'RUN and layers', steps: 2, load: () => import('./run-and-layers/lesson.ts') },
  { id: 'union-mount', title: 'The union mount', steps: 2, load: () => import('./union-mount/lesson.ts') },
  { id: 'copy-on-write', title: 'Copy-on-write', steps: 3, load: () => import('./copy-on-write/lesson.ts') },
  {
    id: 'whiteouts',
    title: 'Whiteouts: deleting later saves nothing',
    steps: 2,
    load: () => import('./whiteouts/lesson.ts'),
  },
  {
    id: 'cache-and-order',
    title: 'The cache, and why order matters',
    steps: 3,
    load: () => import('./cache-and-order/lesson.ts'),
  },
  { id: 'dockerignore', title: '.dockerignore', steps: 2, load: () => import('./dockerignore/lesson.ts') },
  { id: 'env-and-arg', title: 'ENV and ARG', steps: 3, load: () => import('./env-and-arg/lesson.ts') },
  {
    id: 'cmd-and-entrypoint',
    title: 'CMD and ENTRYPOINT',
    steps: 3,
    load: () => import('./cmd-and-entrypoint/lesson.ts'),
  },
  { id: 'multi-stage', title: 'Multi-stage builds', steps: 2, load: () => import('./multi-stage/lesson.ts') },
  {
    id: 'tags-and-digests',
    title: 'Tags, digests, and latest',
    steps: 3,
    load: () => import('./tags-and-digests/lesson.ts'),
  },
  {
    id: 'containers-and-commit',
    title: 'Containers and commit',
    steps: 3,
    load: () => import('./containers-and-commit/lesson.ts'),
  },
  { id: 'flattening', title: 'Flattening an image', steps: 2, load: () => import('./flattening/lesson.ts') },
  { id: 'registries', title: 'Registries: push and pull', steps: 3, load: () => import('./registries/lesson.ts') },
];

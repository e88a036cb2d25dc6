/** Everything the page can be told to do, as the command palette lists it. */
import { PANELS } from '../panels/index.ts';
import type { Workspace } from '../state/workspace.svelte.ts';
import type { Command } from './command-search.ts';
import { exportImage } from './export-image.ts';
import { themeEntries } from './theme-entries.ts';

const BOTTOM: readonly { readonly id: string; readonly title: string }[] = [
  { id: 'docker', title: 'Terminal' },
  { id: 'terminal', title: 'Run' },
  { id: 'log', title: 'Build log' },
  { id: 'problems', title: 'Problems' },
];

/** The commands that make sense now. */
export function commandsOf(workspace: Workspace): Command[] {
  const { settings, build, timeline, images, selection, installation } = workspace;
  const image = workspace.image;
  const command = (group: string, title: string, run: () => void): Command => ({ group, title, run });
  const onImage: readonly Command[] =
    image === undefined
      ? []
      : [
          command('Image', 'Run its own command in a new container', () => {
            settings.set({ bottomPanel: 'terminal', phoneView: 'run' });
            void workspace.run('', true);
          }),
          command('Image', 'Compare with another', () => (workspace.dialog = 'compare')),
          command('Image', 'Download as docker archive', () => void exportImage(workspace)),
          command('Image', 'Publish: push, or save as a file', () => (workspace.dialog = 'publish')),
        ];
  return [
    command('Build', 'Build now', () => void workspace.buildNow()),
    command('Build', 'Rebuild all, without the cache', () => void workspace.buildNow(true)),
    ...(build.phase === 'running' ? [command('Build', 'Stop', () => build.stop())] : []),
    command('Build', settings.values.live ? 'Build only when asked' : 'Build while typing', () =>
      settings.set({ live: !settings.values.live }),
    ),
    ...PANELS.map(({ id, title }) =>
      command('Show', title, () => settings.set({ rightPanel: id, phoneView: 'image' })),
    ),
    ...BOTTOM.map(({ id, title }) => command('Show', title, () => settings.set({ bottomPanel: id, phoneView: 'run' }))),
    ...onImage,
    ...timeline.steps.map(({ instruction }, place) =>
      command('After step', `${place + 1}: ${instruction}`, () => void timeline.go(place)),
    ),
    ...(images.opened === undefined ? [] : [command('Show', 'The build’s result', () => timeline.leave())]),
    ...images.list.map(({ id, names }) =>
      command('Open image', names[0] ?? id.slice(7, 19), () => void images.open(id)),
    ),
    ...(selection.chosen === undefined ? [] : [command('Layers', 'Show all again', () => selection.chooseAll())]),
    command('Layers', settings.values.openBase ? 'Fold the base image' : 'Open the base image', () =>
      settings.set({ openBase: !settings.values.openBase }),
    ),
    command('Files', settings.values.xray ? 'X-ray off' : 'X-ray on', () =>
      settings.set({ xray: !settings.values.xray }),
    ),
    command('Project', 'Share', () => (workspace.dialog = 'share')),
    command('Project', 'All projects, rename, import', () => (workspace.dialog = 'projects')),
    command('Page', 'Lessons and examples', () => (workspace.dialog = 'lessons')),
    command('Project', 'Duplicate', () => workspace.project.duplicate()),
    command('Build', 'Settings: target, platform, arguments', () => (workspace.dialog = 'build-settings')),
    ...(installation.isOffered ? [command('Page', 'Install as an app', () => void installation.install())] : []),
    ...(installation.reload ? [command('Page', 'Reload with the newer Strata', installation.reload)] : []),
    command('Page', 'Storage', () => (workspace.dialog = 'storage')),
    command('Page', 'Help: what is real, instructions, commands, programs, checks', () => workspace.openHelp()),
    command('Page', 'Keys', () => (workspace.dialog = 'shortcuts')),
    ...themeEntries(settings).flatMap((entry) =>
      entry.kind === 'item' ? [command('Theme', entry.text, entry.run)] : [],
    ),
  ];
}

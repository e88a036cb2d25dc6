import { expect, it } from 'vitest';
import type { Completion, LineOutcome, ProjectChanges, TerminalEvents } from '../../../worker/api/types.ts';
import type { ProjectFiles } from '../../state/project-files.ts';
import { ShellConsole } from './console.ts';
import { ProjectLedger } from './project-ledger.ts';

const NOTHING: ProjectChanges = { written: [], removed: [] };
const note = (content: string) => ({ path: 'note', kind: 'file' as const, content, mode: 0o644, mtimeMs: 0 });

/** A console over a shell that does what the test says. */
function openConsole(completion: Completion = { start: 0, candidates: [] }) {
  const lines: {
    text: string;
    changes: ProjectChanges;
    end: (outcome?: Partial<LineOutcome>) => void;
    fail: (error: Error) => void;
  }[] = [];
  const typed: string[] = [];
  const interrupts: number[] = [];
  let shown = '';
  let events: TerminalEvents | undefined;
  const project = {
    id: 'a',
    files: [note('1')] as ProjectFiles,
    taken: [] as ProjectChanges[],
    takeOver(changes: ProjectChanges) {
      project.taken.push(changes);
    },
  };
  const history = { lines: [] as readonly string[] };
  const shell = new ShellConsole({
    screen: {
      columns: 40,
      write: (data) => void (shown += typeof data === 'string' ? data : new TextDecoder().decode(data)),
    },
    connect(given) {
      events = given;
      return {
        runLine: (text, changes) =>
          new Promise((resolve, reject) => {
            const done = { status: 0, ended: false, cwd: '/root/project', changes: NOTHING, bytesRead: Infinity };
            lines.push({ text, changes, end: (outcome) => resolve({ ...done, ...outcome }), fail: reject });
          }),
        input: (data) => void typed.push(new TextDecoder().decode(data)),
        interrupt: () => void interrupts.push(1),
        resize: () => undefined,
        listImagesAsTree: () => undefined,
        complete: () => Promise.resolve(completion),
        close: () => undefined,
      };
    },
    project,
    ledger: new ProjectLedger(),
    history,
    lineDone: () => undefined,
  });
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return {
    shell,
    lines,
    typed,
    interrupts,
    project,
    history,
    settle,
    print: (text: string) => events?.onOutput(new TextEncoder().encode(text)),
    raw: (on: boolean) => events?.onRawInput(on),
    shown: () => shown,
  };
}

it('runs a line once it is whole, with what the page changed since the last one', async () => {
  const { shell, lines, project, settle } = openConsole();
  shell.type('cat <<E\r');
  expect(lines).toHaveLength(0);
  shell.type('x\rE\r');
  expect(lines[0]?.text).toBe('cat <<E\nx\nE');
  expect(lines[0]?.changes.written.map(({ path }) => path)).toEqual(['note']);
  lines[0]?.end();
  await settle();
  shell.type('ls\r');
  expect(lines[1]?.changes).toEqual(NOTHING);
  lines[1]?.end();
  await settle();
  project.files = [];
  shell.type('ls\r');
  expect(lines[2]?.changes).toEqual({ written: [], removed: ['note'] });
});

it('takes over what a line wrote, but not into another project', async () => {
  const { shell, lines, project, settle } = openConsole();
  const changes = { written: [note('2')], removed: [] };
  shell.type('a\r');
  lines[0]?.end({ changes });
  await settle();
  expect(project.taken).toEqual([changes]);
  shell.type('b\r');
  project.id = 'other';
  lines[1]?.end({ changes });
  await settle();
  expect(project.taken).toHaveLength(1);
});

it('gives typed lines to what runs, edited, and each key to a container’s terminal', () => {
  const { shell, typed, raw, interrupts } = openConsole();
  shell.type('cat\r');
  shell.type('helo\u007flo\r');
  shell.type('\u0004');
  shell.type('\u0003');
  expect(typed).toEqual(['hello\n', '']);
  expect(interrupts).toHaveLength(1);
  raw(true);
  shell.type('\u0003l\u001b[A');
  expect(typed.slice(2)).toEqual(['\u0003l\u001b[A']);
  expect(interrupts).toHaveLength(1);
});

it('runs what was typed while a line ran and no program read, and leaves the last of it to be edited', async () => {
  const { shell, lines, settle, history } = openConsole();
  shell.type('make\r');
  shell.type('y\rls\rpw');
  lines[0]?.end({ bytesRead: 'y\n'.length });
  await settle();
  expect(lines.map(({ text }) => text)).toEqual(['make', 'ls']);
  lines[1]?.end({ bytesRead: 0 });
  await settle();
  shell.type('d\r');
  expect(lines.map(({ text }) => text)).toEqual(['make', 'ls', 'pwd']);
  expect(history.lines).toEqual(['make', 'ls', 'pwd']);
});

it('gives what was typed ahead to the next program that reads', async () => {
  const { shell, lines, settle, typed } = openConsole();
  shell.type('sleep 9\r');
  shell.type('docker system prune\ry\r');
  lines[0]?.end({ bytesRead: 0 });
  await settle();
  expect(lines[1]?.text).toBe('docker system prune');
  expect(typed.at(-1)).toBe('y\n');
  lines[1]?.end();
  await settle();
  expect(lines).toHaveLength(2);
});

it('keeps a program’s question before the answer', () => {
  const { shell, print, shown } = openConsole();
  shell.type('docker system prune\r');
  print('WARNING!\nGo on? [y/N] ');
  shell.type('y');
  expect(shown()).toMatch(/Go on\? \[y\/N\] (?:\u001b\[0m)?y(?:\r\u001b\[\d+C)?$/); // eslint-disable-line no-control-regex -- sequences begin with a control character
});

it('runs pasted lines one behind the other, and leaves the last to be edited', async () => {
  const { shell, lines, settle, history } = openConsole();
  shell.type('\u001b[200~one\rtwo\rthr\u001b[201~');
  expect(lines.map(({ text }) => text)).toEqual(['one']);
  lines[0]?.end();
  await settle();
  expect(lines.map(({ text }) => text)).toEqual(['one', 'two']);
  lines[1]?.end();
  await settle();
  shell.type('ee\r');
  expect(lines.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  expect(history.lines).toEqual(['one', 'two', 'three']);
});

it('keeps no line with a password', () => {
  const { shell, lines, history } = openConsole();
  shell.type('docker login -u ada -p lovelace localhost:5000\r');
  expect(lines.map(({ text }) => text)).toEqual(['docker login -u ada -p lovelace localhost:5000']);
  expect(history.lines).toEqual([]);
});

it('brings lines back with the arrows, and the unfinished one after them', async () => {
  const { shell, lines, settle } = openConsole();
  shell.type('first\r');
  lines[0]?.end();
  await settle();
  shell.type('half\u001b[A\u001b[B way\r');
  expect(lines[1]?.text).toBe('half way');
  lines[1]?.end();
  await settle();
  shell.type('\u001b[A\u001b[A\r');
  expect(lines[2]?.text).toBe('first');
});

it('completes with Tab: one candidate whole, several as far as they agree', async () => {
  const one = openConsole({ start: 7, candidates: ['images'] });
  one.shell.type('docker im\t');
  await one.settle();
  one.shell.type('-a\r');
  expect(one.lines[0]?.text).toBe('docker images -a');
  const several = openConsole({ start: 7, candidates: ['image', 'images'] });
  several.shell.type('docker i\t');
  await several.settle();
  several.shell.type('\t');
  await several.settle();
  expect(several.shown()).toContain('image   images\r\n');
  several.shell.type('\r');
  expect(several.lines[0]?.text).toBe('docker image');
});

it('starts a new shell when one has ended, on the same machine; one that failed is sent the whole project', async () => {
  const { shell, lines, settle } = openConsole();
  shell.type('\u0004');
  expect(lines[0]?.text).toBe('exit');
  lines[0]?.end({ ended: true });
  await settle();
  shell.type('ls\r');
  expect(lines[1]?.changes).toEqual(NOTHING);
  lines[1]?.fail(new Error('gone'));
  await settle();
  shell.type('ls\r');
  expect(lines[2]?.changes.written).toHaveLength(1);
});

it('searches the lines typed before, backwards', async () => {
  const { shell, lines, settle, shown } = openConsole();
  for (const line of ['docker images', 'ls', 'docker ps']) {
    shell.type(`${line}\r`);
    lines.at(-1)?.end();
    await settle();
  }
  shell.type('\u0012dock\u0012');
  expect(shown()).toContain("(reverse-i-search)`dock': ");
  shell.type('\r');
  expect(lines.at(-1)?.text).toBe('docker images');
  lines.at(-1)?.end();
  await settle();
  shell.type('half\u0012ls');
  shell.type('\u001b');
  shell.type(' way\r');
  expect(lines.at(-1)?.text).toBe('half way');
});

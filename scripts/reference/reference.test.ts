import { expect, it } from 'vitest';
import { COMMANDS } from '../../worker/cli/commands/index.ts';
import { directives } from '../../worker/dockerfile/directives/index.ts';
import { lintRules } from '../../worker/dockerfile/lint/index.ts';
import { caseNames } from '../../tests/golden/cases.ts';
import { transcriptNames } from '../../tests/golden/transcripts.ts';
import { makeReference } from './reference.ts';

const reference = makeReference([
  { names: ['tar'], summary: 'Makes and reads archives', usage: '[-cxt] [FILE]...', simulated: undefined },
  { names: ['apt-get', 'apt'], summary: 'Installs packages', usage: 'COMMAND', simulated: 'from a catalogue' },
]);
const namesIn = (id: string): readonly string[] =>
  reference.sections.find((section) => section.id === id)?.entries.map(({ name }) => name) ?? [];

it('has every instruction, command and check there is, and the programs with what of them is simulated', () => {
  expect(namesIn('dockerfile')).toEqual(directives.map(({ name }) => name));
  expect(namesIn('commands').toSorted()).toEqual(COMMANDS.map(({ path }) => `docker ${path.join(' ')}`).toSorted());
  expect(namesIn('checks')).toEqual(lintRules.map(({ name }) => name));
  const programs = reference.sections.find(({ id }) => id === 'programs')?.entries ?? [];
  expect(programs.map(({ name, also, simulated }) => [name, ...also, simulated])).toEqual([
    ['tar', undefined],
    ['apt-get', 'apt', 'from a catalogue'],
  ]);
});

it('tells no empty entry: each says what it is, and why or how', () => {
  for (const { id, entries } of reference.sections) {
    for (const { name, summary, forms, text } of entries) {
      expect(summary, `${id}/${name}`).not.toBe('');
      expect(forms.length + text.length, `${id}/${name}`).toBeGreaterThan(0);
    }
  }
});

it('the table counts the cases that the tests run', () => {
  const [builds, , , commands] = reference.fidelity;
  expect(builds?.cases).toEqual([{ count: caseNames().length, of: 'builds' }]);
  expect(commands?.cases[0]?.of).toBe(`commands in ${transcriptNames().length} scripts`);
  for (const { part, cases } of reference.fidelity) {
    for (const { count } of cases) expect(count, part).toBeGreaterThan(0);
  }
});

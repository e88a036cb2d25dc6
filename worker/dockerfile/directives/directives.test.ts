import { describe, expect, it } from 'vitest';
import { describeVectors } from '../../../tests/vectors.ts';
import { parseDevice } from '../device-spec.ts';
import { parsePortSpec } from '../port-spec.ts';
import { parseDockerfile } from '../parser.ts';
import { parseStages, readInstruction } from '../stages.ts';
import { arg } from './arg.ts';
import { copy } from './copy.ts';
import { findDirective, directives } from './index.ts';
import { run } from './run.ts';

/** Where Docker 26.1, which Strata follows, words an error otherwise than the version of BuildKit the vectors are from. */
const WORDED_OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['instruction-error/MAINTAINER unknown flag', 'unknown flag: boo'],
  ['ports/empty spec', 'No port specified: <empty>'],
  ['ports/empty container port', 'No port specified: 0.0.0.0:1234-1235:/tcp<empty>'],
  ['ports/localhost:1234:1234/tcp', 'Invalid ip address: localhost'],
  ['ports/localhost:1234-1236:1234-1236/tcp', 'Invalid ip address: localhost'],
  ['ports/empty container port and proto', 'No port specified: 0.0.0.0:1234-1235:<empty>'],
]);

/** The one instruction of a text without FROM. */
function instructionOf(text: string): ReturnType<typeof readInstruction> {
  const { ast, failure } = parseDockerfile(text);
  if (failure !== undefined) throw failure;
  return readInstruction(ast.instructions[0]!);
}

interface Message {
  message?: string;
  message_contains?: string;
}

const messageOf = (name: string, { message, message_contains: part }: Message): string =>
  WORDED_OTHERWISE.get(name) ?? message ?? part ?? '';

describeVectors<{ dockerfile: string }, Message>('buildkit_instructions', 'instruction-error', (cases) => {
  it.each(cases)('$name', ({ name, input, expect: expected }) => {
    expect(() => instructionOf(input.dockerfile)).toThrow(messageOf(name, expected));
  });
});

interface CopyExpectation {
  dest: string;
  sources: string[];
  files: { Path: string; Data: string; Expand: boolean }[];
}

describeVectors<{ dockerfile: string }, CopyExpectation>('buildkit_instructions', 'copy', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    const instruction = instructionOf(input.dockerfile);
    if (!copy.made(instruction)) throw new Error('not a COPY');
    const { list } = instruction.data;
    expect(list.destination).toBe(expected.dest);
    expect(list.paths).toEqual(expected.sources);
    expect(list.files).toEqual(
      expected.files.map(({ Path, Data, Expand }) => ({ name: Path, content: Data, expand: Expand })),
    );
  });
});

interface RunExpectation {
  shell: boolean;
  command: string[];
  files: { Name: string; Data: string; Chomp: boolean }[];
}

describeVectors<{ dockerfile: string }, RunExpectation>('buildkit_instructions', 'run', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    const instruction = instructionOf(input.dockerfile);
    if (!run.made(instruction)) throw new Error('not a RUN');
    const { command, heredocs } = instruction.data;
    expect(command).toEqual({ form: expected.shell ? 'shell' : 'exec', words: expected.command });
    expect(heredocs.map(({ name, content, chomp }) => ({ Name: name, Data: content, Chomp: chomp }))).toEqual(
      expected.files,
    );
  });
});

describeVectors<{ value: string }, { device?: { Name: string; Required: boolean }; message?: string }>(
  'buildkit_instructions',
  'device',
  (cases) => {
    it.each(cases)('$name', ({ input, expect: expected }) => {
      if (expected.device === undefined) expect(() => parseDevice(input.value)).toThrow(expected.message);
      else expect(parseDevice(input.value)).toEqual({ name: expected.device.Name, required: expected.device.Required });
    });
  },
);

describeVectors<{ interval: string }, { error?: boolean } & Message>(
  'buildkit_instructions',
  'healthcheck-interval',
  (cases) => {
    it.each(cases)('$name', ({ name, input, expect: expected }) => {
      const read = (): unknown => instructionOf(`HEALTHCHECK --interval=${input.interval} CMD x`);
      if (expected.error === true) expect(read).toThrow(messageOf(name, expected));
      else expect(read).not.toThrow();
    });
  },
);

describeVectors<{ ports: string[] }, { ports?: string[] } & Message>('buildkit_instructions', 'ports', (cases) => {
  it.each(cases)('$name', ({ name, input, expect: expected }) => {
    const read = (): string[] => input.ports.flatMap(parsePortSpec);
    if (expected.ports === undefined) expect(read).toThrow(messageOf(name, expected));
    else expect(read()).toEqual(expected.ports);
  });
});

describeVectors<{ dockerfile: string }, { pairs: [string, string][] }>(
  'buildkit_instructions',
  'doc-comments',
  (cases) => {
    it.each(cases)('$name', ({ input, expect: expected }) => {
      const { stages, globalArgs } = parseStages(parseDockerfile(input.dockerfile).ast);
      const [first] = stages;
      // The vector names Go's fields; these are the same places here.
      const places = new Map<string, string>([
        ['stages[0].DocComment', first?.description ?? ''],
        ['meta[0].Args[0].Key', globalArgs[0]?.name ?? ''],
        ['meta[0].Args[0].DocComment', globalArgs[0]?.description ?? ''],
      ]);
      first?.instructions
        .filter((instruction) => arg.made(instruction))
        .forEach(({ data }, i) => {
          data.definitions.forEach(({ name, description = '' }, j) => {
            places.set(`st.Commands[${i}].(*ArgCommand).Args[${j}].Key`, name);
            places.set(`st.Commands[${i}].(*ArgCommand).Args[${j}].DocComment`, description);
          });
        });
      for (const [place, text] of expected.pairs) expect(places.get(place), place).toBe(text);
    });
  },
);

describe('every directive', () => {
  it.each(directives)('$name tells what an editor shows', ({ name, summary, syntax, docs, flags }) => {
    expect(name).toMatch(/^[A-Z]+$/);
    expect(summary).toMatch(/^[A-Z].*\.$/);
    for (const line of syntax) expect(line.startsWith(name)).toBe(true);
    expect(docs.length).toBeGreaterThan(summary.length);
    for (const flag of flags) expect(flag.summary).toMatch(/\.$/);
  });

  it('is found by its lower-case name', () => {
    expect(directives).toHaveLength(18);
    for (const directive of directives) expect(findDirective(directive.name.toLowerCase())).toBe(directive);
    expect(findDirective('toString')).toBeUndefined();
  });
});

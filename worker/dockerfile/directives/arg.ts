import { requireName, requireSome } from '../argument-count.ts';
import { descriptionOf } from '../description.ts';
import { defineDirective } from '../directive.ts';

export interface ArgDefinition {
  readonly name: string;
  /** The default as written; undefined without one. */
  readonly value?: string;
  /** What the comment above says of it: the line that begins with its name. */
  readonly description?: string;
}

export interface ArgData {
  readonly definitions: readonly ArgDefinition[];
}

export const arg = defineDirective<ArgData>({
  name: 'ARG',
  summary: 'Declares a variable that a build can be given.',
  syntax: ['ARG name[=default] ...'],
  docs: `\`docker build --build-arg name=value\` gives it a value; without one the default counts. It is seen from here to the end of the
stage, by the build and in the environment of RUN, but is not kept in the image. Values do show in the image's history, so they
are no place for secrets: use \`RUN --mount=type=secret\`.

Before the first FROM it is global: usable in FROM lines, and in a stage that declares it again (\`ARG name\`).`,
  flags: [],
  argumentSyntax: 'words',
  suggestions: { known: 'global arguments' },
  expands: 'all',
  interpret: ({ args, comments }) => {
    requireSome('ARG', args);
    return { definitions: args.map((word) => readDefinition(word, comments)) };
  },
  lower: ({ definitions }, stage) => {
    const expanded = definitions.map(({ name, value }) => ({
      name: stage.expand(name),
      value: value === undefined ? undefined : stage.expand(value),
    }));
    for (const { name, value } of expanded) stage.declareArg(name, value);
    const words = expanded.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`));
    stage.metadata(`ARG ${words.join(' ')}`);
  },
});

function readDefinition(word: string, comments: readonly string[]): ArgDefinition {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  if (equals >= 0) requireName('ARG', name);
  const description = descriptionOf(name, comments);
  return {
    name,
    ...(equals < 0 ? {} : { value: word.slice(equals + 1) }),
    ...(description === undefined ? {} : { description }),
  };
}

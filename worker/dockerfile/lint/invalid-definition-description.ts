import { arg } from '../directives/arg.ts';
import { buildkitPage, type LintRule } from './rule.ts';

export const invalidDefinitionDescription: LintRule = {
  name: 'InvalidDefinitionDescription',
  origin: 'buildkit',
  severity: 'warning',
  description:
    'Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is not intended to be a description comment, add an empty line or comment between the instruction and the comment.',
  why: '`docker build --call=outline` and `--call=targets` tell what stages and arguments are for, from the comment right above that begins with their name.',
  url: buildkitPage('invalid-definition-description'),
  experimental: true,
  *check(file) {
    for (const { node, instruction, stage } of file.instructions) {
      const above = node.comments.at(-1);
      if (above === undefined || instruction === undefined) continue;
      const names = arg.made(instruction)
        ? instruction.data.definitions.map(({ name }) => name)
        : node.name === 'from' && stage !== undefined && stage.name !== ''
          ? [stage.name]
          : [];
      const [first] = names;
      if (first === undefined || names.includes(above.split(' ', 1)[0] ?? '')) continue;
      const example = names.length > 1 ? '<arg_key>' : first;
      const message = `Comment for ${node.name.toUpperCase()} should follow the format: \`# ${example} <description>\``;
      yield { node, message };
    }
  },
};

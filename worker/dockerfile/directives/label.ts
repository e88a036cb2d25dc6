import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';
import { expandPairs, historyOfPairs, readNameValuePairs, type NameValuePair } from '../name-value-pairs.ts';

export interface LabelData {
  readonly labels: readonly NameValuePair[];
}

export const label = defineDirective<LabelData>({
  name: 'LABEL',
  summary: 'Adds metadata to the image as names and values.',
  syntax: ['LABEL name=value ...'],
  docs: `Labels describe an image to people and tools; \`docker inspect\` shows them and \`docker images --filter label=\` finds by them. An
image has the labels of its base too; the same name again replaces a value. Common names are those of the OCI image specification,
such as \`org.opencontainers.image.source\`.`,
  flags: [],
  argumentSyntax: 'assignments',
  expands: 'all',
  interpret: (node) => {
    readFlags(node.flags, []);
    return { labels: readNameValuePairs('LABEL', node.args) };
  },
  lower: ({ labels }, stage) => {
    const expanded = expandPairs(labels, stage);
    stage.config.Labels = {
      ...stage.config.Labels,
      ...Object.fromEntries(expanded.map(({ name, value }) => [name, value])),
    };
    stage.metadata(historyOfPairs('LABEL', expanded));
  },
});

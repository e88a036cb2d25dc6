import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';
import { expandPairs, historyOfPairs, readNameValuePairs, type NameValuePair } from '../name-value-pairs.ts';

export interface LabelData {
  readonly labels: readonly NameValuePair[];
}

/** Names of the OCI image specification (annotations). */
const COMMON_NAMES = [
  {
    label: 'org.opencontainers.image.authors',
    insert: 'org.opencontainers.image.authors=""',
    detail: 'who is responsible',
  },
  {
    label: 'org.opencontainers.image.created',
    insert: 'org.opencontainers.image.created=""',
    detail: 'date and time of the build',
  },
  {
    label: 'org.opencontainers.image.description',
    insert: 'org.opencontainers.image.description=""',
    detail: 'what is in it',
  },
  {
    label: 'org.opencontainers.image.documentation',
    insert: 'org.opencontainers.image.documentation=""',
    detail: 'address of the documentation',
  },
  {
    label: 'org.opencontainers.image.licenses',
    insert: 'org.opencontainers.image.licenses=""',
    detail: 'SPDX expression',
  },
  {
    label: 'org.opencontainers.image.revision',
    insert: 'org.opencontainers.image.revision=""',
    detail: 'commit it was built from',
  },
  {
    label: 'org.opencontainers.image.source',
    insert: 'org.opencontainers.image.source=""',
    detail: 'address of the source code',
  },
  { label: 'org.opencontainers.image.title', insert: 'org.opencontainers.image.title=""', detail: 'name for people' },
  {
    label: 'org.opencontainers.image.url',
    insert: 'org.opencontainers.image.url=""',
    detail: 'address to find out more',
  },
  {
    label: 'org.opencontainers.image.version',
    insert: 'org.opencontainers.image.version=""',
    detail: 'version of what is packaged',
  },
];

export const label = defineDirective<LabelData>({
  name: 'LABEL',
  summary: 'Adds metadata to the image as names and values.',
  syntax: ['LABEL name=value ...'],
  docs: `Labels describe an image to people and tools; \`docker inspect\` shows them and \`docker images --filter label=\` finds by them. An
image has the labels of its base too; the same name again replaces a value. Common names are those of the OCI image specification,
such as \`org.opencontainers.image.source\`.`,
  flags: [],
  argumentSyntax: 'assignments',
  suggestions: { place: 'word', values: COMMON_NAMES },
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

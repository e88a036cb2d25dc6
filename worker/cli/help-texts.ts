/** Texts of flags that many commands have. */

const SEE_MORE =
  'Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates';

/** `--format` of lists. */
export const LIST_FORMAT_HELP = `Format output using a custom template:
'table':            Print output in table format with column headers (default)
'table TEMPLATE':   Print output in table format using the given Go template
'json':             Print in JSON format
'TEMPLATE':         Print output using the given Go template.
${SEE_MORE}`;

/** `--format` of what is no list. */
export const OBJECT_FORMAT_HELP = `Format output using a custom template:
'json':             Print in JSON format
'TEMPLATE':         Print output using the given Go template.
${SEE_MORE}`;

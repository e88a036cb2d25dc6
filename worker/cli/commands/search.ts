import { CliError, type Command } from '../command.ts';

export const search: Command = {
  path: ['search'],
  summary: 'Search Docker Hub for images',
  usage: ['[OPTIONS] TERM'],
  arguments: { least: 1, most: 1 },
  flags: [
    { name: 'filter', short: 'f', kind: 'filter', help: 'Filter output based on conditions provided' },
    { name: 'format', kind: 'string', help: 'Pretty-print search using a Go template' },
    { name: 'limit', kind: 'int', help: 'Max number of search results' },
    { name: 'no-trunc', kind: 'bool', help: "Don't truncate output" },
  ],
  run(_context, { operands: [term = ''] }) {
    return Promise.reject(
      new CliError(
        `Docker Hub cannot be searched from a browser. Look for "${term}" at https://hub.docker.com/search?q=${encodeURIComponent(term)}`,
      ),
    );
  },
};

import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';
import { quoteList } from '../go-quote.ts';
import { commandWords, readCommand, type Command } from '../shell-form.ts';

export const entrypoint = defineDirective<Command>({
  name: 'ENTRYPOINT',
  summary: 'Sets the program a container runs.',
  syntax: ['ENTRYPOINT ["program", "argument", ...]', 'ENTRYPOINT command line'],
  docs: `The container runs this with CMD, or the words given to \`docker run image ...\`, as further arguments. In the shell form those
arguments are ignored, and the shell gets the signals. A CMD of the base image is dropped, since it was meant for another program.`,
  flags: [],
  argumentSyntax: 'exec-or-line',
  expands: 'nothing',
  interpret: (node) => {
    readFlags(node.flags, []);
    return readCommand(node);
  },
  lower: (command, stage, instruction) => {
    const words = commandWords(command, stage);
    stage.used.set('ENTRYPOINT', instruction.range);
    stage.config.Entrypoint = words;
    if (!stage.used.has('CMD')) delete stage.config.Cmd;
    stage.metadata(`ENTRYPOINT ${quoteList(words)}`);
  },
});

import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';
import { quoteList } from '../go-quote.ts';
import { commandWords, readCommand, type Command } from '../shell-form.ts';

export const cmd = defineDirective<Command>({
  name: 'CMD',
  summary: 'Sets what a container runs by default.',
  syntax: ['CMD ["program", "argument", ...]', 'CMD command line', 'CMD ["argument", ...]'],
  docs: `With an ENTRYPOINT, the words are its default arguments; without one, the command itself. Words given to \`docker run image ...\`
replace it. The exec form (JSON) starts the program directly; the shell form goes through the shell, which then stands between
the program and signals. Only the last CMD of a stage counts.`,
  flags: [],
  argumentSyntax: 'exec-or-line',
  expands: 'nothing',
  interpret: (node) => {
    readFlags(node.flags, []);
    return readCommand(node);
  },
  lower: (command, stage, instruction) => {
    const words = commandWords(command, stage);
    stage.used.set('CMD', instruction.range);
    stage.config.Cmd = words;
    stage.config.ArgsEscaped = true;
    stage.metadata(`CMD ${quoteList(words)}`);
  },
});

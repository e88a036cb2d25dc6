/** bash's `shopt`. */
import { ShellError } from '../failures.ts';
import { OPTION_NAMES, optionOfName, type OptionName } from '../options.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

/** Options that change what scripts do; others are remembered without effect. */
const KNOWN = new Set([
  'autocd', 'cdspell', 'checkhash', 'checkwinsize', 'cmdhist', 'compat31', 'dotglob', 'execfail', 'expand_aliases', 'extdebug',
  'extglob', 'extquote', 'failglob', 'force_fignore', 'globasciiranges', 'globskipdots', 'globstar', 'gnu_errfmt', 'histappend',
  'histreedit', 'hostcomplete', 'huponexit', 'inherit_errexit', 'interactive_comments', 'lastpipe', 'lithist', 'localvar_inherit',
  'localvar_unset', 'login_shell', 'mailwarn', 'nocaseglob', 'nocasematch', 'nullglob', 'patsub_replacement', 'progcomp',
  'promptvars', 'restricted_shell', 'shift_verbose', 'sourcepath', 'varredir_close', 'xpg_echo',
]); // prettier-ignore

export const shopt: Builtin = {
  names: ['shopt'],
  dialects: ['bash'],
  async run(shell, args) {
    const options = args.filter((word) => /^-[supqo]+$/.test(word)).join('');
    const names = args.filter((word) => !word.startsWith('-'));
    if (options.includes('o')) return treatSetOptions(shell, options, names);
    for (const name of names) if (!KNOWN.has(name)) throw new ShellError(`${name}: invalid shell option name`, 1);
    if (options.includes('s') || options.includes('u')) {
      for (const name of names) {
        if (options.includes('s')) shell.shoptions.add(name);
        else shell.shoptions.delete(name);
      }
      return 0;
    }
    const shown = names.length > 0 ? names : [...KNOWN];
    if (!options.includes('q')) {
      for (const name of shown)
        await shell.write(1, `${name.padEnd(15)}\t${shell.shoptions.has(name) ? 'on' : 'off'}\n`);
    }
    return shown.every((name) => shell.shoptions.has(name)) ? 0 : 1;
  },
};

/** `shopt -o`: the options of `set -o`. */
async function treatSetOptions(shell: Shell, options: string, names: readonly string[]): Promise<number> {
  const chosen = names.length === 0 ? OPTION_NAMES : names.map((name) => knownOption(name));
  for (const option of chosen) {
    if (options.includes('s')) shell.options.add(option);
    else if (options.includes('u')) shell.options.delete(option);
    else if (!options.includes('q'))
      await shell.write(1, `${option.padEnd(15)}\t${shell.options.has(option) ? 'on' : 'off'}\n`);
  }
  return /[su]/.test(options) || chosen.every((option) => shell.options.has(option)) ? 0 : 1;
}

function knownOption(name: string): OptionName {
  const option = optionOfName(name);
  if (option === undefined) throw new ShellError(`${name}: invalid option name`, 1);
  return option;
}

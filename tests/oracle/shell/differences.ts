/** Cases in which Strata is known to differ from the real shell, each with the reason: `topic: name (shell)`. */
export const DIFFERENCES: ReadonlyMap<string, string> = new Map([
  ['builtins: type (bash)', 'bash prints a function from its tree, Strata prints it as it was written'],
  ['errors: bad function name (ash)', 'unbash takes `f(` for a word, and finds the mistake later'],
  ['errors: bad function name (dash)', 'unbash takes `f(` for a word, and finds the mistake later'],
  ['errors: bad function name (bash)', 'unbash takes `f(` for a word, and finds the mistake later'],
  [
    'errors: error in substitution (bash)',
    'the status bash gives to a mistake inside a substitution depends on how it was read',
  ],
  ['errors: sh options (bash)', 'the usage text of bash is not printed'],
  ['errors: nested heredoc error (bash)', 'bash counts lines in a here-document from where it is read'],
  ['xtrace: quotes in assignments (dash)', "dash does not know $'…', and so finds another end of the quotes"],
  ['programs: executables (ash)', 'a copy of the busybox binary under another name is not known for what it is'],
  ['expansion: ansi quotes (ash)', 'words of the shell are text: bytes that are not UTF-8 do not survive in them'],
]);

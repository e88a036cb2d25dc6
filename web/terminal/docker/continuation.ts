/** Whether what was typed is a whole command, or the shell would wait for more lines. */

/**
 * True where the text stops in a quote, in a here-document, behind a backslash, or behind an operator that wants a command.
 * Open compound commands are not known here: they are typed in one line, or with a backslash.
 */
export function wantsMore(text: string): boolean {
  const lines = text.split('\n');
  const documents: { readonly mark: string; readonly tabs: boolean }[] = [];
  let quote = '';
  let last = '';
  for (const line of lines) {
    const document = quote === '' ? documents[0] : undefined;
    if (document !== undefined) {
      if ((document.tabs ? line.replace(/^\t+/, '') : line) === document.mark) documents.shift();
      continue;
    }
    const scanned = scan(line, quote);
    ({ quote } = scanned);
    last = scanned.bare;
    documents.push(...scanned.documents);
  }
  return quote !== '' || documents.length > 0 || /(?:^|[^\\])(?:\\\\)*\\$|(?:\|\||&&|\|)\s*$/.test(last);
}

/** One line: the quote it ends in, its text without what is quoted, and the here-documents it opens. */
function scan(line: string, openQuote: string) {
  let quote = openQuote;
  let bare = '';
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote !== '') {
      if (character === '\\' && quote === '"') at++;
      else if (character === quote) quote = '';
      continue;
    }
    if (character === '#' && /(?:^|\s)$/.test(bare)) break;
    if (character === '\\') bare += line.slice(at, ++at + 1);
    else if (character === "'" || character === '"') {
      quote = character;
      bare += '_';
    } else bare += character;
  }
  const marks = quote === '' ? [...line.matchAll(/(?<!<)<<(-?)\s*(?:'([^']+)'|"([^"]+)"|\\?([\w.]+))/g)] : [];
  const documents = marks
    .filter(() => /(?<!<)<<-?(?!<)/.test(bare))
    .map(([, dash, single, double, plain]) => ({ mark: single ?? double ?? plain ?? '', tabs: dash === '-' }));
  return { quote, bare, documents };
}

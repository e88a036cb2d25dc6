/** Ctrl-R: searching the lines typed before, backwards, as bash does. */

/** A search as it stands, and what a key makes of it. */
export interface HistorySearch {
  /** The line that holds what is searched; the one found last where none does. */
  readonly found: string;
  /** What stood there before the search. */
  readonly typed: string;
  /** What is shown before the line. */
  readonly prompt: string;
  longer(text: string): HistorySearch;
  shorter(): HistorySearch;
  /** The next older line that holds it. */
  older(): HistorySearch;
}

/** Searches `lines`, oldest first, from the end; nothing is asked for yet. */
export function startSearch(lines: readonly string[], typed: string): HistorySearch {
  return searchFrom({ lines, typed, query: '', at: lines.length, found: typed });
}

interface Search {
  readonly lines: readonly string[];
  readonly typed: string;
  readonly query: string;
  /** The place of the line that was found; behind the last where none was looked for. */
  readonly at: number;
  readonly found: string;
}

function searchFrom(search: Search, failed = false): HistorySearch {
  const { lines, typed, query, at, found } = search;
  const look = (wanted: string, from: number): HistorySearch => {
    const place = wanted === '' ? -1 : lines.findLastIndex((line, index) => index <= from && line.includes(wanted));
    if (place === -1) return searchFrom({ ...search, query: wanted }, wanted !== '');
    return searchFrom({ ...search, query: wanted, at: place, found: lines[place] ?? found });
  };
  return {
    found,
    typed,
    prompt: `(${failed ? 'failed ' : ''}reverse-i-search)\`${query}': `,
    longer: (text) => look(query + text, at),
    shorter: () => look([...query].slice(0, -1).join(''), lines.length),
    older: () => look(query, at - 1),
  };
}

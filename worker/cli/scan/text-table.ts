/** Tables with rules between their columns, as Docker Scout prints them. */

/** Rows as wide as the widest: `  Target     │  alpine:latest  │    0C  `. */
export function ruledRows(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) => {
    const [heading = '', ...cells] = widths.map((width, column) => (row[column] ?? '').padEnd(width));
    return `  ${heading} ${cells.map((cell) => `│  ${cell}  `).join('')}`;
  });
}

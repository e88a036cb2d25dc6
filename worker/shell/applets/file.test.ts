/** The words are those of file 5.44 for the same files. */
import { describe, expect, it } from 'vitest';
import { createRoot, run } from '../../../tests/oracle/shell/strata-shell.ts';

const MAKE = String.raw`
printf 'plain\n' > a.txt; printf 'plain' > b; : > empty; printf 'a\r\nb\r\n' > crlf; printf '{"a": 1}\n' > c.json
printf '#!/bin/sh\necho\n' > s.sh; printf '#!/bin/bash\necho\n' > b.sh; printf '#!/usr/bin/env python3\nprint()\n' > p.py
printf 'h\303\251\n' > u; printf '\000\001\002' > d; mkdir dir; ln -s a.txt link; ln -s none broken
tar cf t.tar a.txt; gzip -n < a.txt > g; printf '<?xml version="1.0"?><a/>\n' > x.xml; printf '<!DOCTYPE html><html></html>\n' > h.html
`;

const shell = async (script: string): Promise<string> =>
  (await run(['/bin/sh', '-c', MAKE + script], createRoot())).stdout;

describe('file', () => {
  it('tells what each file is', async () => {
    expect(await shell('file a.txt b b.sh broken c.json crlf d dir empty g h.html link p.py s.sh u x.xml')).toBe(
      `a.txt:  ASCII text
b:      ASCII text, with no line terminators
b.sh:   Bourne-Again shell script, ASCII text executable
broken: broken symbolic link to none
c.json: JSON text data
crlf:   ASCII text, with CRLF line terminators
d:      data
dir:    directory
empty:  empty
g:      gzip compressed data, from Unix, original size modulo 2^32 6
h.html: HTML document, ASCII text
link:   symbolic link to a.txt
p.py:   Python script, ASCII text executable
s.sh:   POSIX shell script, ASCII text executable
u:      Unicode text, UTF-8 text
x.xml:  XML 1.0 document, ASCII text
`,
    );
  });

  it('tells media types, and what is not there', async () => {
    expect(await shell('file -b --mime-type a.txt c.json g t.tar dir empty s.sh; file -bi u; file nosuch')).toBe(
      `text/plain
application/json
application/gzip
application/x-tar
inode/directory
inode/x-empty
text/x-shellscript
text/plain; charset=utf-8
nosuch: cannot open \`nosuch' (No such file or directory)
`,
    );
  });
});

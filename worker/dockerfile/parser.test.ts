import { expect, it } from 'vitest';
import { describeVectors } from '../../tests/vectors.ts';
import { splitExec } from './arguments.ts';
import type { DockerfileAst, HeredocFile, InstructionNode } from './ast.ts';
import { quote } from './go-quote.ts';
import { heredocWordsOf, parseHeredocWord } from './heredoc.ts';
import { findParserDirective } from './parser-directives.ts';
import { parseDockerfile } from './parser.ts';
import { splitWords } from './words.ts';

/** The tree as BuildKit's `Node.Dump` prints it. */
function dumpAst(ast: DockerfileAst): string {
  return ast.instructions.map((node) => `(${dumpNode(node)})\n`).join('');
}

function dumpNode(node: InstructionNode): string {
  const flags = node.flags.length === 0 ? '' : ` [${node.flags.map(quote).join(' ')}]`;
  const child = node.child === undefined ? '' : ` (${dumpNode(node.child)})`;
  return node.name + flags + child + node.args.map((argument) => ` ${quote(argument)}`).join('');
}

const rangesOf = (ast: DockerfileAst): number[][] =>
  ast.instructions.map(({ range }) => [range.startLine, range.endLine]);

/** A heredoc in Go's JSON, which may leave out what is false or 0. */
interface GoHeredoc {
  Name: string;
  Content: string;
  Expand?: boolean;
  Chomp?: boolean;
  FileDescriptor?: number;
}

const heredocsOf = (ast: DockerfileAst): (HeredocFile[] | null)[] =>
  ast.instructions.map(({ heredocs }) => (heredocs.length === 0 ? null : [...heredocs]));

const fromGo = (lists: readonly (GoHeredoc[] | null)[]): (HeredocFile[] | null)[] =>
  lists.map(
    (list) =>
      list?.map(({ Name, Content, Expand = false, Chomp = false, FileDescriptor = 0 }) => ({
        name: Name,
        content: Content,
        expand: Expand,
        chomp: Chomp,
        fileDescriptor: FileDescriptor,
      })) ?? null,
  );

describeVectors<{ dockerfile: string }, { dump: string }>('buildkit_parser', 'dump', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    const { ast, failure } = parseDockerfile(input.dockerfile);
    expect(failure).toBeUndefined();
    expect(dumpAst(ast)).toBe(expected.dump);
  });
});

describeVectors<{ dockerfile: string }, unknown>('buildkit_parser', 'error', (cases) => {
  it.each(cases)('$name', ({ input }) => {
    expect(parseDockerfile(input.dockerfile).failure?.code).toBe('dockerfile');
  });
});

describeVectors<{ dockerfile: string }, { tree: number[]; children: number[][] }>(
  'buildkit_parser',
  'lines',
  (cases) => {
    it.each(cases)('$name', ({ input, expect: expected }) => {
      const { ast } = parseDockerfile(input.dockerfile);
      expect([ast.range.startLine, ast.range.endLine]).toEqual(expected.tree);
      expect(rangesOf(ast)).toEqual(expected.children);
    });
  },
);

describeVectors<{ line: string }, { words: string[] }>('buildkit_parser', 'words', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    expect(splitWords(input.line, '\\')).toEqual(expected.words);
  });
});

describeVectors<{ dockerfile: string }, { count: number; contains: [number, 'short' | 'detail', string][] }>(
  'buildkit_parser',
  'warnings',
  (cases) => {
    it.each(cases)('$name', ({ input, expect: expected }) => {
      const { diagnostics } = parseDockerfile(input.dockerfile);
      expect(diagnostics.map(({ severity }) => severity)).toEqual(Array(expected.count).fill('warning'));
      for (const [index, part, text] of expected.contains) {
        expect(part === 'short' ? diagnostics[index]?.message : diagnostics[index]?.detail).toContain(text);
      }
    });
  },
);

describeVectors<{ text: string }, { strings?: string[] }>('buildkit_parser_tables', 'json', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    if (expected.strings === undefined)
      expect(() => splitExec(input.text)).toThrow('arrays must be comprised of strings');
    else expect(splitExec(input.text)).toEqual({ args: expected.strings, json: true });
  });
});

describeVectors<{ dockerfile: string }, { heredocs: (GoHeredoc[] | null)[] }>(
  'buildkit_parser_tables',
  'heredocs',
  (cases) => {
    it.each(cases)('$name', ({ input, expect: expected }) => {
      const { ast, failure } = parseDockerfile(input.dockerfile);
      expect(failure).toBeUndefined();
      expect(heredocsOf(ast).slice(1)).toEqual(fromGo(expected.heredocs));
    });
  },
);

describeVectors<{ word: string }, { heredoc?: string | false }>('buildkit_parser_tables', 'heredoc-word', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    if (expected.heredoc === undefined) expect(() => parseHeredocWord(input.word)).toThrow();
    else expect(parseHeredocWord(input.word)?.name ?? false).toBe(expected.heredoc);
  });
});

describeVectors<{ line: string }, { names: string[] }>('buildkit_parser_tables', 'heredoc-line', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    expect(heredocWordsOf(input.line).map(({ name }) => name)).toEqual(expected.names);
  });
});

describeVectors<
  { key: string; dockerfile: string },
  { found: boolean; value?: string; cmdline?: string; line?: number }
>('buildkit_parser_tables', 'directive', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    const found = findParserDirective(input.key, input.dockerfile, input.key === 'syntax');
    expect(found !== undefined).toBe(expected.found);
    if (!expected.found) return;
    expect(found?.value.split(' ')[0]).toBe(expected.value);
    if (expected.cmdline !== undefined) expect(found?.value).toBe(expected.cmdline);
    if (expected.line !== undefined) expect(found?.line).toBe(expected.line);
  });
});

interface CorpusResult {
  dump: string;
  escape: string;
  lines: number[][];
  warnings: number;
  heredocs?: (GoHeredoc[] | null)[];
}

describeVectors<{ dockerfile: string }, CorpusResult>('dockerfile_corpus', undefined, (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    const { ast, diagnostics, failure } = parseDockerfile(input.dockerfile);
    expect(failure).toBeUndefined();
    expect(dumpAst(ast).trim()).toBe(expected.dump.trim());
    expect(ast.escape).toBe(expected.escape);
    expect(rangesOf(ast)).toEqual(expected.lines);
    expect(diagnostics.length).toBe(expected.warnings);
    if (expected.heredocs !== undefined) expect(heredocsOf(ast)).toEqual(fromGo(expected.heredocs));
  });
});

/** Dockerfiles with pieces cut out, doubled and put in: bad input that was good once. */
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Small files that between them hold most of the syntax. */
export const SEEDS: readonly string[] = [
  'ARG V=1\nFROM --platform=$P alpine:${V:-3} AS base\nENV A=1 B="two words" C=\'x\'\nRUN set -e; \\\n  # c\n  a && b\n',
  'FROM a\nRUN --mount=type=cache,target=/x,sharing=locked --network=none <<EOF\necho $A\nEOF\nCOPY <<-"T" /x\n\ty\nT\n',
  'FROM a\nHEALTHCHECK --interval=1m30s --retries=3 CMD ["x", "y"]\nONBUILD ADD --checksum=sha256:00 http://x/y /z\nEXPOSE 80-82/udp ::1:5:5\n',
  '# syntax=x\n# escape=`\nFROM a\nWORKDIR C:\\x`\n y\nSTOPSIGNAL 9\nSHELL ["a"]\nVOLUME ["/v"]\nUSER a:b\nLABEL "a b"=c\n',
];

interface Corpus {
  readonly cases: readonly { readonly input: { readonly dockerfile: string } }[];
}

const CORPUS = resolve(import.meta.dirname, '../../../shared/vectors/dockerfile_corpus.json');

/** Real ones of public repositories; none where ../shared/vectors is missing. */
export const corpus: readonly string[] = existsSync(CORPUS)
  ? (JSON.parse(readFileSync(CORPUS, 'utf8')) as Corpus).cases.map(({ input }) => input.dockerfile)
  : [];

const FRAGMENTS = [
  ...['\\', '\n', '\r\n', '"', "'", '$', '${', '}', '<<EOF', '<<-', 'EOF\n', '#', '`', '--', '=', '[', ']', '[1]'],
  ...['\uFEFF', '\0', '\ud800', 'é', 'FROM ', 'RUN ', 'ONBUILD ', 'COPY --from=', 'ENV ', 'ARG ', '--mount='],
  ...['${a:-', '${a//b/', '${a%%*', ' \\\n', '\t', '99999999999999999999', '\u2028', '🐳', '# check=skip=', ';error='],
];

/** A piece that means something, or nothing. */
export const fragment = fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 8 }));

/** One of the texts with up to eight edits. */
export const mutated = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), fragment), { minLength: 1, maxLength: 8 }),
    )
    .map(([text, edits]) =>
      edits.reduce((current, [at, length, insert]) => {
        const start = current.length === 0 ? 0 : at % current.length;
        return current.slice(0, start) + insert + current.slice(start + length);
      }, text),
    );

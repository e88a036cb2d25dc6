/**
 * The binaries that the simulated Go compiler makes: an ELF header, a note that says what the program prints, and a hole for the rest
 * of a real binary's size. The executor knows them by the note and runs them.
 */
import { utf8, utf8Text } from '../../../base/bytes.ts';
import { bodyOf, joinBodies, readBody, type Body } from '../../../vfs/body.ts';
import type { ProgramMain } from '../../kernel/exec.ts';
import { encodeText } from '../../text.ts';

/** Size of the header before the note: an ELF64 header and one program header. */
const HEADER_BYTES = 120;
const MARK = 'strata:go-program:1\n';
const MAX_NOTE_BYTES = 65_536;

/** What a program does, as far as the compiler could tell. */
export interface GoProgram {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Another language than Go, whose compiler made it. */
  readonly language?: string;
}

/** A binary of `sizeBytes` that prints what `program` says when it is run here. */
export function goBinary(program: GoProgram, sizeBytes: number): Body {
  const note = utf8(`${MARK}${JSON.stringify(program)}\n`);
  const start = joinBodies([bodyOf(elfHeader()), bodyOf(note)]);
  const rest = Math.max(0, sizeBytes - start.sizeBytes);
  return joinBodies([start, { sizeBytes: rest, segments: [{ kind: 'hole', length: rest }] }]);
}

/** The program in a binary of {@link goBinary}; undefined for any other file. */
export async function recogniseGoProgram(body: Body): Promise<ProgramMain | undefined> {
  const program = await programIn(body);
  if (program === undefined) return undefined;
  return async (process) => {
    if (program.stdout !== '') await process.write(1, encodeText(program.stdout));
    if (program.stderr !== '') await process.write(2, encodeText(program.stderr));
    process.kernel.simulated.add(
      `${program.language ?? 'Go'} program: prints what the compiler could tell from its source; nothing of it is executed`,
    );
    return program.exitCode;
  };
}

/** What a binary, or an object, of {@link goBinary} does. */
export async function programIn(body: Body): Promise<GoProgram | undefined> {
  if (body.sizeBytes < HEADER_BYTES + MARK.length) return undefined;
  const mark = utf8Text(await readBody(body, HEADER_BYTES, HEADER_BYTES + MARK.length));
  if (mark !== MARK) return undefined;
  const text = utf8Text(await readBody(body, HEADER_BYTES + MARK.length, HEADER_BYTES + MAX_NOTE_BYTES));
  return parseProgram(text.slice(0, text.indexOf('\n')));
}

function parseProgram(text: string): GoProgram | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { stdout, stderr, exitCode, language } = value as Partial<Record<keyof GoProgram, unknown>>;
  if (typeof stdout !== 'string' || typeof stderr !== 'string' || typeof exitCode !== 'number') return undefined;
  return { stdout, stderr, exitCode, ...(typeof language === 'string' ? { language } : {}) };
}

/** ELF64, little-endian, x86-64, statically linked, with one loadable segment. */
function elfHeader(): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]);
  view.setUint16(16, 2, true);
  view.setUint16(18, 62, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(24, 0x401000n, true);
  view.setBigUint64(32, 64n, true);
  view.setUint16(52, 64, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 1, true);
  view.setUint32(64, 1, true);
  view.setUint32(68, 5, true);
  view.setBigUint64(80, 0x400000n, true);
  view.setBigUint64(88, 0x400000n, true);
  view.setBigUint64(112, 0x1000n, true);
  return header;
}

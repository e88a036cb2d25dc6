/** Copying in blocks, as `dd` does: block sizes decide how much each read and each write is. */
import { concatBytes } from '../../base/bytes.ts';
import type { OpenFile } from '../kernel/open-file.ts';
import type { Process } from '../kernel/process.ts';

export interface BlockCopyOptions {
  readonly inputBytes: number;
  readonly outputBytes: number;
  /** Gather what is read into blocks of `outputBytes`; else each block is written as it was read. */
  readonly regroup: boolean;
  readonly skipBytes: number;
  readonly seekBytes: number;
  readonly limitBytes: number | undefined;
  /** Reads to make at most; a short one counts as one. */
  readonly limitBlocks: number | undefined;
  /** Cut the output file where writing starts. */
  readonly truncate: boolean;
  /** Read on until a block is full. */
  readonly fullBlocks: boolean;
  /** Fill short blocks with zeros. */
  readonly pad: boolean;
  /** Swap neighbouring bytes. */
  readonly swap: boolean;
}

/** Blocks read and written so far, whole and short ones. */
export interface BlockCounts {
  fullIn: number;
  partialIn: number;
  fullOut: number;
  partialOut: number;
}

/** Copies from one descriptor to another; `counts` is kept up to date, so that it holds when a system error is thrown too. */
export async function blockCopy(
  process: Process,
  inputDescriptor: number,
  outputDescriptor: number,
  counts: BlockCounts,
  options: BlockCopyOptions,
): Promise<void> {
  const input = process.descriptors.get(inputDescriptor);
  const output = process.descriptors.get(outputDescriptor);
  const regular = output.inode().kind === 'file';
  if (options.seekBytes > 0) output.seek(options.seekBytes);
  if (options.truncate && regular) output.truncate(options.seekBytes);
  if (regular && extendWithZeros(input, output, counts, options)) return;
  await skip(process, input, options.skipBytes);
  let gathered: Uint8Array = new Uint8Array(0);
  let left = options.limitBytes ?? Infinity;
  for (let reads = 0; reads < (options.limitBlocks ?? Infinity) && left > 0; reads++) {
    const wanted = Math.min(options.inputBytes, left);
    const bytes = await readBlock(process, input, wanted, options.fullBlocks);
    if (bytes.byteLength === 0) break;
    if (bytes.byteLength === options.inputBytes) counts.fullIn++;
    else counts.partialIn++;
    left -= bytes.byteLength;
    const block = convert(bytes, options);
    gathered = options.regroup ? concatBytes([gathered, block]) : block;
    while (gathered.byteLength > 0 && (!options.regroup || gathered.byteLength >= options.outputBytes)) {
      const part = options.regroup ? gathered.subarray(0, options.outputBytes) : gathered;
      await writeBlock(process, outputDescriptor, part, counts, options);
      gathered = gathered.subarray(part.byteLength);
    }
  }
  if (gathered.byteLength > 0) await writeBlock(process, outputDescriptor, gathered, counts, options);
}

/** Zeros at the end of a file need not be written: the file is made longer. True when that was the whole copy. */
function extendWithZeros(
  input: OpenFile,
  output: OpenFile,
  counts: BlockCounts,
  { limitBlocks, inputBytes, outputBytes, seekBytes, regroup }: BlockCopyOptions,
): boolean {
  const from = input.inode();
  const to = output.inode();
  const zeros = from.kind === 'character' && from.device.major === 1 && from.device.minor === 5;
  if (!zeros || limitBlocks === undefined || regroup || inputBytes !== outputBytes) return false;
  if (to.kind !== 'file' || to.body.sizeBytes > seekBytes) return false;
  output.truncate(seekBytes + limitBlocks * inputBytes);
  counts.fullIn = counts.fullOut = limitBlocks;
  return true;
}

async function skip(process: Process, input: OpenFile, bytes: number): Promise<void> {
  if (bytes === 0) return;
  if (input.inode().kind === 'file') {
    input.seek(input.tell() + bytes);
    return;
  }
  for (let left = bytes; left > 0;) {
    const read = (await readBlock(process, input, left, false)).byteLength;
    if (read === 0) return;
    left -= read;
  }
}

/** One block. A pipe gives what it has; files and devices are asked again until the block is full. */
async function readBlock(process: Process, input: OpenFile, size: number, full: boolean): Promise<Uint8Array> {
  const again = full || input.inode().kind !== 'fifo';
  const parts: Uint8Array[] = [];
  let length = 0;
  do {
    const pause = process.checkpoint();
    if (pause !== undefined) await pause;
    const bytes = await input.read(size - length, process);
    if (bytes.byteLength === 0) break;
    parts.push(bytes);
    length += bytes.byteLength;
  } while (again && length < size);
  return parts.length === 1 ? (parts[0] ?? new Uint8Array(0)) : concatBytes(parts);
}

function convert(bytes: Uint8Array, { pad, swap, inputBytes }: BlockCopyOptions): Uint8Array {
  if (!pad && !swap) return bytes;
  const block = new Uint8Array(pad ? inputBytes : bytes.byteLength);
  block.set(bytes);
  if (!swap) return block;
  for (let i = 0; i + 1 < bytes.byteLength; i += 2) block.set([bytes[i + 1] ?? 0, bytes[i] ?? 0], i);
  return block;
}

async function writeBlock(
  process: Process,
  output: number,
  bytes: Uint8Array,
  counts: BlockCounts,
  { outputBytes }: BlockCopyOptions,
): Promise<void> {
  await process.write(output, bytes);
  if (bytes.byteLength === outputBytes) counts.fullOut++;
  else counts.partialOut++;
}

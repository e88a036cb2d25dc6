/**
 * Writing into file bodies, which are immutable: each write makes a new body that shares what it can. Appends, by far the
 * most common write, go into a buffer with spare room behind the bytes the old body sees, so that a file written in
 * 10,000 pieces has a handful of segments and is copied a constant number of times.
 */
import { bodyOf, EMPTY_BODY, joinBodies, sliceBody, type Body } from '../../vfs/body.ts';

/** How much of a buffer made here is taken; the rest is room for the next append. */
const filledBytes = new WeakMap<Uint8Array<ArrayBuffer>, number>();

/** A segment larger than this is left alone, and a new one begun. */
const MAX_COPIED_BYTES = 1 << 20;

/** `body` with `data` at `offset`; a gap before it becomes a hole. `data` is copied. */
export function writeIntoBody(body: Body, offset: number, data: Uint8Array): Body {
  if (data.byteLength === 0) return body;
  const padded = resizeBody(body, Math.max(body.sizeBytes, offset));
  if (offset === padded.sizeBytes) return appendToBody(padded, data);
  const written = bodyOf(new Uint8Array(data));
  return joinBodies([sliceBody(padded, 0, offset), written, sliceBody(padded, offset + data.byteLength)]);
}

/** `body` cut or extended by a hole to `sizeBytes`. */
export function resizeBody(body: Body, sizeBytes: number): Body {
  if (sizeBytes === 0) return EMPTY_BODY;
  if (sizeBytes <= body.sizeBytes) return sizeBytes === body.sizeBytes ? body : sliceBody(body, 0, sizeBytes);
  const hole = sizeBytes - body.sizeBytes;
  return joinBodies([body, { sizeBytes: hole, segments: [{ kind: 'hole', length: hole }] }]);
}

function appendToBody(body: Body, data: Uint8Array): Body {
  const last = body.segments.at(-1);
  const sizeBytes = body.sizeBytes + data.byteLength;
  if (last?.kind !== 'data' || !(last.source instanceof Uint8Array) || last.end - last.start > MAX_COPIED_BYTES) {
    return joinBodies([body, bodyOf(new Uint8Array(data))]);
  }
  const before = body.segments.slice(0, -1);
  const fits = filledBytes.get(last.source) === last.end && last.source.byteLength - last.end >= data.byteLength;
  if (fits) {
    last.source.set(data, last.end);
    filledBytes.set(last.source, last.end + data.byteLength);
    return { sizeBytes, segments: [...before, { ...last, end: last.end + data.byteLength }] };
  }
  const length = last.end - last.start;
  const buffer = new Uint8Array(2 * (length + data.byteLength));
  buffer.set(last.source.subarray(last.start, last.end));
  buffer.set(data, length);
  const end = length + data.byteLength;
  filledBytes.set(buffer, end);
  return { sizeBytes, segments: [...before, { kind: 'data', source: buffer, start: 0, end }] };
}

import { expect, it } from 'vitest';
import { previewOf } from './preview.ts';

it('text is text, though the preview cuts its last character in two', () => {
  const cut = new TextEncoder().encode('grüße, ä').slice(0, -1);
  expect(previewOf(cut)).toEqual({ kind: 'text', text: 'grüße, ' });
});

it('only zeros is a hole, nothing is empty', () => {
  expect(previewOf(new Uint8Array(64))).toEqual({ kind: 'hole' });
  expect(previewOf(new Uint8Array(0))).toEqual({ kind: 'empty' });
});

it('bytes are shown in rows of sixteen with their offsets', () => {
  const preview = previewOf(Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, ...new Array<number>(14).fill(0)]));
  expect(preview).toEqual({
    kind: 'hex',
    rows: [
      { offset: '00000000', hex: '7f 45 4c 46 00 00 00 00 00 00 00 00 00 00 00 00', text: '.ELF............' },
      { offset: '00000010', hex: '00 00', text: '..' },
    ],
  });
});

it('Latin-1 is not taken for text', () => {
  expect(previewOf(Uint8Array.from([0x67, 0xfc, 0x6e])).kind).toBe('hex');
});

it('pictures are known by how they begin', () => {
  expect(previewOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))).toEqual({
    kind: 'image',
    type: 'image/png',
  });
  expect(previewOf(new TextEncoder().encode('GIF8 is how they begin')).kind).toBe('image');
  expect(previewOf(new TextEncoder().encode('GIF')).kind).toBe('text');
});

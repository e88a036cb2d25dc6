import { afterEach, expect, it } from 'vitest';
import { PlainField } from './plain-field.ts';

afterEach(() => document.body.replaceChildren());

function frame(): HTMLElement {
  const element = document.createElement('div');
  document.body.append(element);
  return element;
}

function shown(text: string): { field: PlainField; area: HTMLTextAreaElement } {
  const place = frame();
  const field = new PlainField('Dockerfile', text);
  field.moveTo(place);
  const area = place.querySelector('textarea');
  if (area === null) throw new Error('the field has no text');
  return { field, area };
}

function type(area: HTMLTextAreaElement, text: string): void {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new InputEvent('input'));
}

it('an edited text keeps the line ends that it came with, and its places are told in it', () => {
  const { field, area } = shown('FROM a\r\nRUN b\r\n');
  expect(field.text).toBe('FROM a\r\nRUN b\r\n');
  area.setSelectionRange(7, 7);
  type(area, 'ARG c\n');
  expect(field.text).toBe('FROM a\r\nARG c\r\nRUN b\r\n');
  expect(field.given).toBe('FROM a\r\nRUN b\r\n');
  expect(field.place).toMatchObject({ anchor: 15, caret: 15 });
  area.setSelectionRange(0, 13, 'backward');
  expect(field.place).toMatchObject({ anchor: 15, caret: 0 });
});

it('moves with focus and selection, and tells its edits to who holds it then', () => {
  const { field, area } = shown('FROM a\n');
  area.focus();
  area.setSelectionRange(2, 4);
  field.moveTo(frame());
  expect(field.place).toMatchObject({ anchor: 2, caret: 4, focused: true });
  const edits: string[] = [];
  field.tell({ onEdit: (path, text) => edits.push(`${path}: ${text}`), onGeometry: () => undefined });
  type(area, '-');
  expect(edits).toEqual(['Dockerfile: FR- a\n']);
});

it('a text that comes back as it was typed leaves the caret alone; another file begins at its head', () => {
  const { field, area } = shown('FROM a\n');
  area.setSelectionRange(6, 6);
  type(area, 'b');
  field.open('Dockerfile', field.text);
  expect(field.place.caret).toBe(7);
  field.open('main.go', 'package main\n');
  expect([area.value, area.ariaLabel, field.place.caret]).toEqual(['package main\n', 'main.go', 0]);
});

it('nothing takes its place while a character is composed', async () => {
  const { field, area } = shown('FROM a\n');
  area.dispatchEvent(new CompositionEvent('compositionstart'));
  const composed = field.composed().then(() => 'composed');
  expect(await Promise.race([composed, Promise.resolve('composing')])).toBe('composing');
  area.dispatchEvent(new CompositionEvent('compositionend'));
  expect(await composed).toBe('composed');
});

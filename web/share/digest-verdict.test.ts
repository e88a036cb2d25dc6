import { expect, it } from 'vitest';
import { digestVerdict } from './digest-verdict.ts';

const files = [] as const;
const imageID = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;

it('tells same from other, and an edit from a difference', () => {
  expect(digestVerdict({ imageID, files }, { files, builtID: imageID })).toBe('same');
  expect(digestVerdict({ imageID, files }, { files, builtID: other })).toBe('other');
  expect(digestVerdict({ imageID, files }, { files: [...files], builtID: other })).toBe('edited');
  expect(digestVerdict({ imageID, files }, { files: [...files], builtID: imageID })).toBe('same');
});

it('says nothing before there is a build, or where the link told no digest', () => {
  expect(digestVerdict({ imageID, files }, { files, builtID: undefined })).toBe('unknown');
  expect(digestVerdict({ files }, { files, builtID: other })).toBe('unknown');
});

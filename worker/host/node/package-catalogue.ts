/** The data about packages, read from the repository's `public/catalogue`. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { StaticFiles } from '../../base/ports.ts';

const DIRECTORY = resolve(import.meta.dirname, '../../../public/catalogue');

export const packageCatalogue: StaticFiles = async (path) => new Uint8Array(await readFile(resolve(DIRECTORY, path)));

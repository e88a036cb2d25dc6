/** Prints the Help's data as JSON. The bundler's plugin runs it as a program of its own: to load a thousand files takes Node a second. */
import { listPrograms } from './programs.ts';
import { makeReference } from './reference.ts';

process.stdout.write(JSON.stringify(makeReference(await listPrograms())));

/** The golden build cases of this folder, and what Strata makes of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordCase, type CaseEnvironment } from '../../worker/host/node/case-record.ts';
import { compareRecords, type Verdict } from './compare.ts';
import type { BuildRecord, LayerRow } from './record-types.ts';

const CASES = join(import.meta.dirname, 'build');

/** Names of all cases, sorted. */
export function caseNames(): string[] {
  const files = readdirSync(CASES).filter((file) => file.endsWith('.txtar'));
  return files.map((file) => file.slice(0, -'.txtar'.length)).sort();
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** What Docker made of a case. */
export function goldenRecord(name: string): BuildRecord {
  return (readJson(join(CASES, `${name}.json`)) as { docker: BuildRecord }).docker;
}

/** The layers of the busybox that the cases stand on. */
export function busyboxLayers(): readonly (readonly LayerRow[])[] {
  return (readJson(join(import.meta.dirname, 'base.json')) as { layers: LayerRow[][] }).layers;
}

/** Builds a case and compares what came of it with what Docker made of it. */
export async function runCase(name: string, environment: CaseEnvironment): Promise<Verdict> {
  const text = readFileSync(join(CASES, `${name}.txtar`), 'utf8');
  const { docker } = await recordCase(text, environment);
  // through JSON: what counts is what would be written
  const ours = JSON.parse(JSON.stringify(docker)) as BuildRecord;
  return compareRecords(goldenRecord(name), ours, busyboxLayers());
}

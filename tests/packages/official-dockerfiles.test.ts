/**
 * Dockerfiles of official images, as their projects publish them: every instruction up to the first download from a host that no page
 * can read is understood and finds its programs and packages, and what stops the build then is told plainly.
 */
import { expect, it } from 'vitest';
import { createUnstoppableJob } from '../../worker/base/job.ts';
import { createEngine } from '../../worker/engine/engine.ts';
import type { ContextFile } from '../../worker/engine/model.ts';
import { nodeEngineParts } from '../../worker/host/node/node-engine.ts';
import { describeVectors } from '../vectors.ts';

/** Of the corpus, and what is printed of the download that cannot be made. */
const DOCKERFILES: readonly (readonly [name: string, stopsAt: RegExp])[] = [
  ['docker-library/redis:6.2/debian/Dockerfile', /wget -O \S+gosu\.asc https:\/\/github\.com\/\S+\n.*github\.com/],
  ['docker-library/redis:7.0/alpine/Dockerfile', /wget -O \S+gosu\.asc https:\/\/github\.com\/\S+\n.*github\.com/],
  ['docker-library/postgres:15/bookworm/Dockerfile', /wget -O \S+gosu https:\/\/github\.com\/\S+\n.*github\.com/],
  ['docker-library/postgres:17/alpine3.23/Dockerfile', /wget -O \S+gosu https:\/\/github\.com\/\S+\n.*github\.com/],
  ['docker-library/httpd:2.4/Dockerfile', /wget -O httpd\.tar\.bz2 https:\/\/archive\.apache\.org\/\S+\n/],
  ['docker-library/python:3.13/slim-trixie/Dockerfile', /wget -O python\.tar\.xz https:\/\/www\.python\.org\/\S+\n/],
  ['docker-library/python:3.13/alpine3.23/Dockerfile', /wget -O python\.tar\.xz https:\/\/www\.python\.org\/\S+\n/],
  ['nodejs/docker-node:22/bookworm-slim/Dockerfile', /curl -fsSLO --compressed https:\/\/nodejs\.org\/\S+\n/],
  ['docker-library/golang:1.26/alpine3.23/Dockerfile', /wget -O go\.tgz\.asc https:\/\/dl\.google\.com\/\S+\n/],
  ['docker-library/memcached:1/alpine/Dockerfile', /wget -O memcached\.tar\.gz https:\/\/memcached\.org\/\S+\n/],
];
const NO_ANSWER =
  'this browser is offline, the server does not answer, or it does not let this page read its answers (CORS)';
/** What must not be said of any step: by the shell, the package managers, or Strata. */
const MISSING = /not found|[Ss]yntax error|Unable to locate|no such package|has no program|no stand-in|bad option/;
const MTIME_MS = Date.UTC(2024, 0, 1);

function file(path: string, content: string, mode: number): ContextFile {
  return { path, kind: 'file', content, mode, mtimeMs: MTIME_MS };
}

/** The Dockerfile on releases of Alpine that are here, with a script for each file that it copies. */
function contextOf(dockerfile: string): readonly ContextFile[] {
  const text = dockerfile.replaceAll(/^FROM alpine:3\.2[34]\b/gm, 'FROM alpine:3.22');
  const copied = [...text.matchAll(/^COPY (?!--from)(.*)$/gm)].flatMap(([, words = '']) =>
    words.split(/\s+/).slice(0, -1),
  );
  return [file('Dockerfile', text, 0o644), ...[...new Set(copied)].map((path) => file(path, '#!/bin/sh\n', 0o755))];
}

async function logOf(files: readonly ContextFile[]): Promise<string> {
  const parts = nodeEngineParts();
  const decoder = new TextDecoder();
  let log = '';
  await createEngine(parts).build(
    files,
    { tags: ['official'] },
    createUnstoppableJob('build', parts.clock),
    (status) => {
      for (const { data } of status.logs ?? []) log += decoder.decode(data);
    },
  );
  return log;
}

describeVectors<{ readonly dockerfile: string }, unknown>('dockerfile_corpus', undefined, (cases) => {
  it.each(DOCKERFILES)('%s runs as far as its downloads allow', { timeout: 120_000 }, async (name, stopsAt) => {
    const found = cases.find((one) => one.name === name);
    const log = await logOf(contextOf(found?.input.dockerfile ?? ''));
    expect(log).toMatch(stopsAt);
    expect(log.trimEnd().split('\n').slice(-2).join('\n')).toContain(NO_ANSWER.slice(0, 40));
    expect(log.split('\n').filter((line) => MISSING.test(line) && !line.startsWith('+ '))).toEqual([]);
  });
});

/** Small projects to start from, as links: they open without pulling and compiling the default project first. */
import type { ContextFile } from '../../worker/api/types.ts';
import { encodeFragment } from '../../web/share/fragment.ts';

const FILE_MODE = 0o644;

/** One small base image, one step, one source file. */
const SMALL_DOCKERFILE = 'FROM alpine:latest\nWORKDIR /root\nCOPY helloworld.go .\n';

/** The address of a page that opens a project with these files, by path; the small one when none are given. */
export async function projectAddress(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const all = { Dockerfile: SMALL_DOCKERFILE, 'helloworld.go': 'package main\n\nfunc main() {}\n', ...files };
  const contextFiles = Object.entries(all).map(([path, content]): ContextFile => ({
    path,
    kind: 'file',
    content,
    mode: FILE_MODE,
    mtimeMs: 0,
  }));
  return `/#${await encodeFragment({ name: 'small', files: contextFiles })}`;
}

/** The same for a Dockerfile alone. */
export function dockerfileAddress(dockerfile: string): Promise<string> {
  return projectAddress({ Dockerfile: dockerfile });
}

/** The Dockerfiles people learn with, built from the bundled images: package manager, files, a binary from one stage in another. */
import { describe, expect, it } from 'vitest';
import { createUnstoppableJob } from '../../worker/base/job.ts';
import type { SolveStatus } from '../../worker/base/progress.ts';
import { createEngine } from '../../worker/engine/engine.ts';
import type { ContextFile } from '../../worker/engine/model.ts';
import { nodeEngineParts } from '../../worker/host/node/node-engine.ts';

const NGINX_CONF = 'events {}\nhttp { server { listen 80; } }\n';
const MAIN_GO = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("Hello, world!")\n}\n';

function file(path: string, content: string): ContextFile {
  return { path, kind: 'file', content, mode: 0o644, mtimeMs: Date.UTC(2024, 0, 1) };
}

/** Builds on a fresh engine; gives the outcome with all that was printed. */
async function build(
  files: readonly ContextFile[],
): Promise<{ ok: boolean; log: string; run(line: string): Promise<string> }> {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  const job = createUnstoppableJob('build', parts.clock);
  let log = '';
  const result = await engine.build(files, { tags: ['course'] }, job, (status: SolveStatus) => {
    for (const one of status.logs ?? []) log += new TextDecoder().decode(one.data);
  });
  if (!result.ok) log += `\n${result.error.message}`;
  return {
    ok: result.ok,
    log,
    async run(commandLine) {
      let text = '';
      const output = (_stream: 1 | 2, data: Uint8Array): void => {
        text += new TextDecoder().decode(data);
      };
      await engine.run({ image: 'course', commandLine }, { ...job, output });
      return text;
    },
  };
}

describe('the Dockerfiles of courses', () => {
  it.each([
    ['ubuntu:20.04', 'apt-get update && apt-get install -y nginx'],
    ['debian:bookworm', 'apt-get update && apt-get install -y nginx && rm -rf /var/lib/apt/lists/*'],
  ])('%s: nginx from the package manager with a configuration of its own', async (base, command) => {
    const built = await build([
      file(
        'Dockerfile',
        `FROM ${base}\nRUN ${command}\nCOPY nginx.conf /etc/nginx/nginx.conf\nEXPOSE 80\nCMD ["nginx", "-g", "daemon off;"]\n`,
      ),
      file('nginx.conf', NGINX_CONF),
    ]);
    expect(built.log).toContain('Setting up nginx (');
    expect(built.ok, built.log.slice(-500)).toBe(true);
    expect(await built.run('nginx -t')).toContain('test is successful');
  });

  it('ubuntu:16.04: a maintainer, nginx, and a page written by echo', async () => {
    const built = await build([
      file(
        'Dockerfile',
        'FROM ubuntu:16.04\nLABEL maintainer="someone@example.com"\nRUN apt-get update\nRUN apt-get install -y nginx\nRUN echo \'Hi, I am in your container\' > /var/www/html/index.html\nEXPOSE 80\n',
      ),
    ]);
    expect(built.ok, built.log.slice(-500)).toBe(true);
    expect(await built.run('cat /var/www/html/index.html')).toContain('Hi, I am in your container');
  });

  it('golang:1.16 builds, alpine:3.14 runs what was built', async () => {
    const built = await build([
      file(
        'Dockerfile',
        'FROM golang:1.16 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/bin/myapp\nFROM alpine:3.14\nCOPY --from=build /out/bin/myapp /myapp\nCMD ["/myapp"]\n',
      ),
      file('go.mod', 'module example.com/myapp\n\ngo 1.16\n'),
      file('main.go', MAIN_GO),
    ]);
    expect(built.ok, built.log.slice(-500)).toBe(true);
    expect(await built.run('/myapp')).toContain('Hello, world!');
  });
});

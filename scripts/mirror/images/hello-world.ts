/** `hello-world`: one program that prints one text, which people know by heart. It is a note here that Strata's kernel runs. */
import { goBinary } from '../../../worker/shell/tools/go/program.ts';
import type { MirrorImage } from '../image.ts';
import { cmd, copy, writtenImage } from '../instructions.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { DEBIAN_PATH } from './debian.ts';

const CREATED = '2025-01-21T23:32:32Z';
/** Bytes of the real program. */
const PROGRAM_BYTES = 10_072;

const GREETING = `
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.
    (amd64)
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.

To try something more ambitious, you can run an Ubuntu container with:
 $ docker run -it ubuntu bash

Share images, automate workflows, and more with a free Docker ID:
 https://hub.docker.com/

For more examples and ideas, visit:
 https://docs.docker.com/get-started/

`;

export function helloWorldImages(): readonly MirrorImage[] {
  return [
    writtenImage({
      repository: 'library/hello-world',
      tags: ['latest', 'linux'],
      created: CREATED,
      source: 'its greeting; the program is one that only Strata runs',
      base: { config: { Env: [DEBIAN_PATH], WorkingDir: '/' }, steps: [] },
      instructions: [copy('hello /', programLayer()), cmd('/hello')],
    }),
  ];
}

function programLayer(): MirrorLayer {
  const { segments } = goBinary({ stdout: GREETING, stderr: '', exitCode: 0 }, PROGRAM_BYTES);
  const body = new Uint8Array(PROGRAM_BYTES);
  let offset = 0;
  for (const segment of segments) {
    if (segment.kind === 'data' && segment.source instanceof Uint8Array) {
      body.set(segment.source.subarray(segment.start, segment.end), offset);
    }
    offset += segment.kind === 'data' ? segment.end - segment.start : segment.length;
  }
  return {
    entries: [{ kind: 'file', path: '/hello', sizeBytes: PROGRAM_BYTES, elf: true, mode: 0o755, uid: 0, gid: 0 }],
    bodies: new Map([['/hello', body]]),
    mtimeMs: Date.parse(CREATED),
  };
}

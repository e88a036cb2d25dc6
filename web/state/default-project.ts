/** The project of a first visit: two stages, a compiled program, and a file that stays out of the context. */
import type { Project } from '../../worker/api/types.ts';
import { FILE_MODE } from './project-files.ts';

const DOCKERFILE = `# The first stage compiles; it stays behind.
FROM golang:latest AS compiler
WORKDIR /compiler
COPY ./helloworld.go .
RUN go mod init helloworld
RUN GOOS=linux go build -a -installsuffix cgo -o helloworld .

# The second stage is the image.
FROM alpine:latest
WORKDIR /root
COPY --from=compiler /compiler/helloworld ./
CMD ["./helloworld"]
`;

const PROGRAM = `package main

import "fmt"

func main() {
	fmt.Println("Hello, World!")
}
`;

const DOCKERIGNORE = `# What is named here is not sent to the build.
*.md
.git
`;

const NOTES = `# Hello, World!

Edit the last line of the Dockerfile: every step before it stays cached.
Edit helloworld.go: the first COPY runs again, and so does all that follows it.
`;

/** A fresh copy of it under the given id. */
export function defaultProject(id: string, nowMs: number): Project {
  const file = (path: string, content: string): Project['files'][number] => ({
    path,
    kind: 'file',
    content,
    mode: FILE_MODE,
    mtimeMs: nowMs,
  });
  return {
    id,
    name: 'helloworld',
    revision: 0,
    files: [
      file('Dockerfile', DOCKERFILE),
      file('.dockerignore', DOCKERIGNORE),
      file('helloworld.go', PROGRAM),
      file('NOTES.md', NOTES),
    ],
  };
}

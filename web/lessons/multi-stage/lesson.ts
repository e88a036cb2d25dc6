import type { Lesson } from '../lesson.ts';
import { ofImage, sees, when } from '../looks.ts';

const START = [
  'FROM golang:latest',
  'WORKDIR /src',
  'COPY main.go .',
  'RUN go mod init hello && go build -o /hello .',
  'CMD ["/hello"]',
  '',
].join('\n');
const TWO = [
  'FROM golang:latest AS build',
  'WORKDIR /src',
  'COPY main.go .',
  'RUN go mod init hello && CGO_ENABLED=0 go build -o /hello .',
  '',
  'FROM alpine:latest',
  'COPY --from=build /hello /hello',
  'CMD ["/hello"]',
  '',
].join('\n');

const lesson: Lesson = {
  id: 'multi-stage',
  title: 'Multi-stage builds',
  start: {
    Dockerfile: START,
    'main.go': 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("Hello from two stages")\n}\n',
  },
  steps: [
    {
      text: [
        'To compile a program takes a compiler; to run it does not. This image carries the whole Go tool chain, about 800 MB, for one program of 2 MB.',
        'A second FROM begins a second stage. Only the last stage becomes the image; `COPY --from` takes from an earlier one what is needed.',
        'Name the first stage (`FROM golang:latest AS build`), begin a second `FROM alpine:latest`, and copy /hello over.',
      ],
      look: { label: 'Stages', fragment: 'panel=stages' },
      check: ofImage(async (image, world) =>
        when(
          image.sizeBytes < 30e6 &&
            (await sees(world, image, '/hello')) &&
            !(await sees(world, image, '/usr/local/go')),
          'The image should have /hello, and not the Go tool chain.',
        ),
      ),
      hint: 'After the RUN: FROM alpine:latest, then COPY --from=build /hello /hello, then the CMD.',
      solution: { files: { Dockerfile: TWO } },
    },
    {
      text: [
        'The first stage is not lost: it stays in the build cache, and `--target` builds up to it. Stages that nothing needs are not built at all.',
        'Go one further: a program without dependencies needs no Alpine either. Let the last stage stand on `scratch`.',
      ],
      check: ofImage(async (image, world) =>
        when(
          image.sizeBytes < 5e6 && (await sees(world, image, '/hello')) && !(await sees(world, image, '/bin/sh')),
          'The image should hold /hello and nothing else.',
        ),
      ),
      hint: 'FROM scratch in place of FROM alpine:latest.',
      solution: { files: { Dockerfile: TWO.replace('FROM alpine:latest', 'FROM scratch') } },
    },
  ],
};

export default lesson;

import type { Lesson } from '../lesson.ts';
import { dockerfileOf, fileText, imageNamed, ofImage, when } from '../looks.ts';

const START = 'FROM alpine:latest\nRUN echo "version unknown" > /version\n';
const WITH_ARG = 'FROM alpine:latest\nARG VERSION=1.0\nRUN echo "version $VERSION" > /version\n';

const lesson: Lesson = {
  id: 'env-and-arg',
  title: 'ENV and ARG',
  start: { Dockerfile: START },
  steps: [
    {
      text: [
        'ARG declares a variable for the build. It has a default, and whoever builds may give another value with `--build-arg`. It is gone when the build is done.',
        'Declare `ARG VERSION=1.0` and let the RUN write `version $VERSION`.',
      ],
      check: ofImage(async (image, world) =>
        when(
          (await fileText(world, image, '/version')) === 'version 1.0\n' &&
            !image.env.some((each) => each.startsWith('VERSION=')),
          'The file /version should say “version 1.0”, and the image’s environment should know no VERSION.',
        ),
      ),
      hint: 'ARG VERSION=1.0 between FROM and RUN; in the RUN: echo "version $VERSION" > /version',
      solution: { files: { Dockerfile: WITH_ARG } },
    },
    {
      text: ['Build it with another value, as the image `versioned`.'],
      run: ['docker build --build-arg VERSION=2.0 -t versioned .'],
      check: async (world) => {
        const image = await imageNamed(world, 'versioned');
        return when(
          image !== undefined && (await fileText(world, image, '/version')) === 'version 2.0\n',
          'There is no image “versioned” whose /version says 2.0.',
        );
      },
      hint: 'Click the command; it runs in the terminal.',
      solution: { run: ['docker build --build-arg VERSION=2.0 -t versioned .'] },
    },
    {
      text: [
        'ENV sets a variable that stays: for the rest of the build, and for every container of the image.',
        'Carry the argument over: `ENV APP_VERSION=$VERSION`. Mind that neither is a place for secrets: both are told by `docker history`.',
      ],
      check: ofImage((image, world) =>
        when(
          image.env.includes('APP_VERSION=1.0') && /^ENV\s+APP_VERSION=.*\$/m.test(dockerfileOf(world)),
          'The image’s environment should have APP_VERSION=1.0, taken from the argument.',
        ),
      ),
      hint: 'Below ARG: ENV APP_VERSION=$VERSION',
      solution: { files: { Dockerfile: `${WITH_ARG}ENV APP_VERSION=$VERSION\n` } },
    },
  ],
};

export default lesson;

import type { Benchmark } from '../benchmark.ts';
import { benchEngine, file, SMALL_FILES, twelveSteps } from '../builds.ts';
import { dockerAnswers, dockerBuild, dockerCleanUp, dockerForget, writeContext } from '../docker.ts';

const COLD = [...SMALL_FILES, file('Dockerfile', twelveSteps('CMD ["sh"]'))];

/** Everything is built; the base image is there on both sides. */
export const coldBuild: Benchmark = {
  name: 'cold build of 12 small steps',
  goal: 'faster than docker build',
  async prepare() {
    let bench = benchEngine();
    const warmBase = [file('Dockerfile', 'FROM busybox\nRUN true\n')];
    const folder = await writeContext(COLD);
    return {
      beforeEach: async () => {
        bench = benchEngine();
        await bench.build(warmBase);
      },
      strata: () => bench.build(COLD),
      ...(dockerAnswers ? { dockerBeforeEach: dockerForget, docker: () => dockerBuild(folder) } : {}),
      cleanUp: () => (dockerAnswers ? dockerCleanUp(folder) : Promise.resolve()),
    };
  },
};

/** All but the last line is cached. */
export const lastLineEdit: Benchmark = {
  name: 'last line of 12 steps edited',
  goal: 'under 50 ms from key to layers, after the debounce',
  async prepare() {
    const bench = benchEngine();
    await bench.build(COLD);
    let edits = 0;
    const edited = () => [...SMALL_FILES, file('Dockerfile', twelveSteps(`CMD ["echo", "${++edits}"]`))];
    const folder = dockerAnswers ? await writeContext(COLD) : '';
    if (dockerAnswers) await dockerBuild(folder);
    return {
      strata: () => bench.build(edited()),
      ...(dockerAnswers ? { docker: () => dockerBuild(folder, ['--label', `edit=${++edits}`]) } : {}),
      cleanUp: () => (dockerAnswers ? dockerCleanUp(folder) : Promise.resolve()),
    };
  },
};

/** Commands typed in the terminal on an engine with 200 images: what a person waits for. */
import { openTestTerminal, type TestTerminal } from '../../cli/terminal.ts';
import type { Benchmark } from '../benchmark.ts';

const IMAGES = 200;
const CONTAINERS = 20;
const GOAL = 'below 50 ms with 200 images';

let opened: Promise<TestTerminal> | undefined;

/** A terminal with its images, each with a layer of its own on busybox; made once for all commands. */
function terminal(): Promise<TestTerminal> {
  opened ??= fill();
  return opened;
}

async function fill(): Promise<TestTerminal> {
  const test = await openTestTerminal({ busybox: true });
  for (let i = 0; i < IMAGES; i++) {
    const name = `made-${i}`;
    await say(test, `docker run --name ${name} busybox sh -c "echo ${i} > /number"`);
    await say(test, `docker commit -c "LABEL number=${i}" ${name} image-${i}:v1`);
    if (i >= CONTAINERS) await say(test, `docker rm ${name}`);
  }
  return test;
}

async function say(test: TestTerminal, line: string): Promise<void> {
  const answer = await test.say(line);
  if (/\[\d+\]$/.test(answer)) throw new Error(`${line}: ${answer}`);
}

function command(line: string): Benchmark {
  return {
    name: line,
    goal: GOAL,
    async prepare() {
      const test = await terminal();
      return { strata: () => say(test, line) };
    },
  };
}

export const terminalCommands: readonly Benchmark[] = [
  'docker images',
  'docker images --format json',
  'docker images image-7',
  'docker image inspect image-100:v1',
  'docker history image-100:v1',
  'docker tag image-100:v1 image-100:v2',
  'docker ps -a',
  'docker inspect made-7',
  'docker system df',
  'docker run --rm image-50:v1 cat /number',
].map(command);

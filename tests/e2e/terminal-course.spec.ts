/** Every command line of a course on Docker images, entered in the page's terminal one after the other. */
import { expect, test } from '@playwright/test';
import { DockerTerminal } from './docker-terminal.ts';

// images are pulled and built along the way
test.slow();

/** What is pasted, and what its answer holds. Each stands on what those before it left. */
const COURSE: readonly (readonly [line: string, shown: string | RegExp])[] = [
  ['docker pull -q ubuntu:20.04', 'docker.io/library/ubuntu:20.04'],
  ['docker pull hello-world', 'Status: Downloaded newer image for hello-world:latest'],
  ['docker images', /ubuntu +20\.04/],
  ['docker images ubuntu', /REPOSITORY.*ubuntu +20\.04/s],
  ['docker image ls -a', 'hello-world'],
  ['docker history ubuntu:20.04', 'CREATED BY'],
  ["docker image inspect --format '{{.Os}}/{{.Architecture}} {{len .RootFS.Layers}}' ubuntu:20.04", 'linux/amd64 1'],
  ['docker scan ubuntu:20.04 2>&1 | tail -n 2', /Tested 91 dependencies for known issues, found \d+ issues/],
  ['docker scout quickview ubuntu:20.04 2>/dev/null', /Target +│ +ubuntu:20\.04 +│ +0C/],
  ['docker tag ubuntu:20.04 localhost:5000/my-ubuntu:v1', '$'],
  [
    'docker run -d -p 5000:5000 --restart=always --name registry -e REGISTRY_LOG_LEVEL=debug registry:2',
    /[0-9a-f]{64}/,
  ],
  ['echo secret | docker login -u me --password-stdin localhost:5000', 'Login Succeeded'],
  ['cat ~/.docker/config.json', '"localhost:5000"'],
  ['docker push localhost:5000/my-ubuntu:v1', /v1: digest: sha256:[0-9a-f]{64} size: \d+/],
  ['docker logout localhost:5000', 'Removing login credentials for localhost:5000'],
  ['docker rmi localhost:5000/my-ubuntu:v1', 'Untagged: localhost:5000/my-ubuntu:v1'],
  ['docker pull localhost:5000/my-ubuntu:v1', 'Downloaded newer image for localhost:5000/my-ubuntu:v1'],
  ["printf 'FROM busybox\\nCOPY . /src\\nRUN echo built > /out\\n' > Small", '$'],
  ['docker build -t small:v1 -f Small .', '=> => naming to docker.io/library/small:v1'],
  ['docker build --no-cache -t="user/name" -f Small . 2>&1 | tail -n 3', 'naming to docker.io/user/name'],
  ['DOCKER_BUILDKIT=0 docker build -t classic -f Small . 2>/dev/null', 'Successfully tagged classic:latest'],
  ['docker run --name made small:v1 sh -c "echo more > /added"', '$'],
  ['docker diff made', 'A /added'],
  ['docker commit -m "a file more" -a me made small:v2', /sha256:[0-9a-f]{64}/],
  ['docker run --rm small:v2 cat /added /out', /more\s*built/],
  ['docker export made | docker import - flat:1', /sha256:[0-9a-f]{64}/],
  [`echo "layers $(docker image inspect -f '{{len .RootFS.Layers}}' flat:1)"`, 'layers 1'],
  ['docker save small:v2 | gzip > small.tar.gz; gzip -t small.tar.gz && echo whole', 'whole'],
  ['docker rmi hello-world', 'Untagged: hello-world:latest'],
  ['docker rmi small:v1', 'Untagged: small:v1'],
  ['docker ps -a --format "{{.Names}} {{.Status}}"', /made Exited \(0\)/],
  ['docker rm made', 'made'],
  ['docker rm -f registry', 'registry'],
  ['docker image prune -f', 'Total reclaimed space:'],
  ['docker system prune -a -f', 'Total reclaimed space:'],
  ['echo "left $(docker images -q | wc -l)"', 'left 0'],
  ['docker load < small.tar.gz', 'Loaded image: small:v2'],
  ['docker images --format "{{.Repository}}:{{.Tag}}"', 'small:v2'],
];

test('a course on Docker images, line by line', async ({ page }) => {
  const terminal = new DockerTerminal(page);
  await terminal.open();
  for (const [line, shown] of COURSE) {
    await test.step(line, () => terminal.sayPasted(`clear; ${line}`, shown));
  }
  await terminal.say('clear', '$');
  await terminal.type('docker run -it ubuntu:20.04 /bin/bash');
  await terminal.shows(/root@[0-9a-f]{12}:\/#/);
  await terminal.type('cd /tmp; echo "in $PWD"');
  await terminal.shows('in /tmp');
  await terminal.type('exit');
  // a container's terminal takes keys until it is gone
  await expect(terminal.lastRow()).toHaveText(/~\/project \$\s*$/);
  await terminal.say('clear; echo "signs $(docker ps -lq | wc -c)"', 'signs 13');
});

test('several terminals on one machine, and a search of the lines typed before', async ({ page }) => {
  const terminal = new DockerTerminal(page);
  await terminal.open();
  await terminal.say('mkdir -p ~/.docker; echo "{}" > ~/.docker/config.json; one=1', '$');
  await page.getByRole('button', { name: 'New terminal' }).click();
  await terminal.say('cat ~/.docker/config.json; echo "one is [$one]"', /\{\}[^]*one is \[\]/);

  const tabs = page.getByRole('tablist', { name: 'Terminals' });
  await page.keyboard.press('Alt+1');
  await expect(tabs.getByRole('tab', { name: 'bash 1' })).toHaveAttribute('aria-selected', 'true');
  await terminal.region.getByRole('textbox').focus();
  await page.keyboard.press('Control+r');
  await page.keyboard.type('cat ~');
  await terminal.shows(/reverse-i-search\)`cat ~': cat/);
  await page.keyboard.press('Enter');
  await terminal.shows('one is [1]');

  await tabs.getByRole('tab', { name: 'bash 1' }).focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('builds');
  await page.keyboard.press('Enter');
  await expect(tabs.getByRole('tab', { name: 'builds' })).toBeVisible();
  await tabs.getByRole('tab', { name: 'builds' }).press('Delete');
  await expect(tabs.getByRole('tab')).toHaveCount(1);
});

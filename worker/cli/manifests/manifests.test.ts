import { expect, it } from 'vitest';
import { openTestTerminal } from '../../../tests/cli/terminal.ts';

it('a list of images is kept until it is pushed, with the platforms it was told', async () => {
  const { say } = await openTestTerminal({ busybox: true });
  await say('docker run -d -p 5000:5000 --name registry registry:2');
  await say('docker tag busybox localhost:5000/app:amd64; docker push localhost:5000/app:amd64');
  await say(
    "printf 'FROM scratch\\nCOPY a /\\n' > Dockerfile; echo hi > a; docker build -t localhost:5000/other:arm64 .",
  );
  await say('docker push localhost:5000/other:arm64');

  const create = 'docker manifest create localhost:5000/app:1 localhost:5000/app:amd64 localhost:5000/other:arm64';
  expect(await say(create)).toBe('Created manifest list localhost:5000/app:1\n');
  expect(await say(create)).toBe('refusing to amend an existing manifest list with no --amend flag\n[1]');
  const annotate = 'docker manifest annotate localhost:5000/app:1 localhost:5000/other:arm64';
  expect(await say(`${annotate} --arch nosuch`)).toBe(
    'manifest entry for image has unsupported os/arch combination: linux/nosuch\n[1]',
  );
  expect(await say(`${annotate} --arch arm64 --variant v8`)).toBe('');
  const platforms = `docker manifest inspect localhost:5000/app:1 | jq -c '[.manifests[].platform]'`;
  const wanted = '[{"architecture":"amd64","os":"linux"},{"architecture":"arm64","os":"linux","variant":"v8"}]\n';
  expect(await say(platforms)).toBe(wanted);

  expect(await say('docker manifest push -p localhost:5000/app:1')).toMatch(
    /^Pushed ref localhost:5000\/other:arm64 with digest: sha256:[0-9a-f]{64}\nsha256:[0-9a-f]{64}\n$/,
  );
  expect(await say('docker manifest rm localhost:5000/app:1')).toBe('No such manifest: localhost:5000/app:1\n[1]');
  // what the registry has now
  expect(await say(platforms)).toBe(wanted);
  expect(await say('docker manifest create localhost:5000/app:2 localhost:5000/app:1')).toBe(
    'localhost:5000/app:1 is a manifest list\n[1]',
  );
});

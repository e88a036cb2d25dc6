/** Containers that serve: a registry to push to, and a web server whose page is previewed. */
import { expect, test } from '@playwright/test';
import { DockerTerminal } from './docker-terminal.ts';

// images are pulled, and servers take their time to start
test.slow();

test('an image goes to the registry of a container and back; a web server’s page is previewed until it stops', async ({
  page,
}) => {
  const terminal = new DockerTerminal(page);
  await terminal.open();

  await terminal.say(
    'docker run -d -p 5000:5000 --restart=always --name registry registry:2',
    'Downloaded newer image',
  );
  await terminal.say('clear; docker pull -q busybox; docker tag busybox localhost:5000/my-busybox', 'busybox:latest');
  await terminal.say('clear; docker push localhost:5000/my-busybox', /latest: digest: sha256:[0-9a-f]{64}/);
  await terminal.say('clear; docker rmi -f busybox localhost:5000/my-busybox', 'Deleted: sha256:');
  await terminal.say('clear; curl localhost:5000/v2/_catalog', '{"repositories":["my-busybox"]}');
  await terminal.say('clear; docker run --rm localhost:5000/my-busybox echo back again', /back again/);
  await terminal.say(
    'clear; docker logs registry 2>/dev/null',
    /"PUT \/v2\/my-busybox\/manifests\/latest HTTP\/1\.1" 201/,
  );

  const preview = page.getByRole('region', { name: 'Preview' });
  const shown = preview.frameLocator('iframe');
  await terminal.type('clear; mkdir site; echo "<h1>Hello</h1><script>document.title=1</script>" > site/index.html');
  await terminal.type('echo "<a href=/next.html>on</a><style>h1{color:red}</style>" >> site/index.html');
  await terminal.type('echo "<p>second page</p><img src=//elsewhere.test/a.png>" > site/next.html');
  await terminal.say(
    'docker run -d --name web -p 8080:80 -v ./site:/usr/share/nginx/html nginx:alpine',
    /[0-9a-f]{64}/,
  );
  await expect(shown.getByRole('heading', { name: 'Hello' })).toBeVisible();
  await expect(preview.getByText('A script of this page is not run')).toBeVisible();
  await expect(preview.getByRole('textbox', { name: 'Address' })).toHaveValue('http://localhost:8080/');
  await expect(preview.locator('iframe')).toHaveAttribute('sandbox', 'allow-scripts allow-forms');
  await shown.getByRole('link', { name: 'on' }).click();
  await expect(shown.getByText('second page')).toBeVisible();
  await expect(shown.locator('img')).not.toHaveAttribute('src');

  await terminal.say('clear; echo "<p>changed</p>" > site/next.html; docker port web', '80/tcp -> 0.0.0.0:8080');
  await preview.getByRole('button', { name: 'Reload the page' }).click();
  await expect(shown.getByText('changed')).toBeVisible();
  await preview.getByRole('button', { name: 'Back' }).click();
  await expect(shown.getByRole('heading', { name: 'Hello' })).toBeVisible();
  await terminal.say(
    'clear; docker run --rm -p 8080:80 nginx:alpine',
    'Bind for 0.0.0.0:8080 failed: port is already allocated',
  );
  await terminal.say('clear; docker logs web', /172\.17\.0\.1 - - \[.*\] "GET \/next\.html HTTP\/1\.1" 200/);
  await terminal.say('clear; docker stop web', /\nweb|web/);
  await expect(preview.getByText('web has stopped: nothing answers at localhost:8080 any more.')).toBeVisible();

  await page.reload();
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await terminal.shows(/~\/project \$/);
  await terminal.say(
    'clear; sleep 1; curl -s localhost:5000/v2/my-busybox/tags/list',
    '{"name":"my-busybox","tags":["latest"]}',
  );
});

import { expect, it } from 'vitest';
import { openTestTerminal } from '../../../../tests/cli/terminal.ts';

const SERVER = `const http = require('node:http');

const hostname = '0.0.0.0';
const port = process.env.PORT || 3000;

const server = http.createServer((req, res) => {
  res.statusCode = 201;
  res.setHeader('Content-Type', 'text/plain');
  res.end(\`Hello from \${req.url}\\n\`);
});

server.listen(port, hostname, () => {
  console.log(\`Server running at http://\${hostname}:\${port}/\`);
});
`;
const CHAINED = `import { createServer } from 'http';
createServer(function (request, response) {
  response.writeHead(404, { 'Content-Type': 'text/html' });
  response.write('<h1>none</h1>');
  response.end();
}).listen(8080);
`;

it('a hello world of node:http answers, with what its environment says', async () => {
  const { say } = await openTestTerminal();
  await say(`cat > server.js <<'END'\n${SERVER}END`);
  await say(`cat > chained.mjs <<'END'\n${CHAINED}END`);
  const run = 'docker run -d -v .:/app -w /app';
  await say(`${run} -p 3000:4000 -e PORT=4000 --name one node:alpine node server.js`);
  await expect.poll(() => say('curl -s localhost:3000/you'), { timeout: 20_000 }).toBe('Hello from /you\n');
  expect((await say('curl -sI localhost:3000/')).replaceAll('\r', '')).toMatch(
    /^HTTP\/1\.1 201 Created\nContent-Type: text\/plain\nDate: .*\nConnection: keep-alive\nContent-Length: 13\n/,
  );
  expect(await say('docker logs one')).toBe('Server running at http://0.0.0.0:4000/\n');
  await say(`${run} -p 8080:8080 --name two node:alpine node chained.mjs`);
  await expect.poll(() => say('curl -s -w %{http_code} localhost:8080'), { timeout: 20_000 }).toBe('<h1>none</h1>404');
});

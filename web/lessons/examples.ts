/** The gallery: small projects that each show one thing, opened by a link as a shared project is. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** Text of each file, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines for the terminal that go with it. */
  readonly commands?: readonly string[];
  /** A worse Dockerfile of it, whose image is shown beside the good one. */
  readonly worse?: string;
}

const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;

export const EXAMPLES: readonly Example[] = [
  {
    id: 'node-web',
    title: 'Node',
    about: 'Dependencies before sources, and no root at the end',
    files: {
      Dockerfile: lines(
        'FROM node:20-alpine',
        'WORKDIR /app',
        'COPY package.json ./',
        'RUN npm install --omit=dev && npm cache clean --force',
        'COPY server.js ./',
        'USER node',
        'EXPOSE 3000',
        'CMD ["node", "server.js"]',
      ),
      'package.json': '{\n  "name": "web",\n  "version": "1.0.0",\n  "dependencies": { "express": "^4.18.0" }\n}\n',
      'server.js': 'console.log("Hello from Node");\n',
      '.dockerignore': 'node_modules\n',
    },
  },
  {
    id: 'python-app',
    title: 'Python',
    about: 'pip without its cache, as a user of its own',
    files: {
      Dockerfile: lines(
        'FROM python:3.12-slim',
        'WORKDIR /app',
        'COPY requirements.txt .',
        'RUN pip install --no-cache-dir -r requirements.txt',
        'COPY app.py .',
        'RUN useradd --create-home app',
        'USER app',
        'CMD ["python3", "app.py"]',
      ),
      'requirements.txt': 'flask\n',
      'app.py': 'print("Hello from Python")\n',
    },
  },
  {
    id: 'go-scratch',
    title: 'Go on nothing',
    about: 'Two stages: the compiler stays behind, the image is one file',
    files: {
      Dockerfile: lines(
        'FROM golang:latest AS build',
        'WORKDIR /src',
        'COPY go.mod main.go ./',
        'RUN CGO_ENABLED=0 go build -o /hello .',
        '',
        'FROM scratch',
        'COPY --from=build /hello /hello',
        'ENTRYPOINT ["/hello"]',
      ),
      'go.mod': 'module hello\n\ngo 1.22\n',
      'main.go': 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("Hello from Go")\n}\n',
    },
  },
  {
    id: 'nginx-site',
    title: 'nginx',
    about: 'A site in the official image; run it with -p and look at it',
    files: {
      Dockerfile: lines('FROM nginx:alpine', 'COPY site/ /usr/share/nginx/html/'),
      'site/index.html': '<!doctype html>\n<title>Strata</title>\n<h1>Served from a layer</h1>\n',
    },
    commands: ['docker run -d -p 8080:80 --name site nginx-site', 'until curl -sf localhost:8080; do sleep 1; done'],
  },
  {
    id: 'nginx-ubuntu',
    title: 'nginx by apt',
    about: 'update, install and clean up in one RUN',
    files: {
      Dockerfile: lines(
        'FROM ubuntu:22.04',
        'RUN apt-get update && \\',
        '    apt-get install -y --no-install-recommends nginx && \\',
        '    rm -rf /var/lib/apt/lists/*',
        'COPY index.html /var/www/html/index.html',
        'EXPOSE 80',
        'CMD ["nginx", "-g", "daemon off;"]',
      ),
      'index.html': '<h1>Hello</h1>\n',
    },
  },
  {
    id: 'stages-and-tests',
    title: 'A stage for tests',
    about: 'Stages side by side; --target test builds the tests alone',
    files: {
      Dockerfile: lines(
        'FROM alpine:3.20 AS base',
        'WORKDIR /app',
        'COPY app.sh .',
        '',
        'FROM base AS test',
        'RUN sh app.sh | grep -q hello',
        '',
        'FROM base AS docs',
        'RUN echo "usage: app.sh" > usage.txt',
        '',
        'FROM base',
        'COPY --from=docs /app/usage.txt .',
        'CMD ["sh", "app.sh"]',
      ),
      'app.sh': 'echo hello\n',
    },
    commands: ['docker build --target test -t stages-and-tests:test .'],
  },
  {
    id: 'heredocs',
    title: 'Heredocs',
    about: 'Scripts and files inside the Dockerfile',
    files: {
      Dockerfile: lines(
        'FROM alpine:3.20',
        'COPY <<EOF /etc/app.conf',
        'listen = 8080',
        'workers = 2',
        'EOF',
        'RUN <<EOF',
        'set -eu',
        'adduser -D app',
        'chown app /etc/app.conf',
        'EOF',
        'USER app',
        'CMD ["cat", "/etc/app.conf"]',
      ),
    },
  },
  {
    id: 'cache-mount',
    title: 'A cache mount',
    about: 'What the package manager keeps stays out of the layers, and is there for the next build',
    files: {
      Dockerfile: lines(
        'FROM python:3.12-slim',
        'WORKDIR /app',
        'COPY requirements.txt .',
        'RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt',
      ),
      'requirements.txt': 'requests\nflask\n',
    },
  },
  {
    id: 'secret-mount',
    title: 'A secret that stays out',
    about: 'A bind mount is read by one RUN, and is in no layer',
    files: {
      Dockerfile: lines(
        'FROM alpine:3.20',
        'RUN --mount=type=bind,source=token.txt,target=/run/token \\',
        '    wc -c < /run/token > /token-length',
      ),
      'token.txt': 'not-a-real-token\n',
    },
    commands: ['docker run --rm secret-mount ls /run', 'docker history secret-mount'],
  },
  {
    id: 'bad-and-good-order',
    title: 'Bad and good: order',
    about: 'Two images side by side: change app.txt, compare again, and see which one runs its RUN',
    files: {
      Dockerfile: lines(
        'FROM alpine:3.20',
        'WORKDIR /app',
        'COPY packages.txt .',
        'RUN sort packages.txt > installed.txt',
        'COPY app.txt .',
      ),
      'Dockerfile.bad': lines('FROM alpine:3.20', 'WORKDIR /app', 'COPY . .', 'RUN sort packages.txt > installed.txt'),
      'packages.txt': 'nginx\ncurl\n',
      'app.txt': 'first version\n',
      '.dockerignore': 'Dockerfile*\n.dockerignore\n',
    },
    worse: 'Dockerfile.bad',
  },
  {
    id: 'bad-and-good-size',
    title: 'Bad and good: size',
    about: 'Two images side by side: the same files, 6 MB apart, since deleting later saves nothing',
    files: {
      Dockerfile: lines(
        'FROM alpine:3.20',
        'RUN head -c 6000000 /dev/zero > /tmp/archive && \\',
        '    wc -c < /tmp/archive > /size && \\',
        '    rm /tmp/archive',
      ),
      'Dockerfile.bad': lines(
        'FROM alpine:3.20',
        'RUN head -c 6000000 /dev/zero > /tmp/archive',
        'RUN wc -c < /tmp/archive > /size',
        'RUN rm /tmp/archive',
      ),
    },
    worse: 'Dockerfile.bad',
  },
  {
    id: 'health-and-signals',
    title: 'Health, signals, volumes',
    about: 'The instructions that change the config alone',
    files: {
      Dockerfile: lines(
        'FROM alpine:3.20',
        'LABEL org.opencontainers.image.title="health and signals"',
        'ENV MODE=production',
        'VOLUME /data',
        'EXPOSE 8080/tcp',
        'STOPSIGNAL SIGINT',
        'HEALTHCHECK --interval=5s --timeout=1s CMD test -d /data',
        'CMD ["sleep", "60"]',
      ),
    },
  },
];

import { describe, expect, it } from 'vitest';
import { fixed, of } from '../../../tests/lint/checked.ts';

describe('the checks about layers and their cache', () => {
  it.each([
    [
      'UpdateWithoutInstall',
      'FROM a\nRUN apt-get -q update\n',
      ['2: "apt-get update" in a RUN that installs nothing'],
      undefined,
    ],
    ['UpdateWithoutInstall', 'FROM a\nRUN apt-get update && \\\n apt-get install -y x\n', [], undefined],
    [
      'PackageCacheInLayer',
      'FROM a\nRUN apk add curl\n',
      ['2: "apk add" leaves /var/cache/apk in the layer: use "apk add --no-cache"'],
      'FROM a\nRUN apk add --no-cache curl\n',
    ],
    [
      'PackageCacheInLayer',
      'FROM a\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n',
      [],
      undefined,
    ],
    ['PackageCacheInLayer', 'FROM a\nRUN --mount=type=cache,target=/root/.cache/pip pip install x\n', [], undefined],
    [
      'PackageCacheInLayer',
      'FROM a\nRUN <<EOF\napt-get update\napt-get install -y x\nEOF\n',
      [
        '2: "apt-get install" leaves /var/lib/apt/lists in the layer: end the RUN with "&& rm -rf /var/lib/apt/lists/*"',
      ],
      undefined,
    ],
    [
      'UpdateWithoutInstall',
      'FROM a\nRUN apt-get update; xargs apt-get install -y < list; apt-get clean\nRUN apt-get update && ./install.sh\n' +
        'RUN apt-get update && apt-get purge -y x && rm -rf /var/lib/apt/lists/*\n',
      [],
      undefined,
    ],
    ['PackageCacheInLayer', 'FROM a\nRUN apt-get update; apt-get install -y x; apt-get dist-clean\n', [], undefined],
    [
      'PackageCacheInLayer',
      'FROM a\nRUN apk add --no-cache x && apk add --no-network --virtual .run y\nRUN apt-get install -y x\n',
      [],
      undefined,
    ],
    ['PackageCacheInLayer', 'FROM a AS b\nRUN apk add x\nFROM a\nCOPY --from=b x /\n', [], undefined],
    [
      'PackageCacheInLayer',
      'FROM a\nRUN apt-get update \\\n  && apt-get install -y x\nRUN b\n',
      [
        '2: "apt-get install" leaves /var/lib/apt/lists in the layer: end the RUN with "&& rm -rf /var/lib/apt/lists/*"',
      ],
      'FROM a\nRUN apt-get update \\\n  && apt-get install -y x \\\n  && rm -rf /var/lib/apt/lists/*\nRUN b\n',
    ],
    [
      'CopyBeforeInstall',
      'FROM a\nCOPY . .\nRUN npm ci\n',
      [
        '2: Any edit of the project runs "npm ci" (line 3) again: copy package.json and package-lock.json before it, and the rest after it',
      ],
      undefined,
    ],
    [
      'CopyBeforeInstall',
      'FROM a\nCOPY . /src/\nRUN apk add --no-cache git\n',
      ['2: Any edit of the project runs "apk add --no-cache git" (line 3) again: put it above this copy'],
      undefined,
    ],
    ['CopyBeforeInstall', 'FROM a\nCOPY . .\nRUN apt-get install -y ./x.deb\n', [], undefined],
    ['CopyBeforeInstall', 'FROM a\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n', [], undefined],
    ['CopyBeforeInstall', 'FROM a\nCOPY . .\nRUN npm install -g x\n', [], undefined],
    [
      'DeletedInLaterLayer',
      'FROM a\nWORKDIR /src\nCOPY big.tar ./\nRUN tar xf big.tar && rm big.tar\n',
      ['4: /src/big.tar is deleted here, but stays in the layer of line 3'],
      undefined,
    ],
    [
      'DeletedInLaterLayer',
      'FROM a\nRUN curl -fsSLo /t.gz http://x && tar xf /t.gz && rm /t.gz\nRUN rm /t.gz\n',
      [],
      undefined,
    ],
    [
      'DeletedInLaterLayer',
      'FROM a\nRUN wget -O /tmp/x http://y\nRUN rm -f /tmp/x\n',
      ['3: /tmp/x is deleted here, but stays in the layer of line 2'],
      undefined,
    ],
    [
      'DeletedInLaterLayer',
      'FROM a\nRUN apt-get update && apt-get install -y x\nCOPY a b /tmp/in/\nRUN rm -rf /var/lib/apt/lists/* /tmp/*\n',
      [
        '4: /var/lib/apt/lists/* is deleted here, but stays in the layer of line 2',
        '4: /tmp/in/a is deleted here, but stays in the layer of line 3',
        '4: /tmp/in/b is deleted here, but stays in the layer of line 3',
      ],
      undefined,
    ],
    ['DeletedInLaterLayer', 'FROM a AS b\nCOPY x /x\nRUN rm /x\nFROM c\nCOPY --from=b /y /\n', [], undefined],
    [
      'SecretFileCopied',
      'FROM a\nCOPY .env .env.example id_rsa /x/\n',
      [
        '2: .env looks like it holds secrets, and becomes part of a layer',
        '2: id_rsa looks like it holds secrets, and becomes part of a layer',
      ],
      undefined,
    ],
    ['LatestTag', 'FROM alpine\n', ['1: alpine is named without a tag, which means "latest"'], 'FROM alpine:3.20.3\n'],
    [
      'LatestTag',
      'FROM x:latest AS b\nFROM b\nFROM scratch\nFROM y:1\n',
      ['1: x:latest is tagged "latest"'],
      undefined,
    ],
    [
      'ConsecutiveRuns',
      'FROM a\nRUN a 1\nRUN b && c\nRUN d\nCMD ["x"]\n',
      ['2: 3 RUN instructions in a row make 3 layers, and could be one'],
      'FROM a\nRUN a 1 && \\\n    b && c && \\\n    d\nCMD ["x"]\n',
    ],
    [
      'ConsecutiveRuns',
      'FROM a\nRUN cd /x\nRUN b\nRUN d\n',
      ['2: 3 RUN instructions in a row make 3 layers, and could be one'],
      undefined,
    ],
    ['LastUserIsRoot', 'FROM scratch\nCMD ["x"]\n', ['2: No USER is set: containers run as root'], undefined],
    ['LastUserIsRoot', 'FROM unknown\nCMD ["x"]\n', [], undefined],
    ['LastUserIsRoot', 'FROM alpine\nUSER app\nCMD ["x"]\n', [], undefined],
    ['LastUserIsRoot', 'FROM alpine\nUSER root\nCMD ["x"]\n', ['2: USER root: containers run as root'], undefined],
    [
      'AddInsteadOfCopy',
      'FROM a\nADD x y /z/\n',
      ['2: COPY says more clearly that files are copied'],
      'FROM a\nCOPY x y /z/\n',
    ],
    ['AddInsteadOfCopy', 'FROM a\nADD x.tar.gz /\nADD https://x/y /\nADD --unpack x /\n', [], undefined],
    [
      'ForgottenState',
      'FROM a\nRUN cd /x\nRUN cd /x && make\nRUN a; export B=1\n',
      [
        '2: "cd /x" is forgotten when the RUN ends: use WORKDIR',
        '4: "export B=1" is forgotten when the RUN ends: use ENV',
      ],
      undefined,
    ],
    ['ForgottenState', 'FROM a\nRUN cat <<EOF > /profile\nexport A=1\nEOF\n', [], undefined],
    ['PipeHidesFailure', 'FROM a\nRUN curl x | sh\n', ['2: A failure of curl goes unnoticed in this pipe'], undefined],
    ['PipeHidesFailure', 'FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl x | sh\n', [], undefined],
  ])('%s: %j', (rule, text, findings, after) => {
    expect(of(rule, text)).toEqual(findings);
    expect(fixed(rule, text)).toBe(after);
  });
});

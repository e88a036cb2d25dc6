import { expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { rawJsonReport } from './raw-json-progress.ts';

it('a report in JSON has the fields and the escapes of Docker’s', () => {
  const at = Date.UTC(2026, 0, 1, 12, 0, 0, 250);
  const text = rawJsonReport({
    vertexes: [
      {
        id: 'sha256:aa',
        name: 'RUN a && b',
        inputs: ['sha256:bb'],
        startedMs: at,
        cache: { hit: true, differences: [] },
      },
    ],
    logs: [{ vertex: 'sha256:aa', stream: 2, data: utf8('hi\n'), timeMs: at }],
  });
  expect(text).toBe(`{
  "vertexes": [
    {
      "digest": "sha256:aa",
      "inputs": [
        "sha256:bb"
      ],
      "name": "RUN a \\u0026\\u0026 b",
      "started": "2026-01-01T12:00:00.25Z",
      "cached": true
    }
  ],
  "logs": [
    {
      "vertex": "sha256:aa",
      "stream": 2,
      "data": "aGkK",
      "timestamp": "2026-01-01T12:00:00.25Z"
    }
  ]
}
`);
  expect(rawJsonReport({})).toBe('');
});

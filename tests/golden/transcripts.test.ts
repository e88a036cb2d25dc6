/** The golden transcripts: what a real engine answered to scripts of docker commands, against Strata's terminal. */
import { describe, expect, it } from 'vitest';
import { compareTranscripts } from './compare-transcripts.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { runTranscript, transcriptNames } from './transcripts.ts';

describe.concurrent('golden transcripts', { timeout: 60_000 }, () => {
  it.each(transcriptNames())('%s is what Docker answers, or is known not to be', async (name) => {
    const different = (await runTranscript(name)).filter(({ difference }) => difference !== undefined);
    const known = KNOWN_DIFFERENCES.get(name);
    if (known === undefined) expect(different).toEqual([]);
    else expect(different.length, `the list says ${known.commands} (${known.why})`).toBe(known.commands);
  });

  it('the list of known differences names transcripts that exist', () => {
    expect(transcriptNames()).toEqual(expect.arrayContaining([...KNOWN_DIFFERENCES.keys()]));
  });
});

describe('comparing transcripts', () => {
  const differences = (golden: string, ours: string): (string | undefined)[] =>
    compareTranscripts(golden, ours).map(({ difference }) => difference);

  it('minds output and exit code, and takes runs of blanks for one', () => {
    expect(differences('$ a\nx   y\n', '$ a\nx y  \n\n')).toEqual([undefined]);
    expect(differences('$ a\nx\n', '$ a\ny\n')).toEqual(['line 1 is "y", not "x"']);
    expect(differences('$ a\nx\n[1]\n', '$ a\nx\n')).toEqual(['exit is 0, not 1: "x"']);
    expect(differences('$ a\n$ b\n', '$ a\n')).toEqual([undefined, 'not in the output']);
  });

  it('lets an ID stand for one other ID alone', () => {
    expect(differences('$ a\n<id:1>\n$ b\n<id:1>\n', '$ a\n<id:2>\n$ b\n<id:2>\n')).toEqual([undefined, undefined]);
    expect(differences('$ a\n<id:1>\n$ b\n<id:1>\n', '$ a\n<id:2>\n$ b\n<id:3>\n')).toEqual([undefined, 'other ids']);
  });

  it("compares a build's log by its steps", () => {
    const log = (first: string, second: string): string => `$ docker build .\n#0 x\n\n${first}\n\n${second}\n`;
    const [a, b] = ['#1 [1/2] FROM x\n#1 DONE 0.1s', '#2 [2/2] RUN y\n#2 <t> out\n#2 DONE 1.0s'];
    const swapped = ['#7 [2/2] RUN y\n#7 <t> out\n#7 DONE 2.0s', '#3 [1/2] FROM x\n#3 CACHED'] as const;
    expect(differences(log(a, b), log(...swapped))).toEqual([undefined]);
    expect(differences(log(a, b), log(a, b.replace('out', 'other')))).not.toEqual([undefined]);
  });
});

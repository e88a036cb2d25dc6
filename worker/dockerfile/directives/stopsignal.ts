import { exactlyOne } from '../argument-count.ts';
import { defineDirective } from '../directive.ts';
import { checkSignal } from '../signal.ts';

export interface StopsignalData {
  readonly signal: string;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGRTMIN+3'];

export const stopsignal = defineDirective<StopsignalData>({
  name: 'STOPSIGNAL',
  summary: 'Sets the signal that asks a container to stop.',
  syntax: ['STOPSIGNAL signal'],
  docs: `\`docker stop\` sends this signal, waits, and kills the container if it is still there. It is a name with or without \`SIG\`, or a
number; \`SIGTERM\` by default.`,
  flags: [],
  argumentSyntax: 'line',
  suggestions: { place: 'word', values: SIGNALS.map((label) => ({ label })) },
  expands: 'all',
  interpret: ({ args }) => ({ signal: exactlyOne('STOPSIGNAL', args) }),
  lower: (data, stage) => {
    const signal = stage.expand(data.signal);
    checkSignal(signal);
    stage.config.StopSignal = signal;
    stage.metadata(`STOPSIGNAL ${signal}`);
  },
});

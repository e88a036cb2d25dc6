/** The logs packages leave: /var/log/dpkg.log, and apt's history.log and term.log. */
import type { AppletContext } from '../../applets/context.ts';
import { appendText } from '../placing.ts';
import type { Paragraph } from './control.ts';
import { isInstalled } from './dpkg-database.ts';
import { nameOf } from './planning.ts';

const DPKG_LOG = '/var/log/dpkg.log';
const HISTORY_LOG = '/var/log/apt/history.log';
const TERMINAL_LOG = '/var/log/apt/term.log';
const ADM_GID = 4;

/** Lines of dpkg.log, gathered and written at once. */
export class PackageLog {
  readonly #context: AppletContext;
  readonly #lines: string[] = [];

  constructor(context: AppletContext) {
    this.#context = context;
    this.#line('startup archives unpack');
  }

  unpacked(paragraph: Paragraph, former: Paragraph | undefined): void {
    const version = paragraph.get('Version') ?? '';
    const before = isInstalled(former) ? (former.get('Version') ?? '') : '<none>';
    this.#line(`${before === '<none>' ? 'install' : 'upgrade'} ${archName(paragraph)} ${before} ${version}`);
    this.#line(`status half-installed ${archName(paragraph)} ${version}`);
    this.#line(`status unpacked ${archName(paragraph)} ${version}`);
  }

  configured(paragraph: Paragraph): void {
    const version = paragraph.get('Version') ?? '';
    this.#line(`configure ${archName(paragraph)} ${version} <none>`);
    this.#line(`status unpacked ${archName(paragraph)} ${version}`);
    this.#line(`status half-configured ${archName(paragraph)} ${version}`);
    this.#line(`status installed ${archName(paragraph)} ${version}`);
  }

  removed(paragraph: Paragraph, purge: boolean): void {
    const version = paragraph.get('Version') ?? '';
    this.#line(`${purge ? 'purge' : 'remove'} ${archName(paragraph)} ${version} <none>`);
    this.#line(`status half-configured ${archName(paragraph)} ${version}`);
    this.#line(`status half-installed ${archName(paragraph)} ${version}`);
    this.#line(
      `status ${purge ? 'not-installed' : 'config-files'} ${archName(paragraph)} ${purge ? '<none>' : version}`,
    );
  }

  write(): void {
    appendText(this.#context, DPKG_LOG, this.#lines.join(''));
  }

  #line(text: string): void {
    this.#lines.push(`${timeText(this.#context.process.kernel.clock.nowMs(), ' ')} ${text}\n`);
  }
}

function archName(paragraph: Paragraph): string {
  return `${nameOf(paragraph)}:${paragraph.get('Architecture') ?? 'amd64'}`;
}

/** A package as apt's history names it. */
export function historyEntry(paragraph: Paragraph, automatic: boolean): string {
  const architecture = paragraph.get('Architecture') ?? 'amd64';
  const version = `${paragraph.get('Version') ?? ''}${automatic ? ', automatic' : ''}`;
  return `${nameOf(paragraph)}:${architecture === 'all' ? 'amd64' : architecture} (${version})`;
}

/** Writes what one command did, `lines` being `Install: …` and their like. */
export function logTransaction(context: AppletContext, startMs: number, lines: readonly string[]): void {
  const endMs = context.process.kernel.clock.nowMs();
  const command = ['Commandline:', context.name, ...context.args].join(' ');
  const history = [`Start-Date: ${timeText(startMs, '  ')}`, command, ...lines, `End-Date: ${timeText(endMs, '  ')}`];
  appendText(context, HISTORY_LOG, `\n${history.join('\n')}\n`);
  const fresh = context.files.find(TERMINAL_LOG) === undefined;
  appendText(
    context,
    TERMINAL_LOG,
    `\nLog started: ${timeText(startMs, '  ')}\nLog ended: ${timeText(endMs, '  ')}\n`,
    0o640,
  );
  if (fresh) context.files.changeOwner(TERMINAL_LOG, 0, ADM_GID);
}

/** A time as the logs write it, in UTC, as the images have it. */
function timeText(ms: number, gap: string): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split('T');
  return `${date}${gap}${time.slice(0, 8)}`;
}

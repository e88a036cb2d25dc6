/**
 * sudo and doas, simulated: root runs what it asks for; another user as far as /etc/sudoers, the files of /etc/sudoers.d or
 * /etc/doas.conf allow without a password, for which nobody is there to be asked.
 */
import { readBody } from '../../vfs/body.ts';
import { strerror } from '../kernel/errno.ts';
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { identityOf } from './identity.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { readUsers, type UserDatabase } from './users.ts';

const SECURE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const KEPT = ['TERM', 'LANG', 'LANGUAGE', 'DISPLAY', 'COLORTERM'];

export const sudo: Applet = {
  names: ['sudo', 'doas'],
  summary: 'Run PROG as another user',
  usage: '[-nEHSik] [-u USER] PROG ARGS',
  simulated: 'rules are read for users, groups, NOPASSWD and ALL; there is nobody to ask for a password',
  async run(context) {
    const options = parseOptions(context.args, '+AbEHnPSsikKlvVu:g:h:p:C:', {
      user: 'u', group: 'g', 'preserve-env': 'preserve-env::', 'set-home': 'H', 'non-interactive': 'n', stdin: 'S', login: 'i', shell: 's', version: 'V',
    }); // prettier-ignore
    if (options.has('V')) {
      await context.out.write('Sudo version 1.9.13p3\n');
      return 0;
    }
    const users = await readUsers(context);
    const target = options.value('u') ?? 'root';
    const who = identityOf(context, users, target);
    if (who === undefined) return context.complain(`unknown user ${target}`);
    const caller = users.userName(context.process.credentials.uid) ?? `#${context.process.credentials.uid}`;
    if (options.has('v') || options.has('k') || options.has('K')) return 0;
    const refusal = await refusalFor(context, users, caller);
    if (refusal !== undefined) return context.complain(refusal);
    const assigned = options.operands.filter((word, index) => /^[A-Za-z_]\w*=/.test(word) && index === 0);
    const words = options.operands.slice(assigned.length);
    const user = users.users.find((one) => one.name === target);
    const shell = user?.shell === undefined || user.shell === '' ? '/bin/sh' : user.shell;
    const wantsShell = options.has('i') || options.has('s');
    if (words.length === 0 && !wantsShell) throw new UsageError('');
    const argv = !wantsShell ? words : words.length === 0 ? [shell] : [shell, '-c', words.join(' ')];
    const environment = environmentFor(context, options, { target, home: user?.home ?? '/', shell, caller });
    for (const one of assigned) environment.set(one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1));
    context.process.credentials = { uid: who.uid, gid: who.gid, groups: who.groups };
    if (options.has('i')) context.process.cwd = context.files.directoryToEnter(user?.home ?? '/');
    const result = await context.exec(argv, environment);
    if (typeof result === 'number') return result;
    if (result.errno === 'ENOENT') return context.complain(`${argv[0] ?? ''}: command not found`);
    return context.complain(`unable to execute ${argv[0] ?? ''}: ${result.reason ?? strerror(result.errno)}`);
  },
};

function environmentFor(
  context: AppletContext,
  options: Options,
  who: { readonly target: string; readonly home: string; readonly shell: string; readonly caller: string },
): Map<string, string> {
  const keeps = options.has('E') || options.has('preserve-env');
  const kept = keeps
    ? [...context.env]
    : [...context.env].filter(([name]) => KEPT.includes(name) || name.startsWith('LC_'));
  const { uid, gid } = context.process.credentials;
  return new Map([
    ...kept,
    ['PATH', SECURE_PATH],
    ['HOME', who.home],
    ['USER', who.target],
    ['LOGNAME', who.target],
    ['SHELL', who.shell],
    ['MAIL', `/var/mail/${who.target}`],
    ['SUDO_COMMAND', options.operands.join(' ')],
    ['SUDO_USER', who.caller],
    ['SUDO_UID', String(uid)],
    ['SUDO_GID', String(gid)],
  ]);
}

/** Why the caller may not; undefined when it may. */
async function refusalFor(context: AppletContext, users: UserDatabase, caller: string): Promise<string | undefined> {
  const { uid, gid, groups } = context.process.credentials;
  if (uid === 0) return undefined;
  const names = new Set([gid, ...groups].flatMap((group) => users.groupName(group) ?? []));
  const rules = context.name === 'doas' ? await doasRules(context) : await sudoRules(context);
  const matching = rules.filter(
    ({ who }) => who === 'ALL' || who === caller || (names.has(who.replace(/^[%:]/, '')) && /^[%:]/.test(who)),
  );
  const rule = matching.at(-1);
  if (context.name === 'doas') {
    if (rule === undefined) return 'Operation not permitted';
    return rule.passwordless ? undefined : 'Authentication required';
  }
  if (rule?.passwordless === true) return undefined;
  if (rule === undefined) return `${caller} is not in the sudoers file.`;
  return 'a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required';
}

interface Rule {
  readonly who: string;
  readonly passwordless: boolean;
}

async function sudoRules(context: AppletContext): Promise<Rule[]> {
  const folder = '/etc/sudoers.d';
  const further =
    context.files.find(folder)?.inode.kind === 'directory' ? asRoot(context, () => context.files.list(folder)) : [];
  const paths = ['/etc/sudoers', ...further.map(({ name }) => `${folder}/${name}`)];
  const rules: Rule[] = [];
  for (const path of paths) {
    for (const line of await linesOf(context, path)) {
      const [, who = '', rest = ''] = /^(\S+)\s+\S+\s*=\s*(.*)$/.exec(line) ?? [];
      if (who !== '' && !/^(?:Defaults|[A-Z][a-z]+_Alias|@include)/.test(who))
        rules.push({ who, passwordless: rest.includes('NOPASSWD') });
    }
  }
  return rules;
}

async function doasRules(context: AppletContext): Promise<Rule[]> {
  const lines = [...(await linesOf(context, '/etc/doas.conf')), ...(await linesOf(context, '/etc/doas.d/doas.conf'))];
  return lines.flatMap((line) => {
    const [, options = '', who = ''] =
      /^permit\s+((?:nopass|persist|keepenv|setenv\s*\{[^}]*\}|\s)*)(\S+)/.exec(line) ?? [];
    return who === '' ? [] : [{ who, passwordless: options.includes('nopass') }];
  });
}

async function linesOf(context: AppletContext, path: string): Promise<string[]> {
  const body = asRoot(context, () => (context.files.find(path) === undefined ? undefined : context.files.body(path)));
  const text = body === undefined ? '' : decodeText(await readBody(body));
  return text
    .split('\n')
    .map((line) => line.replace(/#(?!\d).*$/, '').trim())
    .filter((line) => line !== '');
}

/** The programs are set-uid: they read their files as root. */
function asRoot<T>(context: AppletContext, read: () => T): T {
  const { credentials } = context.process;
  context.process.credentials = { uid: 0, gid: 0, groups: [0] };
  try {
    return read();
  } finally {
    context.process.credentials = credentials;
  }
}

/**
 * ip, ifconfig, route, netstat, ss and arp: the network as a container is shown it. The addresses are what Docker's first
 * container gets on its default bridge; the listeners are true.
 */
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions } from '../options.ts';

const ADDRESS = '172.17.0.2';
const GATEWAY = '172.17.0.1';
const BROADCAST = '172.17.255.255';
const HARDWARE = '02:42:ac:11:00:02';
const SIMULATED = 'addresses, routes and interfaces are stand-ins: those of a first container on the default bridge';

const LINKS = [
  { index: 1, name: 'lo', kind: 'loopback', flags: 'LOOPBACK,UP,LOWER_UP', mtu: 65_536, queue: 'noqueue', state: 'UNKNOWN', hardware: '00:00:00:00:00:00', all: '00:00:00:00:00:00', address: '127.0.0.1/8', scope: 'host lo', broadcast: '' },
  { index: 2, name: 'eth0', kind: 'ether', flags: 'BROADCAST,MULTICAST,UP,LOWER_UP', mtu: 1500, queue: 'noqueue', state: 'UP', hardware: HARDWARE, all: 'ff:ff:ff:ff:ff:ff', address: `${ADDRESS}/16`, scope: 'global eth0', broadcast: `brd ${BROADCAST} ` },
] as const; // prettier-ignore

export const ip: Applet = {
  names: ['ip'],
  summary: 'Show addresses, links and routes',
  usage: '[-o|-4|-6|-br] address|route|link [show [dev IFACE]]',
  simulated: SIMULATED,
  async run(context) {
    const options = context.args.filter((word) => word.startsWith('-'));
    const [object = '', command = 'show', ...rest] = context.args.filter((word) => !word.startsWith('-'));
    const device = rest[rest.indexOf('dev') + 1] ?? rest[0];
    if (!/^(?:show|list|ls|s|l|get|sh|dev)$/.test(command)) {
      await context.err.write('RTNETLINK answers: Operation not permitted\n');
      return 2;
    }
    const chosen = command === 'dev' ? rest[0] : device;
    if ('route'.startsWith(object) && object !== '') {
      await context.out.write(
        command === 'get'
          ? `${rest[0] ?? ''} via ${GATEWAY} dev eth0 src ${ADDRESS} uid 0 \n    cache \n`
          : `default via ${GATEWAY} dev eth0 \n172.17.0.0/16 dev eth0 proto kernel scope link src ${ADDRESS} \n`,
      );
      return 0;
    }
    const addresses = object !== '' && 'address'.startsWith(object);
    if (!addresses && !(object !== '' && 'link'.startsWith(object))) {
      await context.err.write(`Object "${object}" is unknown, try "ip help".\n`);
      return 1;
    }
    const links = LINKS.filter(({ name }) => chosen === undefined || chosen === name);
    if (links.length === 0) {
      await context.err.write(`Device "${chosen ?? ''}" does not exist.\n`);
      return 1;
    }
    for (const link of options.includes('-6') ? [] : links) await context.out.write(linkText(link, addresses, options));
    return 0;
  },
};

function linkText(link: (typeof LINKS)[number], addresses: boolean, options: readonly string[]): string {
  if (options.includes('-br') || options.includes('-brief'))
    return `${link.name.padEnd(16)} ${link.state.padEnd(14)} ${addresses ? link.address : link.hardware} \n`;
  if (options.includes('-o'))
    return `${link.index}: ${link.name}    inet ${link.address} ${link.broadcast}scope ${link.scope}\\       valid_lft forever preferred_lft forever\n`;
  const head = `${link.index}: ${link.name}${link.name === 'eth0' ? '@if7' : ''}: <${link.flags}> mtu ${link.mtu} qdisc ${link.queue} state ${link.state} ${addresses ? 'group default ' : 'mode DEFAULT group default '}qlen 1000\n    link/${link.kind} ${link.hardware} brd ${link.all}${link.name === 'eth0' ? ' link-netnsid 0' : ''}\n`;
  if (!addresses) return head;
  return `${head}    inet ${link.address} ${link.broadcast}scope ${link.scope}\n       valid_lft forever preferred_lft forever\n`;
}

export const ifconfig: Applet = {
  names: ['ifconfig'],
  summary: 'Show network interfaces',
  usage: '[-a] [IFACE]',
  simulated: SIMULATED,
  async run(context) {
    const [name, ...changes] = context.args.filter((word) => !word.startsWith('-'));
    if (changes.length > 0) return context.complain('SIOCSIFADDR: Operation not permitted');
    if (name !== undefined && name !== 'eth0' && name !== 'lo')
      return context.complain(`${name}: error fetching interface information: Device not found`);
    if (name !== 'lo')
      await context.out.write(
        `eth0      Link encap:Ethernet  HWaddr ${HARDWARE.toUpperCase()}  \n          inet addr:${ADDRESS}  Bcast:${BROADCAST}  Mask:255.255.0.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n\n`,
      );
    if (name !== 'eth0')
      await context.out.write(
        'lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n\n',
      );
    return 0;
  },
};

export const route: Applet = {
  names: ['route'],
  summary: 'Show the routing table',
  usage: '[-ne]',
  simulated: SIMULATED,
  async run(context) {
    if (context.args.some((word) => word === 'add' || word === 'del'))
      return context.complain('SIOCADDRT: Operation not permitted');
    await printRoutes(context);
    return 0;
  },
};

async function printRoutes(context: AppletContext): Promise<void> {
  await context.out.write(
    'Kernel IP routing table\n' +
      'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n' +
      `0.0.0.0         ${GATEWAY}      0.0.0.0         UG    0      0        0 eth0\n` +
      '172.17.0.0      0.0.0.0         255.255.0.0     U     0      0        0 eth0\n',
  );
}

export const netstat: Applet = {
  names: ['netstat', 'ss'],
  summary: 'Display who listens at which port',
  usage: '[-ral] [-tuwx] [-enp]',
  simulated: 'only those who listen are listed: there are no connections',
  async run(context) {
    const options = parseOptions(context.args, 'raltuwxenpsio46H', {
      listening: 'l',
      tcp: 't',
      udp: 'u',
      numeric: 'n',
      all: 'a',
      processes: 'p',
      programs: 'p',
    });
    if (options.has('r')) {
      await printRoutes(context);
      return 0;
    }
    const listens = options.has('l') || options.has('a');
    const tcp = options.has('t') || !(options.has('u') || options.has('w') || options.has('x'));
    const servers = listens && tcp ? context.process.kernel.listeners.all() : [];
    const owner = (pid: number, program: string): string => (options.has('p') ? ` ${pid}/${program}` : '');
    if (context.name === 'ss') {
      if (!options.has('H'))
        await context.out.write('Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n');
      for (const { port, process } of servers)
        await context.out.write(
          `tcp   LISTEN 0      511          0.0.0.0:${port}        0.0.0.0:*     ${owner(process.pid, process.argv[0] ?? '').trim()}\n`,
        );
      return 0;
    }
    await context.out.write(
      `Active Internet connections (${listens ? (options.has('a') ? 'servers and established' : 'only servers') : 'w/o servers'})\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ${options.has('p') ? ' PID/Program name' : ''}\n`,
    );
    for (const { port, process } of servers)
      await context.out.write(
        `tcp        0      0 ${`0.0.0.0:${port}`.padEnd(23)} 0.0.0.0:*               LISTEN     ${owner(process.pid, process.argv[0] ?? '')}\n`,
      );
    return 0;
  },
};

export const arp: Applet = {
  names: ['arp'],
  summary: 'Show the cache of addresses',
  usage: '[-an]',
  simulated: SIMULATED,
  async run(context) {
    await context.out.write(`? (${GATEWAY}) at 02:42:5e:00:00:01 [ether]  on eth0\n`);
    return 0;
  },
};

import { expect, it } from 'vitest';
import { openTestTerminal } from '../../../../tests/cli/terminal.ts';

const TIMES = /\d\.\d{3}(?= ms|\/)/g;

it('containers of a network find and reach each other by name, as the real ones printed it', async () => {
  const { say } = await openTestTerminal({ busybox: true });
  await say('docker network create net');
  await say('docker run -d --name there --network net busybox sleep 1000');
  const beside = (command: string): Promise<string> => say(`docker run --rm --network net busybox ${command}`);
  const address = (await beside('nslookup -type=a there')).split('Address: ')[1]!.trim();
  expect(address).toMatch(/^172\.\d+\.0\.2$/);
  const pinged = (await beside('ping -c 2 -i 0 there')).replace(TIMES, 'T').replaceAll(address, 'IP');
  expect(pinged).toBe(`PING there (IP): 56 data bytes
64 bytes from IP: seq=0 ttl=64 time=T ms
64 bytes from IP: seq=1 ttl=64 time=T ms

--- there ping statistics ---
2 packets transmitted, 2 packets received, 0% packet loss
round-trip min/avg/max = T/T/T ms
`);
  expect(await beside('ping -c 1 nosuch')).toBe("ping: bad address 'nosuch'\n[1]");
  expect(await say('docker run --rm busybox ping -c 1 there')).toBe("ping: bad address 'there'\n[1]");
  const free = address.replace(/\d+$/, '99');
  expect(await beside(`ping -q -c 1 -W 0 ${free}`)).toBe(
    `PING ${free} (${free}): 56 data bytes\n\n--- ${free} ping statistics ---\n1 packets transmitted, 0 packets received, 100% packet loss\n[1]`,
  );
});

it('what lies outside is refused with the reason', async () => {
  const { say } = await openTestTerminal({ busybox: true });
  const why = 'a page in a browser has no sockets; only HTTP by wget, curl and ADD leads out\n[1]';
  expect(await say('docker run --rm busybox ping -c 1 example.com')).toBe(`ping: example.com: ${why}`);
  expect(await say('docker run --rm busybox ping -c 1 8.8.8.8')).toBe(`ping: 8.8.8.8: ${why}`);
  expect(await say('docker run --rm --network none busybox nslookup example.com')).toBe(
    `nslookup: example.com: ${why}`,
  );
});

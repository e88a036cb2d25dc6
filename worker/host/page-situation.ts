/** What this browser lets the page do, as far as a worker can see. */
import type { PageSituation } from '../registry/doctor/diagnosis.ts';
import { isLoopback } from '../registry/endpoint.ts';

/** Names under which browsers ask for leave to reach this machine and its network, by their age. */
const LOCAL_NETWORK_PERMISSIONS = ['loopback-network', 'local-network', 'local-network-access'];

export async function pageSituation(): Promise<PageSituation> {
  return {
    origin: self.location.origin,
    secure: self.location.protocol === 'https:',
    online: navigator.onLine,
    // a page of this machine is of the local network itself: nobody is asked
    localNetwork: isLoopback(self.location.host) ? 'not-asked' : await localNetworkPermission(),
  };
}

/** The strictest of what the browser knows; `not-asked` by one that lets every page. */
async function localNetworkPermission(): Promise<PageSituation['localNetwork']> {
  const states = await Promise.all(LOCAL_NETWORK_PERMISSIONS.map(permissionState));
  return states.find((state) => state === 'denied') ?? states.find((state) => state !== undefined) ?? 'not-asked';
}

async function permissionState(name: string): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    // a name this browser does not know, or no permissions in workers at all
    return undefined;
  }
}

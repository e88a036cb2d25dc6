/** Images whose processes run as root. */
import type { WeakSpotRule } from './weak-spot-rule.ts';

export const rootUser: WeakSpotRule = {
  ofImage({ config, distribution }) {
    const user = config.config?.User ?? '';
    if (!/^(?:root|0)?(?::.*)?$/.test(user)) return undefined;
    return {
      kind: 'root-user',
      title: user === '' ? 'Containers run as root: no USER is set' : `Containers run as root: USER ${user}`,
      severity: 'medium',
      why: 'A process that is taken over may do all that root may in the container, and is one fault of the kernel away from the host.',
      advice: `Make a user and switch to it at the end: RUN ${addUser(distribution?.id)}, USER app.`,
    };
  },
};

/** The command that makes a user: busybox has `adduser` alone, the others have `useradd`. */
function addUser(distribution: string | undefined): string {
  return distribution === undefined || distribution === 'alpine' ? 'adduser -D app' : 'useradd --create-home app';
}

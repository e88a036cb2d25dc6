/** `docker login`: asks a registry whether it takes these credentials, and keeps them for this session. */
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { RegistryClient } from '../../registry/client.ts';
import type { Logins } from '../logins.ts';
import { isLoopback, refused } from './images/transfers.ts';
import type { RegistryLogin } from './system.ts';

export function createRegistryLogin(client: RegistryClient, logins: Logins): RegistryLogin {
  async function forget(domain: string): Promise<void> {
    client.forgetCredentials(domain);
    await logins.forget(domain);
  }

  return {
    async login(domain, { username, password }, job) {
      try {
        const given = { kind: 'basic', username, password } as const;
        await client.login(domain, given, (credentials) => logins.keep(domain, credentials, username), job);
        return 'Login Succeeded';
      } catch (error) {
        await forget(domain);
        if (isEngineError(error, 'network') && isLoopback(domain)) {
          throw new EngineError('network', refused(domain), { data: error.data, cause: error });
        }
        throw error;
      }
    },
    logout: forget,
  };
}

/** `docker login`: asks a registry whether it takes these credentials, and keeps them for this session. */
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { credentialsKey } from '../../registry/endpoint.ts';
import type { SessionCredentials } from '../transfers.ts';
import { isLoopback, refused } from './images/transfers.ts';
import type { RegistryLogin } from './system.ts';

export function createRegistryLogin(client: RegistryClient, credentials: SessionCredentials): RegistryLogin {
  function forget(domain: string): void {
    credentials.delete(credentialsKey(domain));
    client.forgetCredentials(domain);
  }

  return {
    async login(domain, { username, password }, job) {
      credentials.set(credentialsKey(domain), { kind: 'basic', username, password });
      client.forgetCredentials(domain);
      try {
        const endpoint = client.registry(domain);
        await client.exchange({ endpoint, method: 'GET', target: '/v2/', scopes: [], job });
        return 'Login Succeeded';
      } catch (error) {
        forget(domain);
        if (isEngineError(error, 'network') && isLoopback(domain)) {
          throw new EngineError('network', refused(domain), { data: error.data, cause: error });
        }
        throw error;
      }
    },
    logout: forget,
  };
}

import { describe, expect, it } from 'vitest';
import { createMemoryDatabase } from '../store/memory.ts';
import { Logins } from './logins.ts';
import { NO_REGISTRY_SETTINGS, readRegistrySettings, writeRegistrySettings } from './registry-settings.ts';

const ADA = { kind: 'basic', username: 'ada', password: 'lovelace' } as const;

describe('logins', () => {
  it('are in memory alone until they shall be remembered, and gone everywhere after a logout', async () => {
    const database = createMemoryDatabase();
    const stored = async (): Promise<string> => JSON.stringify(await database.entries('settings'));
    const logins = new Logins(database);
    logins.keep('localhost:5000', ADA);
    expect(logins.find('localhost:5000')).toEqual(ADA);
    expect(await stored()).not.toContain('lovelace');

    await logins.remember('localhost:5000', true);
    const later = new Logins(database);
    await later.restore();
    expect(later.find('localhost:5000')).toEqual(ADA);
    expect(later.list()).toEqual([{ registry: 'localhost:5000', username: 'ada', remembered: true }]);

    await later.forget('localhost:5000');
    expect(later.find('localhost:5000')).toBeUndefined();
    expect(await stored()).not.toContain('lovelace');
  });

  it('are not told with their secrets', () => {
    const logins = new Logins(createMemoryDatabase());
    logins.keep('docker.io', { kind: 'identity-token', token: 'very-secret' });
    expect(JSON.stringify(logins.list())).not.toContain('very-secret');
    expect(logins.find('https://index.docker.io/v1/')).toBeDefined();
  });

  it('that were stored damaged are left out', async () => {
    const database = createMemoryDatabase();
    await database.write([{ table: 'settings', key: 'registry-login/x:1', record: { registry: 'x:1' } }]);
    const logins = new Logins(database);
    await logins.restore();
    expect(logins.list()).toEqual([]);
  });
});

describe('settings of registries', () => {
  it('are stored as they were set', async () => {
    const database = createMemoryDatabase();
    const settings = {
      mirrors: ['https://mirror.example'],
      mirrorsOf: { 'ghcr.io': ['http://localhost:5001'] },
      insecureRegistries: ['registry.lan:5000'],
    };
    await writeRegistrySettings(database, { ...settings, mirrors: ['https://mirror.example/'] });
    expect(await readRegistrySettings(database)).toEqual(settings);
  });

  it.each([
    ['mirrors', 'ftp://mirror.example', 'invalid mirror: unsupported scheme "ftp"'],
    ['mirrors', 'mirror.example', 'is not a valid URI'],
    ['mirrors', 'https://ada:lovelace@mirror.example', 'username/password not allowed in URI'],
    ['insecureRegistries', 'http://registry.lan', "should not contain '://'"],
    ['insecureRegistries', 'a b', 'is not valid'],
  ])('are refused as Docker’s daemon refuses them: %s %s', async (field, text, message) => {
    const settings = { ...NO_REGISTRY_SETTINGS, [field]: [text] };
    await expect(writeRegistrySettings(createMemoryDatabase(), settings)).rejects.toThrow(message);
  });
});

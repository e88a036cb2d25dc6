/** Credentials of registries, as `docker login` gathers them. Where they are kept is the engine's affair, not this room's. */

export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** An OAuth2 refresh token that a registry's token server gave out (`identitytoken` in config.json). */
  | { readonly kind: 'identity-token'; readonly token: string };

/** Looks credentials up by the key of config.json: `https://index.docker.io/v1/`, `localhost:5000`. */
export type CredentialsPort = (key: string) => Promise<Credentials | undefined>;

/** For those who never log in. */
export const ANONYMOUS: CredentialsPort = () => Promise.resolve(undefined);

/** The value of an `Authorization` header for a user name and a password, both in UTF-8 (RFC 7617). */
export function basicAuthorization(username: string, password: string): string {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

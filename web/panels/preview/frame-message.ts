/** What the script in the preview's frame says: a link that was followed, a form that was sent. It comes from outside. */

export type FrameMessage =
  | { readonly kind: 'follow'; readonly address: string }
  | { readonly kind: 'submit'; readonly address: string; readonly method: 'GET' | 'POST'; readonly fields: string };

/** Undefined for what is none of its messages. A form sent by GET is an address with its fields. */
export function frameMessage(data: unknown): FrameMessage | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('address' in data)) return undefined;
  const { kind, address } = data;
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  if (kind === 'follow') return { kind, address };
  if (kind !== 'submit' || !('fields' in data) || typeof data.fields !== 'string') return undefined;
  if ('method' in data && data.method === 'POST') return { kind, address, method: 'POST', fields: data.fields };
  const url = new URL(address);
  url.search = data.fields;
  return { kind, address: url.href, method: 'GET', fields: '' };
}

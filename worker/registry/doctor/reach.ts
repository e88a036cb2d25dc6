/**
 * Whether a registry can be asked at all: what stands in a browser's way before CORS does, and how it says so. Where a request
 * fails a page learns no more than "Failed to fetch", so the reasons are told by what is known of page and address.
 */
import { isLoopback } from '../endpoint.ts';
import type { Finding, PageSituation } from './diagnosis.ts';
import { REGISTRY_USES } from './diagnosis.ts';

/** True when the browser refuses to ask this address because the page came by https (W3C Mixed Content). */
export function isMixedContent(url: URL, page: PageSituation): boolean {
  return page.secure && url.protocol === 'http:' && !isLoopback(url.host);
}

/** True for addresses of this machine or of the network around it, which browsers ask a person about. */
export function isLocalNetwork(url: URL): boolean {
  const { hostname } = url;
  return (
    isLoopback(url.host) ||
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[f[cd])/.test(hostname) ||
    hostname.endsWith('.local') ||
    !/[.:]/.test(hostname)
  );
}

/** The finding for a registry that the browser will not ask. */
export function mixedContent(url: URL): Finding {
  return {
    title: 'Mixed content',
    state: 'missing',
    detail: `This page came by https, and ${url.host} is reached by plain http, which the browser refuses without asking. Give the registry a certificate, or open Strata from http://localhost: there plain http is allowed.`,
    neededFor: REGISTRY_USES,
  };
}

/** The finding for a registry that gave no answer. */
export function noAnswer(url: URL, page: PageSituation): Finding {
  return { title: 'An answer', state: 'missing', detail: reasonOfSilence(url, page), neededFor: REGISTRY_USES };
}

function reasonOfSilence(url: URL, page: PageSituation): string {
  if (!page.online) return 'This browser is offline.';
  if (isLocalNetwork(url) && page.localNetwork === 'denied') {
    return `This browser was told not to let the page reach your local network, and ${url.host} is there. Allow “Local network access” for this page in the site settings, left of the address.`;
  }
  if (isLocalNetwork(url) && page.localNetwork === 'prompt') {
    return `The browser asks before a page may reach your local network, where ${url.host} is. Say yes when it asks, and look again. If it did not ask, nothing listens there.`;
  }
  const scheme =
    url.protocol === 'http:'
      ? 'that it speaks plain http there'
      : 'that its certificate is one this browser trusts (open the address in a tab of its own to see)';
  return `Nothing answers at ${url.origin}. Check the name and the port, that the registry runs, and ${scheme}.`;
}

/**
 * A page of a container made into one document for a frame. What a container serves is not to be trusted: the frame is sandboxed
 * and of no origin, a policy keeps it from reaching any server, and its own scripts are taken out. So what it needs is put into it
 * as data, and its links are made whole for the one script that tells of them (public/preview-frame.js).
 */

/** What a server answered for an address. */
export interface Visited {
  /** Where it came from, redirections followed. */
  readonly address: string;
  readonly status: number;
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Asks for a part of the page; undefined where it cannot be had. */
export type PartReader = (address: string) => Promise<Visited | undefined>;

export interface ComposedPage {
  /** The whole document. */
  readonly html: string;
  readonly title: string;
  /** Scripts that were taken out. */
  readonly scripts: number;
}

/** The script that runs in the frame, beside the page. */
const FRAME_SCRIPT = 'preview-frame.js';
/** Parts a page gets at most, and bytes of all of them. */
const MOST_PARTS = 200;
const MOST_BYTES = 32 << 20;
/** Longer texts are cut: a frame must not hang. */
const MOST_TEXT = 2 << 20;
const REMOVED = 'script, base, meta[http-equiv], iframe, frame, object, embed, link:not([rel~="stylesheet"]), template';

/** Makes the document. */
export async function composePage(visited: Visited, read: PartReader): Promise<ComposedPage> {
  const type = visited.type.split(';', 1)[0]?.trim() ?? '';
  const page = documentOf(visited, type);
  const scripts = page.querySelectorAll('script:not([type="application/json"], [type="application/ld+json"])').length;
  for (const element of page.querySelectorAll(REMOVED)) element.remove();
  await embedParts(page, visited.address, partsWithin(read));
  completeLinks(page, visited.address);
  const head = page.createElement('head');
  head.append(...framePolicy(page, new URL(FRAME_SCRIPT, document.baseURI).href));
  page.head.prepend(...head.childNodes);
  return { html: `<!doctype html>${page.documentElement.outerHTML}`, title: page.title, scripts };
}

function documentOf({ body, status, address }: Visited, type: string): Document {
  const text = new TextDecoder().decode(body.subarray(0, MOST_TEXT));
  if (type === 'text/html' || type === 'application/xhtml+xml')
    return new DOMParser().parseFromString(text, 'text/html');
  const page = document.implementation.createHTMLDocument('');
  if (type.startsWith('image/')) {
    const image = page.createElement('img');
    image.src = dataAddress(type, body);
    page.body.append(image);
  } else if (/^text\/|\bjson\b|\bxml\b|javascript/.test(type) || (type === '' && isText(text))) {
    const block = page.createElement('pre');
    block.textContent = text;
    page.body.append(block);
  } else {
    const line = page.createElement('p');
    const what = body.byteLength === 0 ? 'no body' : `${body.byteLength} bytes of ${type === '' ? 'no type' : type}`;
    line.textContent = `${status}: ${new URL(address).pathname} has ${what}. A browser would download it.`;
    page.body.append(line);
  }
  return page;
}

function isText(text: string): boolean {
  return !text.includes('\0');
}

/** What the frame may do, and its script. */
function framePolicy(page: Document, frameScript: string): readonly Element[] {
  const policy = page.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; script-src ${frameScript}; form-action 'none'`;
  const script = page.createElement('script');
  script.src = frameScript;
  return [policy, script];
}

/** A reader that asks for each part once, and for no more than a page may have. */
function partsWithin(read: PartReader): PartReader {
  const known = new Map<string, Promise<Visited | undefined>>();
  let bytesLeft = MOST_BYTES;
  return (address) => {
    const there = known.get(address);
    if (there !== undefined) return there;
    if (known.size >= MOST_PARTS || bytesLeft <= 0) return Promise.resolve(undefined);
    const reading = read(address).then((part) => {
      bytesLeft -= part?.body.byteLength ?? 0;
      return part !== undefined && part.status < 400 && bytesLeft >= 0 ? part : undefined;
    });
    known.set(address, reading);
    return reading;
  };
}

/** Puts style sheets and images into the page. */
async function embedParts(page: Document, address: string, read: PartReader): Promise<void> {
  const work: Promise<void>[] = [];
  for (const link of page.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet"]')) {
    work.push(embedStyles(page, link, address, read));
  }
  for (const style of page.querySelectorAll('style')) {
    work.push(embedAddresses(style.textContent, address, read).then((text) => void (style.textContent = text)));
  }
  for (const element of page.querySelectorAll('img[src], input[type="image"][src]')) {
    element.removeAttribute('srcset');
    work.push(embedImage(element, 'src', address, read));
  }
  for (const element of page.querySelectorAll('source')) element.remove();
  for (const element of page.querySelectorAll('image[href]')) work.push(embedImage(element, 'href', address, read));
  await Promise.all(work);
}

async function embedStyles(page: Document, link: HTMLLinkElement, address: string, read: PartReader): Promise<void> {
  const target = resolved(link.getAttribute('href'), address);
  const part = target === undefined ? undefined : await read(target);
  if (part === undefined || target === undefined) {
    link.remove();
    return;
  }
  const style = page.createElement('style');
  style.textContent = await embedAddresses(new TextDecoder().decode(part.body), target, read);
  if (link.media !== '') style.media = link.media;
  link.replaceWith(style);
}

/** Style text with the images and fonts it names as data. */
async function embedAddresses(text: string, address: string, read: PartReader): Promise<string> {
  const pattern = /url\(\s*(["']?)(?!data:)([^"')]+)\1\s*\)/g;
  const found = new Map<string, string>();
  for (const [, , named = ''] of text.matchAll(pattern)) {
    const target = resolved(named, address);
    const part = target === undefined ? undefined : await read(target);
    found.set(named, part === undefined ? 'none' : `url("${dataAddress(part.type, part.body)}")`);
  }
  return text.replace(pattern, (_, _quote: string, named: string) => found.get(named) ?? 'none');
}

async function embedImage(element: Element, attribute: string, address: string, read: PartReader): Promise<void> {
  const named = element.getAttribute(attribute);
  if (named?.startsWith('data:') === true) return;
  const target = resolved(named, address);
  const part = target === undefined ? undefined : await read(target);
  if (part === undefined) element.removeAttribute(attribute);
  else element.setAttribute(attribute, dataAddress(part.type, part.body));
}

/** Links and forms lead where they would from the page's own address; those within the page stay as they are. */
function completeLinks(page: Document, address: string): void {
  for (const link of page.querySelectorAll('a[href], area[href]')) {
    const named = link.getAttribute('href') ?? '';
    link.removeAttribute('target');
    link.removeAttribute('ping');
    if (!named.startsWith('#')) link.setAttribute('href', resolved(named, address) ?? '#');
  }
  for (const form of page.querySelectorAll('form')) {
    form.removeAttribute('target');
    form.setAttribute('action', resolved(form.getAttribute('action') ?? '', address) ?? address);
  }
}

/** An address a frame may lead to; undefined for `javascript:` and its like. */
function resolved(named: string | null, address: string): string | undefined {
  if (named === null || !URL.canParse(named, address)) return undefined;
  const url = new URL(named, address);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}

function dataAddress(type: string, bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.byteLength; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return `data:${type === '' ? 'application/octet-stream' : type.replaceAll(/[",]/g, '')};base64,${btoa(binary)}`;
}

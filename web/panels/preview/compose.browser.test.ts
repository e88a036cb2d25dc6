import { describe, expect, it } from 'vitest';
import { composePage, type Visited } from './compose.ts';

const ADDRESS = 'http://localhost:8080/shop/index.html';

function visited(body: string, type = 'text/html', address = ADDRESS): Visited {
  return { address, status: 200, type, body: new TextEncoder().encode(body) };
}

/** The document of a page whose server has these other files. */
async function composed(html: string, files: Readonly<Record<string, Visited>> = {}): Promise<Document> {
  const page = await composePage(visited(html), (address) => Promise.resolve(files[address]));
  return new DOMParser().parseFromString(page.html, 'text/html');
}

describe('a page in the preview', () => {
  it('has no script but the one of the frame, and may reach nothing', async () => {
    const hostile = `<script>steal()</script><script src="//evil.test/x.js"></script><base href="//evil.test/">
      <meta http-equiv="refresh" content="0;url=//evil.test"><iframe src="//evil.test"></iframe><object data="x"></object>
      <link rel="preload" href="//evil.test/p"><p>text</p>`;
    const page = await composePage(visited(hostile), () => Promise.resolve(undefined));
    expect(page.scripts).toBe(2);
    const shown = new DOMParser().parseFromString(page.html, 'text/html');
    expect([...shown.scripts].map((script) => new URL(script.src).pathname)).toEqual([
      expect.stringMatching(/\/preview-frame\.js$/),
    ]);
    expect(shown.querySelector('base, iframe, object, link, meta[http-equiv="refresh"]')).toBeNull();
    const policy = shown.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
    expect(policy?.content).toMatch(/^default-src 'none'; /);
    expect(shown.head.firstElementChild).toBe(policy);
    expect(shown.body.textContent.trim()).toBe('text');
  });

  it('has its style sheets and images inside, those of other servers not at all', async () => {
    const shown = await composed(
      `<link rel="stylesheet" href="/s.css"><link rel="stylesheet" href="http://evil.test/e.css">
       <style>p{background:url("b.png")}</style><img src="a.png" srcset="c.png 2x"><img src="http://evil.test/t.gif">`,
      {
        'http://localhost:8080/s.css': visited('h1{background:url(i/x.png)}', 'text/css'),
        'http://localhost:8080/i/x.png': visited('x', 'image/png'),
        'http://localhost:8080/shop/a.png': visited('a', 'image/png'),
        'http://localhost:8080/shop/b.png': visited('b', 'image/png'),
      },
    );
    const [sheet, own] = shown.querySelectorAll('style');
    expect(sheet?.textContent).toBe('h1{background:url("data:image/png;base64,eA==")}');
    expect(own?.textContent).toBe('p{background:url("data:image/png;base64,Yg==")}');
    const sources = [...shown.images].map((image) => [image.getAttribute('src'), image.getAttribute('srcset')]);
    expect(sources).toEqual([
      ['data:image/png;base64,YQ==', null],
      [null, null],
    ]);
  });

  it('leads where it would from its own address, and nowhere by javascript:', async () => {
    const shown = await composed(
      `<a href="next.html" target="_top">n</a><a href="/up">u</a><a href="#here">h</a><a href="javascript:steal()">j</a>
       <a href="https://docs.test/">d</a><form action="find"></form><form></form>`,
    );
    expect([...shown.querySelectorAll('a')].map((link) => [link.getAttribute('href'), link.target])).toEqual([
      ['http://localhost:8080/shop/next.html', ''],
      ['http://localhost:8080/up', ''],
      ['#here', ''],
      ['#', ''],
      ['https://docs.test/', ''],
    ]);
    expect([...shown.forms].map((form) => form.getAttribute('action'))).toEqual([
      'http://localhost:8080/shop/find',
      ADDRESS,
    ]);
  });

  it('is text where the server sent text, a picture for a picture, and a word for what a browser downloads', async () => {
    const other = async (body: string, type: string): Promise<Document> => {
      const page = await composePage(visited(body, type), () => Promise.resolve(undefined));
      return new DOMParser().parseFromString(page.html, 'text/html');
    };
    expect((await other('{"a":"<b>"}', 'application/json')).querySelector('pre')?.textContent).toBe('{"a":"<b>"}');
    expect((await other('x', 'image/png')).images[0]?.src).toBe('data:image/png;base64,eA==');
    expect((await other('PK', 'application/zip')).body.textContent).toContain('2 bytes of application/zip');
  });
});

/** Names the page's own code in index.html, so that it is on its way while the shell is painted. */
import type { HtmlTagDescriptor, Plugin } from 'vite';

const START = '/web/start.ts';

/** The chunk that holds `web/start.ts`, all it imports, and their style sheets, as preloads. */
export function preloadStart(): Plugin {
  return {
    name: 'strata:preload-start',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const start = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(START));
        if (start === undefined) throw new Error(`${START} is no chunk of its own: nothing to preload.`);
        const needed = new Set([start]);
        // A set hands out what is added to it meanwhile: the imports of imports come too.
        for (const { imports } of needed) {
          for (const chunk of chunks) if (imports.includes(chunk.fileName)) needed.add(chunk);
        }
        const styles = new Set([...needed].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]));
        return [
          ...[...needed].map(({ fileName }) => preload({ rel: 'modulepreload', href: `./${fileName}` })),
          ...[...styles].map((fileName) => preload({ rel: 'preload', as: 'style', href: `./${fileName}` })),
        ];
      },
    },
  };
}

function preload(attributes: Readonly<Record<string, string>>): HtmlTagDescriptor {
  return { tag: 'link', attrs: { crossorigin: true, ...attributes }, injectTo: 'head' };
}

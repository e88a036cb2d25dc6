/** Lists of the in-page registry: tags of a repository, repositories; in pages (distribution-spec, "Content Discovery"). */
import { answerJson, refuse } from './answers.ts';
import type { RegistryRequest, Route } from './server.ts';

/** Repositories a page has where the client does not say how many. */
const CATALOG_PAGE = 100;

export function listRoutes(): readonly Route[] {
  async function tags(request: RegistryRequest): Promise<Response> {
    const { storage, name } = request;
    const known = storage.tags(name);
    if (known === undefined) return refuse('NAME_UNKNOWN', { detail: { name } });
    return page(request, 'tags', known, known.length, { name });
  }

  async function catalog(request: RegistryRequest): Promise<Response> {
    return page(request, 'repositories', request.storage.repositories(), CATALOG_PAGE, {});
  }

  return [
    { pattern: /^\/v2\/_catalog$/, methods: { GET: catalog } },
    { pattern: /^\/v2\/(?<name>.+)\/tags\/list$/, methods: { GET: tags } },
  ];
}

/** The names after `last`, `n` of them, with a `Link` to the next page where there is one. */
function page(
  { url }: RegistryRequest,
  field: string,
  names: readonly string[],
  defaultSize: number,
  head: object,
): Response {
  const asked = url.searchParams.get('n');
  if (asked !== null && !/^\d+$/.test(asked)) return refuse('PAGINATION_NUMBER_INVALID', { detail: { n: asked } });
  const last = url.searchParams.get('last') ?? '';
  const rest = names.filter((name) => name > last);
  const size = asked === null ? defaultSize : Number(asked);
  const shown = rest.slice(0, size);
  const next = new URLSearchParams({ last: shown.at(-1) ?? last, n: String(size) });
  const more = shown.length > 0 && shown.length < rest.length;
  return answerJson(
    { ...head, [field]: shown },
    more ? { link: `<${url.pathname}?${next.toString()}>; rel="next"` } : {},
  );
}

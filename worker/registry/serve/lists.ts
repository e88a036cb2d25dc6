/** Lists of the in-page registry: tags of a repository, repositories; in pages (distribution-spec, "Content Discovery"). */
import { answerJson, refuse } from './answers.ts';
import type { RegistryRequest, RegistryServerOptions, Route } from './server.ts';

export function listRoutes({ repositories }: RegistryServerOptions): readonly Route[] {
  async function tags(request: RegistryRequest): Promise<Response> {
    const record = await repositories.get(request.name);
    if (record === undefined) return refuse('NAME_UNKNOWN', 'repository name not known to registry');
    return page(request, 'tags', Object.keys(record.tags).sort(), { name: request.name });
  }

  async function catalog(request: RegistryRequest): Promise<Response> {
    return page(request, 'repositories', [...(await repositories.names())].sort(), {});
  }

  return [
    { pattern: /^\/v2\/_catalog$/, methods: { GET: catalog } },
    { pattern: /^\/v2\/(?<name>.+)\/tags\/list$/, methods: { GET: tags } },
  ];
}

/** The names after `last`, `n` of them, with a `Link` to the next page where there is one. */
function page({ url }: RegistryRequest, field: string, names: readonly string[], head: object): Response {
  const last = url.searchParams.get('last') ?? '';
  const asked = url.searchParams.get('n');
  const rest = names.filter((name) => name > last);
  const size = asked === null || !/^\d+$/.test(asked) ? rest.length : Number(asked);
  const shown = rest.slice(0, size);
  const next = new URLSearchParams({ n: String(size), last: shown.at(-1) ?? last });
  const more = shown.length > 0 && shown.length < rest.length;
  return answerJson(
    { ...head, [field]: shown },
    more ? { link: `<${url.pathname}?${next.toString()}>; rel="next"` } : {},
  );
}

/**
 * The grammar of image references, rule by rule (distribution/reference, "reference.go"):
 *
 *     reference      := name [ ":" tag ] [ "@" digest ]
 *     name           := [domain '/'] path-component ['/' path-component]*
 *     domain         := host [':' port-number]        host := domain-name | IPv4 | "[" IPv6 "]"
 *     path-component := alpha-numeric [separator alpha-numeric]*     separator := [_.]|__|[-]*
 *     tag            := [\w][\w.-]{0,127}
 */
const DOMAIN_COMPONENT = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const IPV6 = '\\[(?:[a-fA-F0-9:]+)\\]';
const DOMAIN = `(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|${IPV6})(?::[0-9]+)?`;
const PATH_COMPONENT = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const PATH = `${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`;
const NAME = `(?:(${DOMAIN})/)?(${PATH})`;
const TAG = '[\\w][\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';

/** Groups: the domain with its port. */
export const DOMAIN_RULE = new RegExp(`^${DOMAIN}$`);
/** Groups: domain (or nothing), path. */
export const NAME_RULE = new RegExp(`^${NAME}$`);
/** Groups: domain (or nothing), path, tag, digest. */
export const REFERENCE_RULE = new RegExp(`^${NAME}(?::(${TAG}))?(?:@(${DIGEST}))?$`);
/** A whole image ID: 64 hexadecimal digits. */
export const IDENTIFIER_RULE = /^[a-f0-9]{64}$/;

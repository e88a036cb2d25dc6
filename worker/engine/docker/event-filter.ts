/**
 * `docker events --filter`: which events are told. As in the daemon, a filter of a kind of object goes by the actor's ID or name,
 * whatever the actor is; a filter it does not know holds for all.
 */
import type { EngineEvent, Filters } from './api.ts';
import { matchesExactly, matchesLabels } from './filters.ts';

/** Where every event here happens. */
const SCOPE = 'local';
/** Kinds whose filter goes by ID or name, or how these begin. */
const NAMED = ['config', 'container', 'daemon', 'network', 'node', 'plugin', 'secret', 'service', 'volume'];
/** Actions told with a command or a status behind a colon; asking for one of them makes all filters match beginnings. */
const WITH_DETAILS = ['exec_create', 'exec_start', 'health_status'];

export function matchesEvent(filters: Filters, event: EngineEvent): boolean {
  const { Type, Actor } = event;
  return (
    matchesExactly(filters, 'type', Type) &&
    matchesExactly(filters, 'scope', SCOPE) &&
    matchesAction(filters, event) &&
    NAMED.every((kind) => matchesName(filters, kind, event)) &&
    matchesImage(filters, event) &&
    matchesLabels(filters, Actor.Attributes)
  );
}

function matchesAction(filters: Filters, { Action }: EngineEvent): boolean {
  const wanted = filters.get('event') ?? [];
  if (wanted.some((action) => WITH_DETAILS.includes(action))) return beginsWithOne(wanted, Action);
  return wanted.length === 0 || wanted.includes(Action);
}

function matchesName(filters: Filters, kind: string, { Actor }: EngineEvent): boolean {
  const wanted = filters.get(kind) ?? [];
  return (
    wanted.length === 0 || beginsWithOne(wanted, Actor.ID) || beginsWithOne(wanted, Actor.Attributes['name'] ?? '')
  );
}

function matchesImage(filters: Filters, { Type, Actor }: EngineEvent): boolean {
  const wanted = filters.get('image') ?? [];
  const name = Actor.Attributes[Type === 'image' ? 'name' : 'image'] ?? '';
  return (
    wanted.length === 0 || [Actor.ID, name, withoutTag(Actor.ID), withoutTag(name)].some((own) => wanted.includes(own))
  );
}

function beginsWithOne(wanted: readonly string[], text: string): boolean {
  return wanted.some((one) => text.startsWith(one));
}

/** An image's name without tag and digest. */
function withoutTag(name: string): string {
  return name.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}

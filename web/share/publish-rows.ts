/** The layers of a push as rows: what was found out before it, and what is under way. */
import type { PlannedLayer, PublishPlan, StatusItem } from '../../worker/api/types.ts';
import { formatBytes } from '../ui/format.ts';

export interface PublishRow {
  readonly diffID: string;
  readonly instruction: string;
  /** In a few words. */
  readonly state: string;
  readonly tone: 'there' | 'send' | 'moving' | 'done';
  readonly amount: string;
  /** Of a layer that is on its way: a bar, of unknown length where `totalBytes` is 0. */
  readonly bar?: { readonly currentBytes: number; readonly totalBytes: number };
}

/** Rows from the top of the image down, as the stack stands. `statuses` are those of the push, if it began. */
export function publishRows(plan: PublishPlan, statuses: readonly StatusItem[]): readonly PublishRow[] {
  const byLayer = new Map(statuses.map((status) => [status.id, status]));
  return plan.layers.map((layer) => rowOf(layer, byLayer.get(layer.diffID))).reverse();
}

function rowOf(layer: PlannedLayer, status: StatusItem | undefined): PublishRow {
  const { diffID, instruction } = layer;
  if (status === undefined) return { diffID, instruction, amount: plannedAmount(layer), ...plannedState(layer) };
  const { action = '', current, total, completedMs } = status;
  if (completedMs !== undefined) {
    return { diffID, instruction, state: action, tone: 'done', amount: total > 0 ? formatBytes(total) : '' };
  }
  const waits = action.startsWith('Retrying');
  return {
    diffID,
    instruction,
    state: action === 'Preparing' ? 'Compressing or asking' : action,
    tone: 'moving',
    amount: total > 0 ? `${formatBytes(current)} of ${formatBytes(total)}` : '',
    ...(waits ? {} : { bar: { currentBytes: current, totalBytes: total } }),
  };
}

function plannedState({ state, from }: PlannedLayer): Pick<PublishRow, 'state' | 'tone'> {
  switch (state) {
    case 'present':
      return { state: 'already there', tone: 'there' };
    case 'mount':
      return { state: `there as ${from ?? 'another repository'}`, tone: 'there' };
    case 'send':
      return { state: 'to send', tone: 'send' };
    case 'unknown':
      return { state: 'not known', tone: 'send' };
  }
}

function plannedAmount({ compressedBytes, sizeBytes }: PlannedLayer): string {
  return compressedBytes === undefined ? `${formatBytes(sizeBytes)} unpacked` : formatBytes(compressedBytes);
}

/** What else of the push is told, beside its layers: config and manifest, where they have to wait. */
export function publishWaits(plan: PublishPlan, statuses: readonly StatusItem[]): readonly string[] {
  const layers = new Set(plan.layers.map(({ diffID }) => diffID));
  return statuses.flatMap(({ id, action = '' }) => (layers.has(id) || action === '' ? [] : [`${id}: ${action}`]));
}

/** What a push has to send, in a sentence. */
export function publishSummary({ layers, replaces, tag }: PublishPlan): string {
  const send = layers.filter(({ state }) => state === 'send');
  const known = send.every(({ compressedBytes }) => compressedBytes !== undefined);
  const bytes = send.reduce((sum, { compressedBytes, sizeBytes }) => sum + (compressedBytes ?? sizeBytes), 0);
  const amount = `${formatBytes(bytes)}${known ? '' : ' before compression'}`;
  const layersText =
    send.length === 0
      ? 'All layers are there already.'
      : `${send.length} of ${layers.length} layers to send, ${amount}.`;
  return replaces === undefined ? layersText : `${layersText} The tag ${tag} is taken: it will move to this image.`;
}

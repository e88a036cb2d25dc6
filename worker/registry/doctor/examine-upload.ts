/** What of a push the page can see: where to send a blob, and how far one got. An upload is opened, and given up. */
import { asEngineError } from '../../base/errors.ts';
import { cancelSession, openSession, sessionState, type UploadSession, type UploadTarget } from '../upload-session.ts';
import type { Finding } from './diagnosis.ts';
import type { Examination } from './examine.ts';

/** Where the upload is tried that nobody wants; nothing of it stays. */
const PROBE_PATH = 'strata/cors-probe';

const LOCATION = 'Access-Control-Expose-Headers: Location';
const RANGE = 'Access-Control-Expose-Headers: Range';

export async function examineUpload({ client, endpoint, path, job }: Examination): Promise<readonly Finding[]> {
  const target: UploadTarget = { client, repository: { endpoint, path: path ?? PROBE_PATH }, job };
  let session: UploadSession;
  try {
    session = await openSession(target);
  } catch (error) {
    job.budget.throwIfCancelled();
    return [uploadRefused(asEngineError(error))];
  }
  const location: Finding = {
    title: LOCATION,
    state: 'ok',
    detail: 'The page sees where to send a blob.',
    neededFor: ['push'],
  };
  const findings = [location, await examineRange(target, session)];
  // a courtesy: the session lapses in any case
  await cancelSession(target, session.location.href).catch(() => undefined);
  return findings;
}

function uploadRefused({ code, message, data }: ReturnType<typeof asEngineError>): Finding {
  if (code === 'cors' && data['header'] === 'Location') {
    const detail = 'The registry accepts an upload and tells in Location where to send it, which the browser hides.';
    return { title: LOCATION, state: 'missing', detail, neededFor: ['push'] };
  }
  const advice = code === 'unauthorized' || code === 'denied' ? ' Log in, then look again.' : '';
  const detail = `Not tried: the registry does not let an upload begin (${message}).${advice}`;
  return { title: LOCATION, state: 'unknown', detail, neededFor: ['push'] };
}

async function examineRange(target: UploadTarget, session: UploadSession): Promise<Finding> {
  const state = await sessionState(target, session).catch(() => undefined);
  target.job.budget.throwIfCancelled();
  return state === undefined
    ? {
        title: RANGE,
        state: 'slower',
        detail: 'The page cannot see how much of a blob arrived: one that breaks off begins anew.',
        neededFor: [],
      }
    : { title: RANGE, state: 'ok', detail: 'An upload that breaks off can go on where it stopped.', neededFor: [] };
}

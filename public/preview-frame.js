// Runs in the preview's frame, the only script that may: links and forms of the shown page are told to Strata, which asks the
// container's server. The frame is of no origin and can reach nothing itself (web/panels/preview/compose.ts).
addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href], area[href]') : null;
  const address = link?.getAttribute('href') ?? '#';
  if (address.startsWith('#')) return;
  event.preventDefault();
  parent.postMessage({ kind: 'follow', address }, '*');
});

addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, event.submitter))
    if (typeof value === 'string') fields.append(name, value);
  const method = (form.getAttribute('method') ?? 'get').toUpperCase() === 'POST' ? 'POST' : 'GET';
  parent.postMessage(
    { kind: 'submit', address: form.getAttribute('action') ?? '', method, fields: String(fields) },
    '*',
  );
});

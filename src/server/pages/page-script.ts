/**
 * What the pages do by themselves: follow a run by its events, look for new incidents, and send what is asked. What comes from the
 * server becomes text, or a page that the server has escaped; nothing is put together from markup here.
 */
export const PAGE_SCRIPT = `'use strict';
const token = document.querySelector('meta[name=page-token]')?.content;
const said = document.getElementById('said');
const live = () => document.getElementById('live');

async function post(path, body) {
  const headers = { ...(token ? { 'x-page-token': token } : {}), ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await fetch(path, { method: 'POST', headers, body: body && JSON.stringify(body) });
  if (answer.ok) return answer.status === 204 ? {} : answer.json();
  const { message } = await answer.json().catch(() => ({ message: 'The server answered with ' + answer.status + '.' }));
  throw new Error(message);
}

function attempt(work) {
  said.textContent = '';
  work().catch((error) => { said.textContent = error.message; });
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const main = fresh.querySelector('main');
  if (live()?.dataset.live === 'list') {
    const list = fresh.getElementById('live');
    if (list && list.innerHTML !== live().innerHTML) live().replaceWith(list);
    return;
  }
  if (main) document.querySelector('main').replaceWith(main);
  document.title = fresh.title;
}

function follow(id) {
  const events = new EventSource('/api/v1/incidents/' + encodeURIComponent(id) + '/events');
  const tell = (text) => {
    const steps = document.getElementById('steps');
    if (!steps) return;
    const step = document.createElement('li');
    step.textContent = text;
    steps.append(step);
  };
  events.addEventListener('stage-completed', ({ data }) => { const { stage, summary } = JSON.parse(data); tell(stage + ': ' + summary); });
  events.addEventListener('finding-added', ({ data }) => { tell('found: ' + JSON.parse(data).finding.statement); });
  events.addEventListener('incident-closed', () => { events.close(); attempt(refresh); });
}

const kind = live()?.dataset.live;
if (kind === 'incident') follow(live().dataset.incident);
if (kind === 'list') setInterval(() => { if (!document.hidden) refresh().catch(() => {}); }, 5000);

document.getElementById('ask')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const { description, namespace } = Object.fromEntries(new FormData(event.target));
  attempt(async () => {
    const { incident_id } = await post('/api/v1/incidents', { description, ...(namespace ? { namespace } : {}) });
    location.assign('/incidents/' + encodeURIComponent(incident_id));
  });
});

document.addEventListener('click', ({ target }) => {
  if (target.id === 'sign-out') attempt(async () => { await post('/sign-out'); location.assign('/'); });
  const action = target.dataset?.post;
  if (!action) return;
  attempt(async () => {
    const { incident_id } = await post('/api/v1/incidents/' + encodeURIComponent(live().dataset.incident) + '/' + action);
    if (action === 'rerun') location.assign('/incidents/' + encodeURIComponent(incident_id));
  });
});
`;

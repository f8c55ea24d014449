import * as z from 'zod';
import { isApiKey } from '../../auth/api-key.ts';
import type { Answer } from '../../http/route.ts';
import { incidentPage } from '../pages/incident-page.ts';
import { incidentsPage } from '../pages/incidents-page.ts';
import { PAGE_SCRIPT } from '../pages/page-script.ts';
import { PAGE_STYLE } from '../pages/page-style.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import { type Asked, type Route, route, type ServerParts } from '../route.ts';
import { sessionCookie, sessionIn } from '../session-cookie.ts';
import { isPlaceInList, visibleIncident } from '../visible-incident.ts';

const ON_A_PAGE = 50;
const OWN_PATH = /^\/(?:incidents\/[\w-]{1,40})?$/;
const asset = { 'cache-control': 'public, max-age=300' };

const getIncidents = route({
  method: 'GET',
  path: '/',
  summary: 'The page of all incidents, or the one to sign in on',
  needs: 'everybody',
  query: z.object({ before: z.string().max(100).optional() }),
  answers: { 200: { what: 'a page', type: 'text/html' } },
  handle: async ({ principal, query: { before }, headers }, { store, sessions }) => {
    if (principal === undefined) return signInPage('/', false);
    const { namespaces } = principal;
    const behind = before !== undefined && (await isPlaceInList(store, before, principal)) ? { before } : {};
    const rows = await store.list({ ...(namespaces === null ? {} : { within: namespaces }), ...behind, limit: ON_A_PAGE + 1 });
    const incidents = rows.slice(0, ON_A_PAGE);
    const older = rows.length > ON_A_PAGE ? (incidents.at(-1)?.incident_id ?? null) : null;
    return incidentsPage({ incidents, older, principal, token: tokenOf(headers, sessions) });
  },
});

const getIncidentPage = route({
  method: 'GET',
  path: '/incidents/{id}',
  summary: 'The page of one incident, live until it has ended',
  needs: 'everybody',
  answers: { 200: { what: 'a page', type: 'text/html' }, 404: { what: 'there is none, or the key may not see it' } },
  handle: async ({ principal, params, headers }, { store, sessions }) => {
    const id = params['id'] ?? '';
    if (principal === undefined) return signInPage(ownPath(`/incidents/${id}`), false);
    return incidentPage({ ...(await visibleIncident(store, id, principal)), principal, token: tokenOf(headers, sessions) });
  },
});

const signIn = route({
  method: 'POST',
  path: '/sign-in',
  summary: 'Opens a session of a browser for who holds a key or a token',
  needs: 'everybody',
  takesForms: true,
  body: z.object({ key: z.string().trim().max(8_192), next: z.string().max(200).default('/') }),
  answers: { 303: { what: 'signed in: to the page that was wanted' }, 401: { what: 'nobody is known by it', type: 'text/html' } },
  handle: async ({ body: { key, next }, address }, { sessions, isTls, refusals }) => {
    // Only a token costs somebody else's time; a key is looked up here.
    if (!isApiKey(key)) refusals.check(address);
    const session = await sessions?.open(key);
    if (session !== undefined) return seeOther(ownPath(next), sessionCookie(session.value, session.seconds, isTls));
    refusals.take(address);
    return signInPage(ownPath(next), true);
  },
});

const signOut = route({
  method: 'POST',
  path: '/sign-out',
  summary: 'Has the browser forget its session',
  needs: 'viewer',
  answers: { 204: { what: 'it is forgotten' } },
  handle: (_asked, { isTls }) => ({ status: 204, headers: { 'set-cookie': sessionCookie('', 0, isTls) } }),
});

const getStyle = file('/assets/page.css', 'text/css', PAGE_STYLE);
const getScript = file('/assets/page.js', 'text/javascript', PAGE_SCRIPT);

/** What a browser is shown. They are no part of the API, and so not of its document. */
export const PAGES: readonly Route[] = [getIncidents, getIncidentPage, signIn, signOut, getStyle, getScript];

function file(path: string, type: string, body: string): Route {
  const headers = { ...asset, 'content-type': `${type}; charset=utf-8` };
  return route({
    method: 'GET',
    path,
    summary: 'A file of the pages',
    needs: 'everybody',
    answers: { 200: { what: 'text', type } },
    handle: () => ({ status: 200, headers, body }),
  });
}

function tokenOf({ cookie }: Asked['headers'], sessions: ServerParts['sessions']): string | undefined {
  const session = typeof cookie === 'string' ? sessionIn(cookie) : undefined;
  return session === undefined ? undefined : sessions?.tokenOf(session);
}

/** Only to pages of ours: an address from a form could lead anywhere. */
function ownPath(path: string): string {
  return OWN_PATH.test(path) ? path : '/';
}

function seeOther(location: string, cookie: string): Answer {
  return { status: 303, headers: { location, 'set-cookie': cookie } };
}

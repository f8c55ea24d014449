/** What any process that shares the store did: an incident holds more, one waits, one is to be stopped. */
export type StoreChange = { readonly type: 'changed' | 'cancel'; readonly incidentId: string } | { readonly type: 'waiting' };

/** Where processes that share a store tell each other; what is missed while the connection is cut is found by looking. */
export interface StoreChanges extends AsyncDisposable {
  listen(told: (change: StoreChange) => void): void;
}

/** What any process that shares the store did: an incident holds more, one waits, one is to be stopped; an answer holds more. */
export type StoreChange =
  | { readonly type: 'changed' | 'cancel'; readonly incidentId: string }
  | { readonly type: 'waiting' }
  | { readonly type: 'answer'; readonly answerId: string };

/** Where processes that share a store tell each other; what is missed while the connection is cut is found by looking. */
export interface StoreChanges extends AsyncDisposable {
  listen(told: (change: StoreChange) => void): void;
}

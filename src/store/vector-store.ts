/** Where vectors of texts are kept, by the key of a text. */
export interface VectorStore {
  vectors(model: string, keys: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>;
  keepVectors(model: string, vectors: ReadonlyMap<string, readonly number[]>): Promise<void>;
}

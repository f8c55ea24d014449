/** What a model may be told and may answer, free of any provider's spelling. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it. */
  readonly arguments: string;
  /** What the provider hung on a call and wants back with it: thought signatures. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls?: readonly ToolCall[]; readonly reasoning?: string }
  | { readonly role: 'tool'; readonly callId: string; readonly name: string; readonly content: string };

export interface ToolOffer {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly parameters: JsonSchema;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ToolOffer[];
  /** An answer of this shape is wanted; never together with tools. */
  readonly schema?: { readonly name: string; readonly schema: JsonSchema };
  /** Tokens of the answer at most. */
  readonly maxTokens?: number;
}

export interface Usage {
  readonly input: number;
  readonly output: number;
  /** The provider did not count; we did. */
  readonly estimated: boolean;
}

export interface ChatReply {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly reasoning?: string;
  readonly usage: Usage;
  /** The answer ends where the limit of tokens was reached. */
  readonly cut: boolean;
  /** What a person should know of how it came about. */
  readonly warnings: readonly string[];
}

/** The one way to a model. Throws coded errors LLM_…, and the reason of `signal`. */
export interface ChatEndpoint {
  readonly model: string;
  /** The address, for people. */
  readonly label: string;
  chat(request: ChatRequest, signal: AbortSignal): Promise<ChatReply>;
}

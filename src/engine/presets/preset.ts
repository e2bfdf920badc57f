/** The contract of a preset: the defaults of a real server, as far as this engine can express it. */

export interface Preset {
  readonly name: string;
  readonly summary: string;
  /** Where the defaults are from, and what of that server the engine does not express. */
  readonly source: string;
  /**
   * Entries of `engine:` as a user would write them. `kvCache` holds only when the scenario says how many
   * blocks there are: that depends on the GPU and the model, never on the server.
   */
  readonly engine: Readonly<Record<string, unknown>>;
}

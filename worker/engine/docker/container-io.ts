/** Streams between a container's process and whoever is attached to it. */

export interface ContainerIO {
  /** Absent: the process reads end of file. */
  readonly stdin?: ReadableStream<Uint8Array>;
  /** A promise returned makes the process wait. */
  readonly stdout?: (data: Uint8Array) => void | Promise<void>;
  readonly stderr?: (data: Uint8Array) => void | Promise<void>;
  /** Ends the attachment; the process goes on. */
  readonly signal?: AbortSignal;
  /** The terminal's size, where a terminal is attached. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
}

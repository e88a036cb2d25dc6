/** A golden record: what an engine made of one build case, in the shape the recorder writes. */

/** One entry of a layer's tar. */
export interface LayerRow {
  readonly path: string;
  readonly type: string;
  /** Octal digits. */
  readonly mode?: string | number;
  readonly uid?: number;
  readonly gid?: number;
  /** Of a file. */
  readonly size?: number;
  readonly sha256?: string;
  /** Of a link. */
  readonly target?: string;
}

export interface HistoryRow {
  readonly created_by?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

export interface BuildRecord {
  /** 0 for a build that made an image. */
  readonly exit: number;
  /** Of a failed build: its last message, and the lines of the Dockerfile it was shown at. */
  readonly error?: string;
  readonly lines?: readonly number[];
  /** Whether the layers of busybox were cut off. */
  readonly base?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly author?: string;
  readonly history?: readonly HistoryRow[];
  readonly layers?: readonly (readonly LayerRow[])[];
}

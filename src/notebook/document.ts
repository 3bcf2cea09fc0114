/** A JSON object whose values are not looked at closer. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What a notebook shows of one value: MIME type → data. Text is one string; JSON types hold any JSON value. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A notebook document, nbformat 4. Names are those of the format; text is one string, never a list of lines. */
export interface Notebook {
  readonly nbformat: 4;
  readonly nbformat_minor: number;
  readonly metadata: JsonObject;
  readonly cells: readonly Cell[];
}

/** A cell of a notebook; `cell_type` tells which. */
export type Cell = CodeCell | TextCell;

interface CellBase {
  /** Present from nbformat 4.5 on. */
  readonly id?: string;
  readonly metadata: JsonObject;
  readonly source: string;
}

/** A cell with code, and what it put out when it last ran. */
export interface CodeCell extends CellBase {
  readonly cell_type: 'code';
  /** The number of the run, null when the cell has not run. */
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

/** A cell with prose (`markdown`) or with text that is passed through (`raw`). */
export interface TextCell extends CellBase {
  readonly cell_type: 'markdown' | 'raw';
  /** Pictures that the prose refers to as `attachment:name`. */
  readonly attachments?: Readonly<Record<string, MimeBundle>>;
}

/** One output of a code cell; `output_type` tells which. */
export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

/** Text that a cell wrote to `stdout` or `stderr`. */
export interface StreamOutput {
  readonly output_type: 'stream';
  readonly name: string;
  readonly text: string;
}

/** A value that a cell displayed. */
export interface DisplayOutput {
  readonly output_type: 'display_data';
  readonly data: MimeBundle;
  readonly metadata: JsonObject;
}

/** The value of a cell's last expression. */
export interface ResultOutput {
  readonly output_type: 'execute_result';
  readonly execution_count: number | null;
  readonly data: MimeBundle;
  readonly metadata: JsonObject;
}

/** The error that ended a cell. */
export interface ErrorOutput {
  readonly output_type: 'error';
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Returns whether a MIME type holds JSON: `application/json` and every `application/…+json`. */
export function isJsonMime(mime: string): boolean {
  return mime === 'application/json' || (mime.startsWith('application/') && mime.endsWith('+json'));
}

/** The parts of `process` that a run touches; tests give their own. */
export interface Terminal {
  argv: string[];
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stdin?: NodeJS.ReadableStream;
}

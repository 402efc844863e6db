/** The parts of `process` that a run touches; tests give their own. */
export interface Terminal {
  argv: string[];
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stdin?: NodeJS.ReadableStream;
}

/** The terminal as commands have it: see src/cli/safe.ts. */
export interface SafeTerminal extends Terminal {
  /** What a command writes where it means ESC: an ESC in a text stays a picture of one. */
  escape: string;
}

/** Colours for what is printed; where there is no terminal they change nothing. */
export type Color = Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>;

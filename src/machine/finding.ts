/** How one thing was found: fit, worth knowing, or in the way of every run. */
export type State = 'ok' | '注意' | '错误';

/** One line of `mzreport doctor`. */
export interface Finding {
  /** What was looked at, a few Chinese words. */
  name: string;
  state: State;
  /** What was found. */
  found: string;
  /** What to do; null where nothing needs to be done. */
  advice: string | null;
}

/** Nothing to be done. */
export const toFit = (name: string, found: string): Finding => ({ name, state: 'ok', found, advice: null });

import type { Event } from '../batch/index.ts';
import type { SafeTerminal } from '../terminal.ts';

/** More would not fit into a line. */
const SHOWN = 3;

/** One line on the terminal that says which jobs run and for how long; nothing where nobody looks. */
export function createStatus(terminal: SafeTerminal, silent: boolean, now: () => Date) {
  /** To the beginning of the line, which is emptied. */
  const line = `${terminal.escape}[G${terminal.escape}[K`;
  const running = new Map<string, Date>();
  const off = silent || !terminal.stderr.isTTY;
  let total = 0;
  let ended = 0;
  let shown = false;
  const clear = () => {
    if (shown) terminal.stderr.write(line);
    shown = false;
  };
  const show = () => {
    if (off || running.size === 0) return;
    const jobs = [...running]
      .slice(0, SHOWN)
      .map(([name, from]) => `${name}（${Math.floor((now().getTime() - from.getTime()) / 1000)}秒）`);
    terminal.stderr.write(
      `${line}已结束${ended}/${total}，正在做 ${jobs.join('、')}${running.size > SHOWN ? `等${running.size}个` : ''}`,
    );
    shown = true;
  };
  const timer = off ? null : setInterval(show, 1000).unref();
  return {
    see: (event: Event) => {
      if (event.event === 'start') total = event.jobs.length;
      if (event.event === 'job-start') running.set(event.job, now());
      if (event.event === 'job-end' && running.delete(event.job)) ended += 1;
      if (event.event === 'end' && timer) clearInterval(timer);
      show();
    },
    clear,
  };
}

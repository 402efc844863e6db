import { expect, it } from 'vitest';
import type { Event } from '../../src/batch/index.ts';
import { createStatus } from '../../src/cli/status.ts';

const write = (isTTY: boolean) => {
  const written: string[] = [];
  const stderr = { write: (text: string) => written.push(text), isTTY };
  let now = 0;
  const status = createStatus(
    { argv: [], stdout: stderr, stderr, escape: '<ESC>' },
    false,
    () => new Date(now * 1000),
  );
  const jobs = ['甲县', '乙县', '丙县', '丁县', '戊县'];
  status.see({ event: 'start', plan: '计划.yaml', year: null, jobs, parallel: 5 });
  for (const job of jobs) {
    now += 1;
    status.see({ event: 'job-start', job });
  }
  status.clear();
  status.see({ event: 'job-end', job: '甲县' } as Event);
  status.clear();
  const verdict = { done: 5, unchanged: 0, failed: [], doubtful: [], seconds: 5 };
  status.see({ event: 'end', verdict });
  status.clear();
  return written;
};

it('says on one line of a terminal which jobs run and for how long, and empties it', () => {
  const written = write(true);
  expect(written).toContain('<ESC>[G<ESC>[K已结束0/5，正在做 甲县（1秒）、乙县（0秒）');
  expect(written).toContain('<ESC>[G<ESC>[K已结束1/5，正在做 乙县（3秒）、丙县（2秒）、丁县（1秒）等4个');
  expect(written.at(-1)).toBe('<ESC>[G<ESC>[K');
});

it('says nothing where nobody looks', () => {
  expect(write(false)).toEqual([]);
});

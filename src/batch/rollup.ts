import { join } from 'node:path';
import type { JobResult } from './manifest.ts';
import type { Job, Plan } from './plan.ts';

/** The roll-up over what the jobs have written; it names the counties of which there is nothing. */
export function toRollupJob(rollup: Job, plan: Plan, results: Map<string, JobResult>): Job {
  const places = [...new Set(plan.jobs.map(({ place }) => place))];
  const inputs = places.flatMap((place) => {
    // A county may have several documents: the first one's figures are all that there are.
    const name = plan.jobs.find((job) => job.place === place)?.name ?? '';
    const { status, outputs } = results.get(name) ?? { status: 'failed', outputs: [] };
    const facts = outputs.find(({ path }) => path.endsWith('.facts.json'));
    return status === 'failed' || facts === undefined ? [] : [join(plan.out, facts.path)];
  });
  return { ...rollup, inputs, extra: { ...rollup.extra, expect: places.join(',') } };
}

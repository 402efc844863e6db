import type { Problem } from '../model.ts';
import { findPaymentsAfterEnd } from './ended.ts';
import { findExclusions } from './exclusive.ts';
import { findOutliers } from './outlier.ts';
import { findOverviewProblems } from './overview.ts';
import { findRepeated } from './repeated.ts';
import type { Scope } from './scope.ts';
import { findSubtotalProblems } from './totals.ts';

/** What one who knows the business would ask back about the data of a period. Nothing is changed or left out. */
export async function check(scope: Scope): Promise<Problem[]> {
  const problems = [
    ...(await findOverviewProblems(scope)),
    ...(await findRepeated(scope)),
    ...(await findOutliers(scope)),
    ...(await findPaymentsAfterEnd(scope)),
    ...(await findExclusions(scope)),
    ...(await findSubtotalProblems(scope)),
  ];
  return problems.map(withoutId);
}

/** A check knows the sheet by its number, which means nothing once the run is over and has no place in the facts. */
function withoutId({ id: _, ...problem }: Problem & { id?: number }): Problem {
  return problem;
}

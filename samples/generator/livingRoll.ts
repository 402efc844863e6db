import { type Bureau, idHeads, lay } from './bureau.ts';
import { dateIn } from './calendar.ts';
import type { Grid } from './grid.ts';
import type { Household, Member } from './households.ts';
import { addUp, countDistinct, countRows, type Figures } from './ledger.ts';
import { coveredColumn, headIdColumn, householdColumns } from './livingColumns.ts';
import { type Column, sequence } from './table.ts';

interface RollRow {
  household: Household;
  member: Member;
}

interface Change {
  household: Household;
  kind: string;
  date: string;
  reason: string;
}

function categoryOf({ household, member }: RollRow): string {
  if (!member.covered) return '';
  return household.alone ? '重残重病单列' : '普通';
}

const rollColumns: Column<RollRow>[] = [
  ...householdColumns<RollRow>(),
  { heads: ['姓名', '家庭成员姓名', '成员姓名'], value: ({ member }) => member.person.name },
  { heads: idHeads, value: ({ member }) => member.person.id },
  { heads: ['与户主关系', '户主关系', '关系'], value: ({ member }) => member.relation },
  { heads: ['是否保障对象'], value: ({ member }) => (member.covered ? '是' : '否') },
  { heads: ['保障类别', '低保类别', '享受保障类别'], value: categoryOf },
  { heads: ['起始保障年月', '起始年月'], value: ({ household }) => ({ month: household.since }) },
  { heads: ['截止保障年月', '终止年月'], value: ({ household }) => ({ month: household.until }) },
];

function countRoll(rows: readonly RollRow[]): Figures {
  const counted = rows.filter(({ member, household }) => member.covered && household.fate !== 'past');
  const atEnd = counted.filter(({ household }) => household.until === null);
  const person = ({ member }: RollRow): string => member.person.id;
  return {
    '低保.累计人数': countDistinct(counted, person),
    '低保.单列人数': countRows(counted, ({ household }) => household.alone),
    '低保.期末户数': countDistinct(atEnd, ({ household }) => household.key),
    '低保.期末人数': countDistinct(atEnd, person),
  };
}

/** 低保家庭成员名册: one row per member, covered or not. */
export function makeRoll(bureau: Bureau, households: readonly Household[]): { grid: Grid; figures: Figures } {
  const rows = households.flatMap((household) => household.members.map((member) => ({ household, member })));
  const table = { sheet: '低保家庭成员名册', title: '城乡低保家庭成员名册', unit: '人' };
  return { grid: lay(bureau, { ...table, columns: rollColumns, rows }), figures: countRoll(rows) };
}

const changeColumns: Column<Change>[] = [
  sequence(),
  ...householdColumns<Change>(),
  headIdColumn(),
  { heads: ['变动类型'], value: ({ kind }) => kind },
  coveredColumn(),
  { heads: ['变动日期'], value: ({ date }) => ({ date }) },
  { heads: ['变动原因'], value: ({ reason }) => reason },
];

const stopReasons = ['收入超过标准', '死亡', '户籍迁出', '主动退出', '转为特困供养'];

/** A start is dated in the first paid month, a stop in the last one. */
function makeChange({ random }: Bureau, household: Household): Change {
  const isStart = household.fate === 'started';
  const month = isStart ? household.since : (household.until ?? household.since);
  const date = dateIn(random, Number(month.slice(0, 4)), Number(month.slice(5)));
  const reason = isStart ? '新申请审批通过' : random.pick(stopReasons);
  return { household, kind: isStart ? '新增' : '停保', date, reason };
}

function makeOtherChanges({ random, plan }: Bureau, households: readonly Household[]): Change[] {
  const staying = random.shuffle(households.filter(({ fate }) => fate === 'stay'));
  return staying.slice(0, plan.living.otherChanges).map((household) => ({
    household,
    kind: random.pick(['调增', '调减']),
    date: dateIn(random, plan.year, random.int(1, 12)),
    reason: '收入变化',
  }));
}

function countChanges(rows: readonly Change[]): Figures {
  const started = rows.filter(({ kind }) => kind === '新增');
  const stopped = rows.filter(({ kind }) => kind === '停保');
  const key = ({ household }: Change): string => household.key;
  const persons = ({ household }: Change): number => household.covered;
  return {
    '低保.新增户数': countDistinct(started, key),
    '低保.新增人数': addUp(started, persons),
    '低保.取消户数': countDistinct(stopped, key),
    '低保.取消人数': addUp(stopped, persons),
  };
}

/** 低保动态变更: one row per household that started, stopped or was changed. */
export function makeChanges(
  bureau: Bureau,
  households: readonly Household[],
): { grid: Grid; figures: Figures } {
  const moved = households.filter(({ fate }) => fate === 'started' || fate === 'stopped');
  const changes = moved.map((household) => makeChange(bureau, household));
  const rows = [...changes, ...makeOtherChanges(bureau, households)];
  rows.sort((left, right) => left.date.localeCompare(right.date));
  const table = { sheet: '低保动态变更', title: '低保动态变更台账', unit: '户、人' };
  return { grid: lay(bureau, { ...table, columns: changeColumns, rows }), figures: countChanges(rows) };
}

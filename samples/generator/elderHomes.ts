import { range } from './allocate.ts';
import {
  areaColumns,
  type Bureau,
  type Business,
  householdHeads,
  idHeads,
  lay,
  type Place,
  toBusiness,
} from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { countDistinct, countRows } from './ledger.ts';
import type { Person } from './persons.ts';
import { type Column, sequence } from './table.ts';

interface HomeRow {
  /** Household key or bed number. */
  key: string;
  place: Place;
  person: Person;
  phone: string;
  detail: string;
  state: string;
  done: string | null;
}

function makeHome(bureau: Bureau, key: string, details: string[], state: string, isDone: boolean): HomeRow {
  const { random, registry, places, plan } = bureau;
  return {
    key,
    place: random.pick(places),
    person: registry.person(1928, 1958),
    phone: registry.phone(),
    detail: random.pick(details),
    state,
    done: isDone ? dateBetween(random, plan.year, 2, 12) : null,
  };
}

const projects = ['卫生间扶手', '防滑地面', '坡道改造', '智能呼叫', '床边护栏'];

const adaptationColumns: Column<HomeRow>[] = [
  sequence(),
  ...areaColumns<HomeRow>(({ place }) => place),
  { heads: householdHeads, value: ({ key }) => key },
  { heads: ['老年人姓名', '老人姓名'], value: ({ person }) => person.name },
  { heads: idHeads, value: ({ person }) => person.id },
  { heads: ['联系电话', '手机号'], value: ({ phone }) => phone },
  { heads: ['改造项目', '改造类型'], value: ({ detail }) => detail },
  { heads: ['状态', '改造进度'], value: ({ state }) => state },
  { heads: ['完成日期'], value: ({ done }) => ({ date: done }) },
];

function adapt(bureau: Bureau, number: number, state: string, isDone: boolean): HomeRow {
  return makeHome(bureau, `SL${String(number).padStart(5, '0')}`, projects, state, isDone);
}

/** Some households have a second project done: one row more, no household more. */
function makeAdaptations(bureau: Bureau): HomeRow[] {
  const { adapted, adapting, adaptedTwice } = bureau.plan.elders;
  const done = range(adapted).map((number) => adapt(bureau, number, '已完成', true));
  const twice = done.slice(0, adaptedTwice).map((row) => ({ ...row, detail: '适老家具' }));
  const underWay = range(adapting).map((number) => adapt(bureau, adapted + number, '改造中', false));
  return bureau.random.shuffle([...done, ...twice, ...underWay]);
}

/** 适老化改造: one row per household and project. */
export function makeAdaptationSheet(bureau: Bureau): Business {
  const rows = makeAdaptations(bureau);
  const table = { sheet: '适老化改造', title: '特殊困难老年人家庭适老化改造台账', unit: '户' };
  const done = rows.filter(({ state }) => state === '已完成');
  return toBusiness([lay(bureau, { ...table, columns: adaptationColumns, rows })], {
    '养老服务.适老化改造户数': countDistinct(done, ({ key }) => key),
  });
}

const bedColumns: Column<HomeRow>[] = [
  sequence(),
  ...areaColumns<HomeRow>(({ place }) => place),
  { heads: ['床位编号'], value: ({ key }) => key },
  { heads: ['老年人姓名', '老人姓名'], value: ({ person }) => person.name },
  { heads: idHeads, value: ({ person }) => person.id },
  { heads: ['联系电话', '手机号'], value: ({ phone }) => phone },
  { heads: ['服务商'], value: ({ detail }) => detail },
  { heads: ['状态'], value: ({ state }) => state },
  { heads: ['建成日期'], value: ({ done }) => ({ date: done }) },
];

/** Who serves the old at home. */
export const providers = ['样例养老服务有限公司', '样例居家养老服务中心', '样例家政服务社', '样例康养服务站'];

function makeBeds(bureau: Bureau): HomeRow[] {
  const { beds, bedsUnderWay } = bureau.plan.elders;
  const bed = (number: number, state: string, isDone: boolean): HomeRow =>
    makeHome(bureau, `CW${String(number).padStart(5, '0')}`, providers, state, isDone);
  const done = range(beds).map((number) => bed(number, '已建成', true));
  const underWay = range(bedsUnderWay).map((number) => bed(beds + number, '建设中', false));
  return bureau.random.shuffle([...done, ...underWay]);
}

/** 家庭养老床位: one bed per row. */
export function makeBedSheet(bureau: Bureau): Business {
  const rows = makeBeds(bureau);
  const table = { sheet: '家庭养老床位', title: '家庭养老床位建设台账', unit: '张' };
  return toBusiness([lay(bureau, { ...table, columns: bedColumns, rows })], {
    '养老服务.家庭养老床位数': countRows(rows, ({ state }) => state === '已建成'),
  });
}

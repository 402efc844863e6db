import { cycle, range } from './allocate.ts';
import { areaColumns, type Bureau, type Business, lay, type Place, toBusiness } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { addUp, countRows, type Figures } from './ledger.ts';
import { type Column, sequence } from './table.ts';

interface Facility {
  name: string;
  kind: string;
  place: Place;
  beds: number | null;
  opened: string | null;
  state: string;
}

const institution = '养老机构';
const centre = '城镇社区居家养老服务中心';
const ruralHome = '农村颐养之家';
const embedded = '嵌入式养老服务设施';

const columns: Column<Facility>[] = [
  sequence(),
  { heads: ['设施名称'], value: ({ name }) => name },
  { heads: ['设施类型'], value: ({ kind }) => kind },
  ...areaColumns<Facility>(({ place }) => place),
  { heads: ['床位数', '床位数（张）'], value: ({ beds }) => beds, summed: true },
  { heads: ['投入运营日期'], value: ({ opened }) => ({ date: opened }) },
  { heads: ['运营状态'], value: ({ state }) => state },
];

interface Opening {
  kind: string;
  beds: number | null;
  /** Year of opening; null while it is being set up. */
  year: number | null;
}

function makeFacility({ random, plan }: Bureau, opening: Opening, place: Place, index: number): Facility {
  const isSmall = opening.kind === centre || opening.kind === ruralHome;
  return {
    name: isSmall
      ? `${place.community}${opening.kind.slice(2)}`
      : `${plan.place}样例${index + 1}号${opening.kind}`,
    kind: opening.kind,
    place,
    beds: opening.beds,
    opened: opening.year === null ? null : dateBetween(random, opening.year, 1, 11),
    state: opening.year === null ? '筹建中' : '运营中',
  };
}

/** Facilities of one kind, each in a place of its own: rural homes in villages, the others in communities. */
function makeKind(bureau: Bureau, openings: Opening[]): Facility[] {
  const isRural = openings.some(({ kind }) => kind === ruralHome);
  const fitting = bureau.places.filter(({ community }) => community.endsWith('村') === isRural);
  const places = bureau.random.shuffle(fitting);
  return openings.map((opening, index) => makeFacility(bureau, opening, cycle(places, index), index));
}

function makeRows(bureau: Bureau): Facility[] {
  const { random, plan } = bureau;
  const { facilities, year } = plan;
  const past = (): number => random.int(2012, year - 1);
  const repeat = (count: number, kind: string, when: () => number, beds: number | null = null): Opening[] =>
    range(count).map(() => ({ kind, beds, year: when() }));
  const institutions = facilities.institutionBeds.map((beds) => ({ kind: institution, beds, year: past() }));
  const planned = { kind: institution, beds: facilities.plannedBeds, year: null };
  const before = repeat(facilities.embeddedBefore, embedded, past, facilities.embeddedBeds);
  const opened = repeat(facilities.embedded, embedded, () => year, facilities.embeddedBeds);
  return [
    ...makeKind(bureau, [...institutions, planned]),
    ...makeKind(bureau, repeat(facilities.centres, centre, past)),
    ...makeKind(bureau, repeat(facilities.ruralHomes, ruralHome, past)),
    ...makeKind(bureau, [...before, ...opened]),
  ];
}

function countFacilities(rows: readonly Facility[], year: number): Figures {
  const open = rows.filter(({ opened }) => opened !== null);
  const ofKind = (...kinds: string[]) => open.filter(({ kind }) => kinds.includes(kind));
  return {
    '养老服务.机构数': countRows(ofKind(institution)),
    '养老服务.床位数': addUp(ofKind(institution), ({ beds }) => beds ?? 0),
    '养老服务.居家设施数': countRows(ofKind(centre, ruralHome)),
    '养老服务.城镇居家养老服务中心数': countRows(ofKind(centre)),
    '养老服务.农村颐养之家数': countRows(ofKind(ruralHome)),
    '养老服务.嵌入式设施新增数': countRows(
      ofKind(embedded),
      ({ opened }) => opened?.startsWith(`${year}-`) ?? false,
    ),
  };
}

/** 养老机构 and the other places that serve the old. */
export function makeFacilities(bureau: Bureau): Business {
  const rows = makeRows(bureau);
  const table = { sheet: '养老机构', title: '养老机构和养老服务设施台账', unit: '家、张' };
  return toBusiness([lay(bureau, { ...table, columns, rows })], countFacilities(rows, bureau.plan.year));
}

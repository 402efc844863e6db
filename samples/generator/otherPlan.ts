import { cycle, range } from './allocate.ts';
import { committedPlan, commonTargets } from './committedPlan.ts';
import { commonFacts } from './facts.ts';
import type { Fact } from './ledger.ts';
import type {
  AreaPlan,
  ElderPlan,
  FacilityPlan,
  Group,
  LivingPlan,
  MatterPlan,
  OrganisationPlan,
  Plan,
  Rate,
} from './plan.ts';
import type { Random } from './random.ts';

const places = ['样江县', '示湖区', '例山县', '试滨市', '验原区', '拟溪县'];
const names = [
  '城关',
  '新桥',
  '石门',
  '柳林',
  '大坪',
  '双河',
  '白石',
  '太平',
  '龙泉',
  '金山',
  '河西',
  '东岭',
];
const virtues = ['和平', '幸福', '光明', '团结', '友谊', '前进', '胜利', '朝阳', '兴旺', '永安'];

function drawGroup(random: Random, least: number, most: number, perHousehold: number): Group {
  const households = random.int(least, most);
  return { households, persons: households + random.int(1, Math.floor(households * perHousehold) + 1) };
}

/** "和平", … "和平二", …: enough names for any county of the samples. */
function nameCommunity(index: number): string {
  const round = Math.floor((index - 1) / virtues.length);
  return `${cycle(virtues, index - 1)}${round === 0 ? '' : (['一', '二', '三', '四', '五'][round] ?? String(round))}`;
}

function drawAreas(random: Random): AreaPlan {
  const drawn = random.shuffle(names);
  const streets = random.int(3, 5);
  const merged = random.int(3, 5);
  return {
    streets: drawn.slice(0, streets).map((name) => `${name}街道`),
    abolishedStreets: drawn.slice(streets, streets + random.int(0, 2)).map((name) => `${name}街道`),
    adjustedStreets: 1,
    towns: drawn.slice(8, 8 + random.int(1, 3)).map((name, index) => `${name}${index === 1 ? '乡' : '镇'}`),
    communitiesBefore: random.int(22, 34),
    adjusted: random.int(1, 4),
    split: random.int(1, 3),
    merged,
    mergedAway: random.int(1, merged - 1),
    founded: random.int(1, 4),
    villages: random.int(8, 18),
    nameOf: nameCommunity,
  };
}

function drawLiving(random: Random): LivingPlan {
  const stay = drawGroup(random, 170, 330, 0.6);
  return {
    stay,
    started: drawGroup(random, 12, 30, 0.5),
    stopped: drawGroup(random, 12, 30, 0.4),
    past: random.int(3, 9),
    alone: random.int(3, 9),
    personMonths: null,
    fen: null,
    standard: random.int(600, 1100),
    lumpSum: { fen: stay.persons * 50000 + random.int(1, 99) * 5000, months: [2, 10], stepFen: 5000 },
    priceSubsidy: { fen: stay.persons * 9000 + random.int(1, 999), months: [5, 7, 9], stepFen: 1 },
    otherChanges: random.int(5, 15),
  };
}

function drawElders(random: Random): ElderPlan {
  const persontimes = random.int(18000, 32000);
  return {
    allowance: { persontimes, higher: Math.floor(persontimes * 0.15) + random.int(1, 99), rate: 80 },
    adapted: random.int(40, 90),
    adapting: random.int(3, 9),
    adaptedTwice: random.int(1, 4),
    beds: random.int(40, 90),
    bedsUnderWay: random.int(3, 9),
    served: random.int(400, 700),
    assessedAgain: random.int(5, 15),
    orders: random.int(250, 400),
    roll: { eighty: random.int(300, 500), ninety: random.int(20, 60), left: random.int(5, 15) },
  };
}

function drawFacilities(random: Random): FacilityPlan {
  return {
    institutionBeds: range(random.int(3, 7)).map(() => random.int(30, 150)),
    plannedBeds: random.int(100, 300),
    centres: random.int(12, 20),
    ruralHomes: random.int(4, 8),
    embedded: random.int(1, 3),
    embeddedBefore: random.int(1, 3),
    embeddedBeds: random.int(10, 30),
  };
}

function drawOrganisations(random: Random): OrganisationPlan {
  const registeredBefore = random.int(40, 80);
  const recordedBefore = random.int(100, 160);
  return {
    registeredBefore,
    registered: random.int(5, 15),
    recordedBefore,
    recordedAfter: recordedBefore + random.int(-5, 60),
    recordedEnded: random.int(6, 12),
    recordedPast: random.int(2, 6),
    reviewed: registeredBefore - random.int(1, 9),
  };
}

function drawMatters(random: Random): MatterPlan {
  return {
    visits: random.int(40, 90),
    dissuaded: random.int(5, 15),
    patrols: random.int(3, 9),
    archives: random.int(60, 120),
    names: {
      changed: random.int(30, 90),
      entries: random.int(10, 30),
      gazetteer: random.int(2, 6),
      surveyed: random.int(2, 6),
      surveying: random.int(1, 3),
    },
    stars: [random.int(1, 4), random.int(1, 6), random.int(1, 4)],
  };
}

function drawRate(random: Random, least: number, most: number, months: number): Rate {
  return { rate: random.int(least, most), months: months + random.int(0, Math.floor(months / 2)) };
}

/** The facts of the committed bureau with other values. */
function drawFacts(random: Random, year: number): Fact[] {
  return commonFacts.map(({ id, value, unit, period }) => {
    const decimals = value.split('.')[1]?.length ?? 0;
    const drawn = Number(value) * (0.6 + random.next() * 0.8);
    const isLast = period !== `${committedPlan.year}年`;
    return {
      id,
      value: String(Number(drawn.toFixed(decimals))),
      unit,
      period: `${isLast ? year - 1 : year}年`,
    };
  });
}

function drawPayments(random: Random): Pick<Plan, 'grants' | 'disability' | 'children'> {
  const count = random.int(40, 80);
  return {
    grants: { count, fen: count * random.int(100000, 400000) + random.int(1, 99), stepFen: 1 },
    disability: {
      life: drawRate(random, 60, 120, 2000),
      care: drawRate(random, 60, 120, 1600),
      heavy: [drawRate(random, 200, 400, 200)],
      byQuarter: random.chance(0.5),
    },
    children: {
      orphans: drawRate(random, 1200, 1800, 60),
      others: drawRate(random, 900, 1400, 120),
      care: drawRate(random, 300, 600, 30),
    },
  };
}

function drawCounts(random: Random): Pick<Plan, 'marriages' | 'activities' | 'checks' | 'checksUntil'> {
  return {
    marriages: {
      结婚登记: random.int(150, 300),
      离婚登记: random.int(60, 120),
      补领结婚证: random.int(20, 60),
      补领离婚证: random.int(10, 30),
    },
    activities: {
      counselling: random.int(20, 50),
      ceremonies: random.int(30, 80),
      cancelled: random.int(3, 9),
    },
    checks: [
      { kind: '住房保障', group: drawGroup(random, 200, 300, 1) },
      { kind: '社会救助', group: drawGroup(random, 100, 200, 1) },
      { kind: '困难职工', group: drawGroup(random, 5, 15, 1) },
    ],
    checksUntil: random.int(9, 12),
  };
}

/** Another bureau, drawn from chance alone. */
export function drawPlan(random: Random, seed: number): Plan {
  const place = cycle(places, seed);
  const year = 2021 + (seed % 4);
  return {
    place,
    bureau: `${place}民政局`,
    prefix: `9902${String(10 + (seed % 90))}`,
    year,
    filled: random.pick([`${year}年12月31日`, `${year + 1}年1月4日`]),
    areas: drawAreas(random),
    living: drawLiving(random),
    destitute: {
      before: drawGroup(random, 30, 50, 0.1),
      started: drawGroup(random, 4, 9, 0.3),
      stopped: random.int(2, 6),
      past: random.int(1, 4),
    },
    elders: drawElders(random),
    facilities: drawFacilities(random),
    organisations: drawOrganisations(random),
    matters: drawMatters(random),
    stations: { socialWork: random.int(2, 6), mentalCare: random.int(1, 3) },
    own: null,
    ...drawPayments(random),
    ...drawCounts(random),
    marriageEncoding: random.pick(['gb18030', 'utf-8', 'utf-8-bom', 'utf-16le']),
    orderEncoding: random.pick(['gb18030', 'utf-8', 'utf-8-bom', 'utf-16le']),
    targets: commonTargets,
    facts: drawFacts(random, year),
  };
}

import { splitRates } from './allocate.ts';
import { committedFacts } from './facts.ts';
import { type Plan, type Rate, type Target, toChinese } from './plan.ts';

/** Two rates in 元 whose payments add up to a total in 元. */
export function ratesFor(total: number, first: number, second: number, share: number): [Rate, Rate] {
  const [left, right] = splitRates(total, first, second, share);
  return [
    { rate: first, months: left },
    { rate: second, months: right },
  ];
}

/** The 任务指标 that every bureau of the samples has. */
export const commonTargets: Target[] = [
  {
    name: '每千名老人床位',
    value: 40,
    unit: '张',
    issuer: '上级民政部门',
    office: '养老服务科',
    remark: '规划目标',
  },
  {
    name: '家庭养老床位建成数',
    value: 400,
    unit: '张',
    issuer: '市民政局',
    office: '养老服务科',
    remark: '',
  },
  {
    name: '适老化改造户数',
    value: 400,
    unit: '户',
    issuer: '市民政局',
    office: '养老服务科',
    remark: '五类老人家庭',
  },
  {
    name: '居家养老服务人数',
    value: 10000,
    unit: '人',
    issuer: '区政府',
    office: '养老服务科',
    remark: '政府购买服务',
  },
  { name: '新登记社会组织数', value: 30, unit: '家', issuer: '区民政局', office: '社会组织科', remark: '' },
  { name: '社会组织年检数', value: 200, unit: '家', issuer: '区民政局', office: '社会组织科', remark: '' },
];

const [orphans, others] = ratesFor(714700, 1500, 1100, 0.3);
const [life, care] = ratesFor(3559812, 118, 124, 0.55);

/** The committed bureau: its numbers are those of the published report. */
export const committedPlan: Plan = {
  place: '东湖区',
  bureau: '东湖区民政局',
  prefix: '990102',
  year: 2022,
  filled: '2022年12月31日',
  areas: {
    streets: ['湖滨街道', '百花街道', '大院街道', '豫园街道', '董家街道', '彭桥街道', '贤士街道'],
    abolishedStreets: ['公园街道', '八桥街道'],
    adjustedStreets: 0,
    towns: ['扬子洲镇'],
    communitiesBefore: 90,
    adjusted: 3,
    split: 3,
    merged: 6,
    mergedAway: 2,
    founded: 3,
    villages: 21,
    nameOf: (index) => `第${toChinese(index)}`,
  },
  living: {
    stay: { households: 1836, persons: 2678 },
    started: { households: 92, persons: 136 },
    stopped: { households: 164, persons: 214 },
    past: 18,
    alone: 18,
    personMonths: 34000,
    fen: 2850460000,
    standard: 855,
    lumpSum: { fen: 230370000, months: [1, 9], stepFen: 10000 },
    priceSubsidy: { fen: 33880000, months: [6, 8, 11], stepFen: 100 },
    otherChanges: 0,
  },
  destitute: {
    before: { households: 146, persons: 150 },
    started: { households: 23, persons: 24 },
    stopped: 6,
    past: 5,
  },
  grants: { count: 321, fen: 119950000, stepFen: 10000 },
  elders: {
    allowance: { persontimes: 203456, higher: 35094, rate: 100 },
    adapted: 415,
    adapting: 23,
    adaptedTwice: 4,
    beds: 400,
    bedsUnderWay: 20,
    served: 10295,
    assessedAgain: 37,
    orders: 3000,
    roll: { eighty: 16815, ninety: 2173, left: 260 },
  },
  disability: { life, care, heavy: ratesFor(590834, 286, 318, 0.6), byQuarter: true },
  children: { orphans, others, care: { rate: 500, months: 194 } },
  marriages: { 结婚登记: 2328, 离婚登记: 971, 补领结婚证: 492, 补领离婚证: 241 },
  marriageEncoding: 'gb18030',
  orderEncoding: 'utf-8-bom',
  checks: [
    { kind: '住房保障', group: { households: 5061, persons: 7749 } },
    { kind: '社会救助', group: { households: 2226, persons: 4374 } },
    { kind: '困难职工', group: { households: 13, persons: 20 } },
  ],
  checksUntil: 11,
  activities: { counselling: 311, ceremonies: 606, cancelled: 24 },
  facilities: {
    institutionBeds: [120, 98, 80, 60, 50],
    plannedBeds: null,
    centres: 74,
    ruralHomes: 21,
    embedded: 2,
    embeddedBefore: 0,
    embeddedBeds: null,
  },
  organisations: {
    registeredBefore: 220,
    registered: 32,
    recordedBefore: 1116,
    recordedAfter: 1576,
    recordedEnded: 12,
    recordedPast: 5,
    reviewed: 211,
  },
  matters: {
    visits: 176,
    dissuaded: 40,
    patrols: 25,
    archives: 740,
    names: { changed: 521, entries: 78, gazetteer: 5, surveyed: 9, surveying: 2 },
    stars: [5, 8, 1],
  },
  stations: { socialWork: 8, mentalCare: 2 },
  own: {
    projects: { raised: 3322, carriedOut: 469 },
    appeals: { granted: 1847, refused: 4957 },
    fundedCommunities: 111,
  },
  targets: commonTargets,
  facts: committedFacts,
};

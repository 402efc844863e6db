import type { Encoding } from './csv.ts';
import type { Fact } from './ledger.ts';

/** Households and the covered persons in them. */
export interface Group {
  households: number;
  persons: number;
}

export interface AreaPlan {
  /** Streets that stand at both ends of the year. */
  streets: string[];
  abolishedStreets: string[];
  /** Streets that only took over ground; no community counts for them. */
  adjustedStreets: number;
  /** 镇 and 乡. */
  towns: string[];
  communitiesBefore: number;
  adjusted: number;
  split: number;
  merged: number;
  /** Of the merged ones, those that ended. */
  mergedAway: number;
  founded: number;
  villages: number;
  nameOf: (index: number) => string;
}

export interface LivingPlan {
  stay: Group;
  started: Group;
  stopped: Group;
  /** Households on the roll that ended before the year. */
  past: number;
  /** Persons whose case stands alone (重残重病单列). */
  alone: number;
  /** Sum of 保障人数 over all months; null leaves it to chance. */
  personMonths: number | null;
  /** 低保金 of the year in 分; null leaves it to chance. */
  fen: number | null;
  /** 元 per person and month that nobody's 保障金 exceeds. */
  standard: number;
  /** Money in 分, paid out in so many months, in steps of `stepFen`. */
  lumpSum: { fen: number; months: number[]; stepFen: number };
  priceSubsidy: { fen: number; months: number[]; stepFen: number };
  /** Rows of the change list that are neither 新增 nor 停保. */
  otherChanges: number;
}

export interface DestitutePlan {
  before: Group;
  started: Group;
  stopped: number;
  past: number;
}

/** A monthly rate in 元 and the number of person-months for which it is paid. */
export interface Rate {
  rate: number;
  months: number;
}

export interface CheckPlan {
  kind: '住房保障' | '社会救助' | '困难职工';
  group: Group;
}

export interface ElderPlan {
  /** 高龄津贴: person-times, those among them at the higher rate, and the rate in 元. */
  allowance: { persontimes: number; higher: number; rate: number };
  adapted: number;
  adapting: number;
  adaptedTwice: number;
  beds: number;
  bedsUnderWay: number;
  served: number;
  assessedAgain: number;
  orders: number;
  /** 高龄津贴名册: all of 80 and older at the end of the year, those of 90 and older among them, and those who left. */
  roll: { eighty: number; ninety: number; left: number };
}

/** Rows of the lists that several small businesses share. */
export interface MatterPlan {
  visits: number;
  dissuaded: number;
  patrols: number;
  archives: number;
  /** 地名: rows by kind of work; `surveying` is under way. */
  names: { changed: number; entries: number; gazetteer: number; surveyed: number; surveying: number };
  /** Communities that ask for five, four and three stars. */
  stars: [number, number, number];
}

/** What only one bureau has. */
export interface OwnPlan {
  projects: { raised: number; carriedOut: number };
  appeals: { granted: number; refused: number };
  /** Villages and communities that got money for 暖心实事. */
  fundedCommunities: number;
}

export interface FacilityPlan {
  institutionBeds: number[];
  /** Beds of an institution that is still being set up; null when not said. */
  plannedBeds: number | null;
  centres: number;
  ruralHomes: number;
  embedded: number;
  embeddedBefore: number;
  embeddedBeds: number | null;
}

export interface OrganisationPlan {
  registeredBefore: number;
  registered: number;
  recordedBefore: number;
  recordedAfter: number;
  recordedEnded: number;
  recordedPast: number;
  reviewed: number;
}

export interface Target {
  name: string;
  value: number;
  unit: string;
  issuer: string;
  office: string;
  remark: string;
}

/** All numbers that a bureau's files must add up to, and what it is called. */
export interface Plan {
  place: string;
  bureau: string;
  /** First six characters of every ID, from 990: no county has it. */
  prefix: string;
  year: number;
  filled: string;
  areas: AreaPlan;
  living: LivingPlan;
  destitute: DestitutePlan;
  grants: { count: number; fen: number; stepFen: number };
  elders: ElderPlan;
  disability: { life: Rate; care: Rate; heavy: Rate[]; byQuarter: boolean };
  children: { orphans: Rate; others: Rate; care: Rate };
  marriages: { 结婚登记: number; 离婚登记: number; 补领结婚证: number; 补领离婚证: number };
  marriageEncoding: Encoding;
  orderEncoding: Encoding;
  checks: CheckPlan[];
  /** Last month that the checks' export reaches. */
  checksUntil: number;
  activities: { counselling: number; ceremonies: number; cancelled: number };
  facilities: FacilityPlan;
  organisations: OrganisationPlan;
  matters: MatterPlan;
  stations: { socialWork: number; mentalCare: number };
  /** Null for every bureau but the committed one. */
  own: OwnPlan | null;
  targets: Target[];
  facts: Fact[];
}

const numerals = [...'〇一二三四五六七八九'];

/** 1 to 99 in Chinese: 21 → "二十一". */
export function toChinese(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10 === 0 ? '' : (numerals[number % 10] ?? '');
  if (tens === 0) return ones;
  return `${tens === 1 ? '' : numerals[tens]}十${ones}`;
}

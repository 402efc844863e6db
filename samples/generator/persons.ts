import { dateIn } from './calendar.ts';
import type { Random } from './random.ts';

export type Sex = '男' | '女';

/** Nobody: name and ID are made up so that no living person can have them. */
export interface Person {
  name: string;
  id: string;
  sex: Sex;
  /** Year of birth. */
  born: number;
}

/** Hands out persons, phones and accounts, none of them twice. */
export interface Registry {
  /** A person born between two years, both included. */
  person(bornFrom: number, bornTo: number, sex?: Sex): Person;
  phone(): string;
  account(): string;
}

const stems = [...'甲乙丙丁戊己庚辛壬癸'];
const digits = [...'〇一二三四五六七八九'];
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The last character of an 18-character ID by GB 11643. */
export function checkDigit(body: string): string {
  const total = weights.reduce((sum, weight, index) => sum + weight * Number(body[index]), 0);
  return '10X98765432'[total % 11] ?? '';
}

/** "样例甲〇〇〇一": visibly nobody's name, and no two are equal below 100,000. */
function placeholderName(count: number): string {
  const number = [...String(count % 10000).padStart(4, '0')].map((digit) => digits[Number(digit)]).join('');
  return `样例${stems[Math.floor(count / 10000)] ?? '另'}${number}`;
}

function drawId(random: Random, prefix: string, born: number, sex: Sex): string {
  const date = dateIn(random, born, random.int(1, 12)).replaceAll('-', '');
  const order = random.int(0, 499) * 2 + (sex === '男' ? 1 : 0);
  const body = `${prefix}${date}${String(order).padStart(3, '0')}`;
  return body + checkDigit(body);
}

function makeCounter(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

/** Makes a registry of its own for one run. */
export function makeRegistry(random: Random, prefix: string): Registry {
  const ids = new Set<string>();
  const phones = makeCounter();
  const accounts = makeCounter();
  const uniqueId = (born: number, sex: Sex): string => {
    const id = drawId(random, prefix, born, sex);
    return ids.has(id) ? uniqueId(born, sex) : id;
  };
  return {
    person(bornFrom, bornTo, sex = random.chance(0.5) ? '男' : '女') {
      const born = random.int(bornFrom, bornTo);
      const id = uniqueId(born, sex);
      ids.add(id);
      return { name: placeholderName(ids.size), id, sex, born };
    },
    phone: () => `199000${String(phones()).padStart(5, '0')}`,
    account: () => `990${prefix}${String(accounts()).padStart(10, '0')}`,
  };
}

/** 街道 and 镇 of the district. */
export const towns = [
  ...['昌元街道', '昌州街道', '广顺街道', '双河街道', '安富街道', '峰高街道'],
  ...['直升镇', '万灵镇', '清江镇', '仁义镇', '河包镇', '古昌镇', '吴家镇', '观胜镇', '铜鼓镇'],
  ...['清流镇', '盘龙镇', '远觉镇', '清升镇', '荣隆镇', '龙集镇'],
];

/** A home: residents by what they can do themselves, and care workers by whom they look after. */
export interface HomePlan {
  name: string;
  town: string;
  residents: [able: number, partly: number, unable: number];
  carers: [able: number, partly: number, unable: number];
}

/**
 * Residents add up to 300, 180 and 150, care workers to 30, 30 and 50: 10:1, 6:1 and 3:1 over all homes, while some
 * homes have fewer than their own residents need. Six homes have more than 40 residents, one has exactly 40; five have
 * at most 30, two of them exactly 30; the last is so small that the minimum of 3 persons rules.
 */
export const homes: HomePlan[] = (
  [
    [
      [30, 18, 14],
      [3, 3, 5],
    ],
    [
      [26, 16, 13],
      [3, 3, 4],
    ],
    [
      [23, 14, 11],
      [2, 2, 4],
    ],
    [
      [21, 13, 11],
      [2, 2, 4],
    ],
    [
      [20, 12, 10],
      [2, 2, 3],
    ],
    [
      [20, 12, 9],
      [2, 2, 3],
    ],
    [
      [19, 11, 10],
      [2, 2, 3],
    ],
    [
      [18, 11, 9],
      [2, 2, 3],
    ],
    [
      [17, 10, 9],
      [2, 2, 3],
    ],
    [
      [17, 10, 8],
      [2, 1, 3],
    ],
    [
      [16, 9, 8],
      [1, 2, 3],
    ],
    [
      [15, 9, 7],
      [1, 2, 2],
    ],
    [
      [14, 9, 7],
      [1, 1, 2],
    ],
    [
      [13, 8, 7],
      [1, 1, 2],
    ],
    [
      [12, 8, 6],
      [1, 1, 2],
    ],
    [
      [9, 10, 11],
      [1, 2, 4],
    ],
    [
      [10, 0, 0],
      [2, 0, 0],
    ],
  ] as [HomePlan['residents'], HomePlan['carers']][]
).map(([residents, carers], index) => {
  const town = towns[index] ?? '';
  return { name: `${town.replace(/街道$|镇$/, '')}敬老院`, town, residents, carers };
});

/** Homes with more than so many residents have a deputy. */
export const deputyAbove = 40;

/** Supported at home, by 自理能力: 870 persons, 41 or 42 in every town. */
export const scattered = { able: 560, partly: 210, unable: 100 };
/** Support ended before the year, and in it. */
export const ended = { before: 38, within: 26 };
/** Residents who left their home at the end of June, paid for six months. */
export const leftInJune = 20;
/** 元 a month for each person supported in a home. */
export const monthlySupport = 930;

/** Money in 万元: what stands in the district's budget and what was spent of it. */
export const funds: [project: string, source: string, budget: number, received: number, spent: number][] = [
  ['敬老院升级改造', '区级财政', 1000, 1000, 862.4],
  ['敬老院管理运营经费', '区级财政', 178.56, 178.56, 171.3],
  ['特困人员自理能力评估', '区级财政', 7.5, 7.5, 7.5],
  ['特困人员住院护理补贴', '区级财政', 36, 36, 21.7],
  ['敬老院照料护理补助', '区级财政', 133.2, 133.2, 133.2],
  ['养老扶老专项基金', '社会捐赠', 63.5, 63.5, 18],
  ['养老扶老专项基金', '区级财政补足', 36.5, 36.5, 0],
];

/** Beds for persons who cannot look after themselves, by building of the new centre. */
export const careBeds = [200, 180, 120];
/** Homes whose rebuilding is done; the others are under way. */
export const rebuilt = 15;

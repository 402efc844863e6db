/** A county of the prefecture: what it was to reach and what it reached by the end of September 2023. */
export interface CountyPlan {
  county: string;
  beds: { target: number; built: number };
  services: { target: number; done: number };
}

/** Targets add up to 5000 beds and 8000 services, results to 4413 and 7811. */
export const counties: CountyPlan[] = (
  [
    ['临川区', 800, 712, 1280, 1302],
    ['东乡区', 520, 533, 830, 845],
    ['南城县', 420, 385, 670, 655],
    ['黎川县', 330, 341, 530, 541],
    ['南丰县', 400, 362, 640, 628],
    ['崇仁县', 440, 401, 700, 702],
    ['乐安县', 430, 318, 690, 611],
    ['宜黄县', 300, 306, 480, 487],
    ['金溪县', 390, 333, 620, 604],
    ['资溪县', 180, 184, 290, 296],
    ['广昌县', 320, 247, 510, 472],
    ['高新区', 280, 182, 450, 418],
    ['东临新区', 190, 109, 310, 250],
  ] as const
).map(([county, beds, built, services, done]) => ({
  county,
  beds: { target: beds, built },
  services: { target: services, done },
}));

/** 中央专项彩票公益金 in 分: 4313.64万元 budgeted, 3906万元 spent. */
export const lottery = { budget: 4313640000, spent: 3906000000 };

/** Rows that must not count. */
export const others = {
  /** Beds finished after September. */
  bedsLater: 121,
  bedsUnderWay: 266,
  /** Services of persons who can look after themselves, who are younger than 60, cancelled ones, and later ones. */
  servicesAble: 240,
  servicesYoung: 85,
  servicesCancelled: 132,
  servicesLater: 310,
};

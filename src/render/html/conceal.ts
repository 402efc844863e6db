import type { Explanation } from '../../explain/index.ts';

/** From the exact value of a ratio its small numbers can be found again, and what is put into a formula names them. */
const TELLING = new Set(['精确值', '代入']);

/** An explanation without the values of withheld figures that a printed one is made of. */
export function conceal(explanation: Explanation, withheld: ReadonlySet<string>): Explanation {
  const parts = explanation.parts.map((part) =>
    withheld.has(part.id) ? toHidden(part) : conceal(part, withheld),
  );
  if (!holdsHidden(explanation, withheld)) return { ...explanation, parts };
  return { ...explanation, parts, points: explanation.points.filter(({ label }) => !TELLING.has(label)) };
}

const holdsHidden = ({ parts }: Explanation, withheld: ReadonlySet<string>): boolean =>
  parts.some((part) => withheld.has(part.id) || holdsHidden(part, withheld));

const toHidden = (part: Explanation): Explanation => ({
  ...part,
  text: '*',
  points: [{ label: '说明', lines: ['为保护个人信息，1至2人（户）的数和可以由它推出的数不公布'] }],
  parts: [],
});

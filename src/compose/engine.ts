import type { Catalogue } from '../catalogue/index.ts';
import { Failure } from '../failure.ts';
import type { Figure, Report, Run } from '../model.ts';
import { BUSINESS, createEngine, HELPERS, markFigure, type Reference, type Rendering } from './helpers.ts';
import { toMark, withoutMarks } from './marks.ts';
import type { AnnexText, Structure } from './structure.ts';
import type { Template } from './template.ts';

/** The template's text with marks in place of figures, and the runs that they stand for. */
export interface Rendered {
  /** Name of the template, for messages. */
  name: string;
  text: string;
  marks: Run[];
  structures: Structure[];
  annexes: AnnexText[];
  leftOut: string[];
}

/** Runs a checked template over the figures of a report. */
export function renderTemplate(template: Template, report: Report, catalogue: Catalogue): Rendered {
  const figures = new Map(report.figures.map((figure) => [figure.id, figure]));
  const given = new Set(
    report.figures.filter(({ status }) => status !== 'absent').map(({ id }) => toBusinessName(id)),
  );
  const rendering: Rendering = {
    report,
    runs: [],
    figures,
    given,
    leftOut: new Set(),
    lists: [],
    structures: [],
    annexes: [],
    levels: ['county', 'town', 'village'].flatMap((field) => catalogue.fields.get(field)?.名称 ?? []),
    toContext: (find) => toContext(rendering, catalogue, find),
  };
  const engine = createEngine(rendering);
  const knownHelpers = Object.fromEntries(HELPERS.map((name) => [name, true]));
  for (const [name, source] of Object.entries(template.partials)) engine.registerPartial(name, source);
  try {
    const run = engine.compile(template.source, {
      noEscape: true,
      knownHelpers,
      knownHelpersOnly: true,
      preventIndent: true,
    });
    const text = run(rendering.toContext((id) => figures.get(id)));
    const { structures, annexes } = rendering;
    return {
      name: template.name,
      text,
      marks: rendering.runs,
      structures,
      annexes,
      leftOut: [...rendering.leftOut],
    };
  } catch (error) {
    throw new Failure(
      'template-invalid',
      { where: template.name, found: '运行时出错', expected: '请检查助手的写法' },
      error,
    );
  }
}

const toBusinessName = (id: string): string => id.split('.')[0] ?? '';

/** What a template can name: places and years as texts, figures by business and name. No prototypes anywhere. */
function toContext(
  { report, runs, figures }: Rendering,
  catalogue: Catalogue,
  find: (id: string) => Figure | undefined,
): Record<string, unknown> {
  const year = report.period.to.slice(0, 4);
  const context: Record<string, unknown> = Object.assign(Object.create(null), {
    地区: toName(report.place, '地区', runs),
    单位: toName(report.organisation, '单位', runs),
    年: year,
    明年: String(Number(year) + 1),
  });
  for (const { id, business } of catalogue.indicators.values()) {
    const whole = figures.get(id);
    if (!whole) continue;
    context[business] ??= Object.assign(Object.create(null), { [BUSINESS]: business });
    const group = context[business] as Record<string, Reference>;
    group[id.slice(business.length + 1)] = toReference(() => find(id) ?? whole, runs);
  }
  return context;
}

/** A name from the data, or the mark for a person to write it. */
const toName = (name: string, what: string, runs: Run[]): string =>
  name === ''
    ? toMark({ type: 'placeholder', kind: '待填', text: `〔待填：${what}〕`, figure: null }, runs)
    : withoutMarks(name);

/** An area's figure is made only where the template prints it. */
function toReference(find: () => Figure, runs: Run[]): Reference {
  const reference = {
    get figure() {
      return find();
    },
    toString: () => markFigure(reference.figure, reference.figure.text, runs),
  };
  return reference;
}

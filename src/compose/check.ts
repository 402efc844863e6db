import Handlebars from 'handlebars';
import type { Asked } from '../aggregate/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { findNearest } from '../catalogue/nearest.ts';
import { Failure } from '../failure.ts';
import { AREA_BLOCKS, RANKS } from './areas.ts';
import { TARGET_BLOCKS, TARGET_WORDS, TIME_WORDS } from './comparison.ts';
import { BLOCKS, FIGURE_HELPERS, GLOBALS, HELPERS } from './helpers.ts';
import { STRUCTURES } from './structure.ts';

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

/** Helpers that take texts in quotes. */
const OF_AREAS: ReadonlySet<string> = new Set([...AREA_BLOCKS, ...RANKS]);
const OF_TARGETS: ReadonlySet<string> = new Set([...TARGET_WORDS, ...TARGET_BLOCKS]);
const OF_TIME: ReadonlySet<string> = new Set(TIME_WORDS);
const TEXTS: ReadonlySet<string> = new Set(['待填', ...OF_AREAS, ...OF_TARGETS, ...Object.keys(STRUCTURES)]);

/** What names a template may use. */
interface Names {
  figures: Set<string>;
  businesses: Set<string>;
  partials: Set<string>;
  /** By whose values figures can be told apart. */
  fields: Set<string>;
}

/** Checks every name and every helper's arguments before the run; throws with all faults, each with its line. */
export function checkTemplate(source: string, where: string, partials: string[], catalogue: Catalogue): void {
  const indicators = [...catalogue.indicators.values()];
  const names: Names = {
    figures: new Set(indicators.map(({ id }) => id)),
    businesses: new Set(indicators.map(({ business }) => business)),
    partials: new Set(partials),
    fields: new Set(
      [...catalogue.fields.values()].filter(({ 类型 }) => 类型 === '文本').map(({ 名称 }) => 名称),
    ),
  };
  const faults = findFaults(parse(source, where), names);
  if (faults.length === 0) return;
  const rest = faults.length > 8 ? `；共${faults.length}处，只列前8处` : '';
  throw new Failure('template-invalid', { where, found: faults.slice(0, 8).join('；') + rest });
}

/** Names of the figures that a template uses, those of its partials not included. */
export function findFigureNames(source: string, where: string): string[] {
  return findPaths(parse(source, where));
}

function findPaths(node: hbs.AST.Node): string[] {
  const found: string[] = [];
  const visitor = new Handlebars.Visitor();
  visitor.PathExpression = ({ original }) => {
    found.push(original);
  };
  visitor.accept(node);
  return found;
}

/** Figures that a checked template lists by area, those of its partials not included. */
export function findAsked(source: string, where: string): Asked[] {
  const asked: Asked[] = [];
  const take = (call: Call, within: hbs.AST.Node[]) => {
    if (!OF_AREAS.has(toName(call.path))) return;
    const last = call.params.at(-1);
    const by = last?.type === 'StringLiteral' ? (last as hbs.AST.StringLiteral).value : null;
    for (const node of within) for (const id of findPaths(node)) if (id.includes('.')) asked.push({ id, by });
  };
  const visitor = new Handlebars.Visitor();
  const { MustacheStatement: inMustache, BlockStatement: inBlock } = visitor;
  visitor.MustacheStatement = (call) => {
    take(call, call.params);
    inMustache.call(visitor, call);
  };
  visitor.BlockStatement = (call) => {
    take(call, toName(call.path) === '各地' ? [...call.params, call.program] : call.params);
    inBlock.call(visitor, call);
  };
  visitor.accept(parse(source, where));
  return asked;
}

/** Names of the partials that a checked template uses itself. */
export function findPartialNames(source: string, where: string): string[] {
  const found: string[] = [];
  const visitor = new Handlebars.Visitor();
  visitor.PartialStatement = ({ name }) => {
    found.push(toName(name));
  };
  visitor.accept(parse(source, where));
  return found;
}

function parse(source: string, where: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source);
  } catch (error) {
    const line = /line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? '?';
    const expected = '请检查 {{ }} 和 {{#…}}{{/…}} 是否成对';
    throw new Failure('template-invalid', { where, found: `第${line}行附近写法不对`, expected }, error);
  }
}

function findFaults(program: hbs.AST.Program, names: Names): string[] {
  const faults: string[] = [];
  const visitor = new Handlebars.Visitor();
  const check = (call: Call) => {
    const fault = findFault(call, names);
    if (fault) faults.push(`第${call.loc.start.line}行的${fault}`);
  };
  const inner = {
    mustache: visitor.MustacheStatement,
    block: visitor.BlockStatement,
    sub: visitor.SubExpression,
  };
  visitor.MustacheStatement = (call) => {
    check(call);
    inner.mustache.call(visitor, call);
  };
  visitor.BlockStatement = (call) => {
    check(call);
    inner.block.call(visitor, call);
  };
  visitor.SubExpression = (call) => {
    check(call);
    inner.sub.call(visitor, call);
  };
  visitor.PartialStatement = ({ name, params, hash, loc }) => {
    const partial = name.type === 'PathExpression' ? (name as hbs.AST.PathExpression).original : '';
    if (!names.partials.has(partial))
      faults.push(`第${loc.start.line}行的${toUnknown(partial, names.partials)}`);
    else if (params.length > 0 || hash) faults.push(`第${loc.start.line}行的“${partial}”后面不写内容`);
  };
  // What is written with them could give a name another meaning than the catalogue's.
  const refuse = ({ loc }: hbs.AST.Node) => {
    faults.push(`第${loc.start.line}行的写法不能用，只能用 {{…}}、{{#…}} 和 {{> …}}`);
  };
  visitor.PartialBlockStatement = refuse;
  visitor.Decorator = refuse;
  visitor.DecoratorBlock = refuse;
  visitor.accept(program);
  return faults;
}

/** What is wrong with one {{…}}; null when nothing is. */
function findFault(call: Call, names: Names): string | null {
  const name = toName(call.path);
  if (call.path.type !== 'PathExpression') return `“${name}”不要加引号`;
  if ('program' in call && [call.program, call.inverse].some((each) => each?.blockParams?.length))
    return `“${name}”不接受 as |…| 写法`;
  const parameters = call.params.map((each) => ('original' in each ? String(each.original) : ''));
  if (call.hash && call.hash.pairs.length > 0) return `“${name}”不接受“=”写法`;
  if (!(HELPERS as readonly string[]).includes(name))
    return findPlainFault(name, parameters, call.type, names);
  const quoted = call.params.find((each) => each.type !== 'PathExpression');
  if (quoted && !TEXTS.has(name)) return `“${name}”后面要写数的名称，不加引号`;
  const isBlock = call.type === 'BlockStatement';
  if (isBlock !== BLOCKS.has(name))
    return isBlock ? `“${name}”前面不写“#”` : `“${name}”要写成 {{#${name}}}…{{/${name}}}`;
  const words = STRUCTURES[name];
  if (words !== undefined) return findWordFault(call, words);
  if (name === '待填') {
    return call.params.length === 1 && call.params[0]?.type === 'StringLiteral'
      ? null
      : '“待填”后面要写引号括起的说明';
  }
  if (name === '有')
    return findArgumentFault(name, parameters, new Set([...names.figures, ...names.businesses]), 1, 99);
  if (OF_AREAS.has(name)) return findAreaFault(name, call, names);
  if (OF_TARGETS.has(name)) return findTargetFault(call, names);
  if (OF_TIME.has(name) && parameters.length === 0) return null;
  if (!FIGURE_HELPERS.has(name) && !OF_TIME.has(name))
    return parameters.length > 0 ? `“${name}”后面不写内容` : null;
  return findArgumentFault(name, parameters, names.figures, 1, 1);
}

/** One figure and, if need be, a word that names one of its targets. */
function findTargetFault({ path, params }: Call, { figures }: Names): string | null {
  const [first, second, ...rest] = params;
  const fault = findArgumentFault(toName(path), first ? [toName(first)] : [], figures, 1, 1);
  const sound = rest.length === 0 && (!second || second.type === 'StringLiteral');
  return fault ?? (sound ? null : `“${toName(path)}”的数后面只能写引号括起的下达单位或时期`);
}

const toName = (path: hbs.AST.Node): string => ('original' in path ? String(path.original) : '');

/** Figures, and behind them in quotes the field by whose values they are told apart. */
function findAreaFault(name: string, { params }: Call, names: Names): string | null {
  const last = params.at(-1);
  const field = last?.type === 'StringLiteral' ? (last as hbs.AST.StringLiteral).value : null;
  if (field !== null && !names.fields.has(field)) return toUnknown(field, names.fields);
  const ids = (field === null ? params : params.slice(0, -1)).map(toName);
  return findArgumentFault(name, ids, names.figures, 1, name === '各地' ? 99 : 1);
}

/** What stands behind the name of a structure: nothing, or one of a few words in quotes. */
function findWordFault({ path, params }: Call, words: readonly string[]): string | null {
  const [first] = params;
  const known = first?.type === 'StringLiteral' && words.includes((first as hbs.AST.StringLiteral).value);
  if (params.length === 0 || (params.length === 1 && known)) return null;
  const quoted = words.map((word) => `"${word}"`).join('、');
  return words.length === 0 ? `“${toName(path)}”后面不写内容` : `“${toName(path)}”后面只能写${quoted}`;
}

function findPlainFault(name: string, parameters: string[], type: string, names: Names): string | null {
  const known = new Set([...names.figures, ...GLOBALS]);
  if (!known.has(name)) return toUnknown(name, new Set([...known, ...HELPERS, ...names.businesses]));
  return parameters.length > 0 || type === 'BlockStatement' ? `“${name}”是数或文字，不能这样用` : null;
}

function findArgumentFault(
  helper: string,
  parameters: string[],
  known: Set<string>,
  least: number,
  most: number,
): string | null {
  const unknown = parameters.find((parameter) => !known.has(parameter));
  if (unknown !== undefined) return toUnknown(unknown, known);
  return parameters.length >= least && parameters.length <= most
    ? null
    : `“${helper}”后面要写${most === 1 ? '一个数' : '数或业务'}的名称`;
}

function toUnknown(name: string, known: Set<string>): string {
  const near = findNearest(name, known);
  return `“${name}”不存在${near.length > 0 ? `，是否指${near.map((each) => `“${each}”`).join('、')}` : ''}`;
}

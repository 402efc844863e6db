import { freemem, totalmem } from 'node:os';
import { openStore } from '../store/index.ts';
import { type Finding, toFit } from './finding.ts';

/** The floor that package.json sets. */
const NODE = 20;

/** Whether this Node.js is new enough. */
export function examineNode(version: string): Finding {
  const name = 'Node.js';
  if (Number(version.split('.')[0]) >= NODE) return toFit(name, version);
  const advice = `请安装 Node.js ${NODE} 或更高版本，或改用不需要安装的压缩包。`;
  return { name, state: '错误', found: `${version}，版本太旧`, advice };
}

/** Whether the database's binary part loads and counts. */
export async function examineDatabase(open: typeof openStore = openStore): Promise<Finding> {
  const name = '数据库组件';
  try {
    const store = await open('0'.repeat(32));
    const [row] = await store.rows('select version() as version');
    store.close();
    return toFit(name, `DuckDB ${row?.version ?? ''}`);
  } catch (error) {
    const found = `不能装载（${error instanceof Error ? (error.message.split('\n')[0] ?? '') : '原因不明'}）`;
    const advice = '请在程序文件夹重新运行 npm ci，或重新解压压缩包。';
    return { name, state: '错误', found, advice };
  }
}

const GIB = 2 ** 30;
/** A million rows take less than this. */
const ENOUGH = GIB;

/** How much memory there is; a limit that the system sets for this process counts as all there is. */
export function examineMemory(total = limitOf(totalmem()), free = Math.min(freemem(), total)): Finding {
  const found = `共 ${toGib(total)}，可用 ${toGib(free)}`;
  if (free >= ENOUGH) return toFit('内存', found);
  const advice = '几万行的表格不受影响；几十万行以上的，请先关闭其他程序，或分成几份处理。';
  return { name: '内存', state: '注意', found, advice };
}

function limitOf(total: number): number {
  const limit = process.constrainedMemory();
  return limit !== undefined && limit > 0 && limit < total ? limit : total;
}

const toGib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GB`;

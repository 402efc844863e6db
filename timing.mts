import { existsSync, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { toRow } from './bench/data.ts';
import { loadCatalogue } from './src/catalogue/index.ts';
import { take } from './src/intake.ts';
import { normalise } from './src/normalise/index.ts';
import { findInputs } from './src/read/inputs.ts';
import { openStore } from './src/store/index.ts';
import { findPaymentsAfterEnd } from './src/checks/ended.ts';
import { findExclusions } from './src/checks/exclusive.ts';
import { findOutliers } from './src/checks/outlier.ts';
import { findOverviewProblems } from './src/checks/overview.ts';
import { findRepeated } from './src/checks/repeated.ts';
import { findSubtotalProblems } from './src/checks/totals.ts';
const out = async (path:string, head:string, n:number, row:(i:number)=>string) => {
  if (existsSync(path)) return path;
  const s = createWriteStream(path); s.write(head);
  for (let i=0;i<n;i+=10000){ let t=''; for(let j=i;j<Math.min(n,i+10000);j++) t+=row(j)+'\n'; if(!s.write(t)) await once(s,'drain'); }
  s.end(); await finished(s); return path;
};
const H=(a:string[])=>a.join(',')+'\n';
const N=2_000_000;
const bench = await out('/tmp/ck/东湖区2022年低保发放明细.csv', '东湖区2022年低保发放明细\n单位：元\n乡镇,社区,户编号,户主姓名,身份证号,发放年月,保障人数,保障金,分类施保金,发放合计,开户银行,银行账号\n', N, i=>toRow(i).join(','));
const roll = await out('/tmp/ck/东湖区2022年低保家庭成员名册.csv', '东湖区2022年低保家庭成员名册\n户编号,户主姓名,姓名,身份证号,起始年月,停发年月,死亡日期\n', 170_000, i=>{const r=toRow(i*12);return [r[2],r[3],r[3],r[4],'2019-01', i%10===0?'2022-11':'', i%50===1?'2022-12-01':''].join(',')});
const two = await out('/tmp/ck/东湖区2022年困难残疾人生活补贴发放明细.csv', '东湖区2022年困难残疾人生活补贴发放明细\n单位：元\n姓名,身份证号,发放年月,发放金额\n', N, i=>{const r=toRow(i);return [r[3],r[4],r[5],'100'].join(',')});
const one = await out('/tmp/ck/东湖区2022年一次性名单困难残疾人生活补贴.csv', '东湖区2022年困难残疾人生活补贴发放明细\n单位：元\n姓名,身份证号,发放年月,发放金额\n', N, i=>{const r=toRow(i*12);return [r[3],r[4].slice(0,3)+String(i%1000).padStart(3,'0')+r[4].slice(6),'202201',String(i%1000)].join(',')});
const tk = await out('/tmp/ck/东湖区2022年特困供养金发放明细.csv', '东湖区2022年特困供养金发放明细\n单位：元\n姓名,身份证号,发放年月,发放金额\n', 120_000, i=>{const r=toRow(i+1_000_000);return [r[3],r[4],r[5],'900'].join(',')});
const sub = await out('/tmp/ck/东湖区2022年高龄津贴发放统计表.csv', '东湖区2022年高龄津贴发放统计表\n街道,发放月份,人次,发放金额（元）\n', N, i=> i%5000===4999 ? '小计,,,'+(4999*100) : `街${i%20},2022年${i%12+1}月,1,100`);
const catalogue = loadCatalogue();
const scenarios: Record<string,string[]> = {'低保 2M alone':[bench],'低保 2M + roll 170k':[bench,roll],'两补 2M + 特困 120k':[two,tk],'2M distinct persons':[one],'高龄 2M with 400 小计':[sub]};
for (const [name, paths] of Object.entries(scenarios)) {
  if (process.argv[2] && !name.includes(process.argv[2])) continue;
  const store = await openStore('0123456789abcdef0123456789abcdef');
  const inputs = await findInputs(paths, () => false);
  const a = performance.now(); const ca=process.cpuUsage();
  const intake = await take(inputs as never, [], catalogue, store, () => {});
  const b = performance.now(); const cb=process.cpuUsage(ca);
  await normalise(intake.tables, catalogue, store);
  const c = performance.now();
  console.log(`## ${name}: load ${(b-a).toFixed(0)} (cpu ${(cb.user/1000).toFixed(0)}) normalise ${(c-b).toFixed(0)}`, intake.tables.map(t=>[t.dataset,t.programmes.join()].join('/')).join(' '));
  const scope = { tables: intake.tables, catalogue, store, period: { from: '2022-01', to: '2022-12' }, standards: new Map(name.includes('roll')?[['低保.标准','855']]:[]) };
  for (let k=0;k<3;k++) {
    const times: string[] = []; let total=0, found: string[]=[];
    for (const [n,f] of Object.entries({findOverviewProblems,findRepeated,findOutliers,findPaymentsAfterEnd,findExclusions,findSubtotalProblems})) {
      const t=process.cpuUsage(); const p = await f(scope); const u=process.cpuUsage(t); const d=(u.user+u.system)/1000; total+=d; times.push(`${n.replace('find','')} ${d.toFixed(0)}`); found.push(...p.map(x=>`${x.kind} ${x.count}`));
    }
    console.log(times.join(' | '), '| total', total.toFixed(0), k===0?found.join('; '):'');
  }
  store.close();
}

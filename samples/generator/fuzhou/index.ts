import { makeScene, type SampleFile, toBook } from '../scene.ts';
import { layBeds, makeBeds } from './beds.ts';
import { layFacts, layFunds, layTargets } from './declared.ts';
import { layServices, makeServices } from './services.ts';

const stamp = { place: '抚州市', bureau: '抚州市民政局', year: 2023, filled: '2023年10月10日' };

/** A prefecture's special task at the end of September 2023. */
export function makeFuzhou(): Promise<SampleFile[]> {
  const scene = makeScene(20230930, '991001', stamp);
  const beds = makeBeds(scene);
  return Promise.all([
    toBook('家庭养老床位台账.xlsx', [layBeds(scene, beds)], scene),
    toBook('上门服务记录.xlsx', [layServices(scene, makeServices(scene, beds))], scene),
    toBook('资金台账.xlsx', [layFunds(scene)], scene),
    toBook('任务指标.xlsx', [layTargets(scene)], scene),
    toBook('手工填报.xlsx', [layFacts(scene)], scene),
  ]);
}

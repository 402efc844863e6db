import { type Elsewhere, openWorkshop } from '../elsewhere.ts';
import { countDistinct, countRows } from '../ledger.ts';
import { layBeds, makeBeds } from './beds.ts';
import { layFunds, layFuzhouFacts, layTargets } from './declared.ts';
import { layServices, makeServices } from './services.ts';

const stamp = { place: '抚州市', bureau: '抚州市民政局', year: 2023, filled: '2023年10月10日' };

/** A prefecture's special task at the end of September 2023. */
export function makeFuzhou(): Elsewhere {
  const workshop = openWorkshop(20230930, '991001', stamp);
  const beds = makeBeds(workshop);
  const services = makeServices(workshop, beds);
  const built = beds.filter((bed) => bed.built !== null && bed.built <= '2023-09-30');
  return {
    folder: '抚州市2023-09',
    files: {
      家庭养老床位台账: [layBeds(workshop, beds)],
      上门服务记录: [layServices(workshop, services)],
      资金台账: [layFunds(workshop)],
      任务指标: [layTargets(workshop)],
      手工填报: [layFuzhouFacts(workshop)],
    },
    figures: {
      '养老服务.家庭养老床位累计建成数': countRows(built),
      '养老服务.家庭养老床位覆盖县区数': countDistinct(built, ({ county }) => county),
    },
  };
}

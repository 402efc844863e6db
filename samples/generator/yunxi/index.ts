import { makeScene, type SampleFile, toBook } from '../scene.ts';
import { makeDeclared } from './declared.ts';
import { makeElderAllowance, makeFunds, makeInsurance } from './money.ts';
import { makeAreaList, makeFacilities } from './places.ts';
import { makeCalls, makeEvents, makeTimeBank, makeTraining, makeVisits } from './services.ts';

const stamp = { place: '云溪县', bureau: '云溪县民政局', year: 2021, filled: '2021年7月2日' };

/** A county's report on care for the old at home: the files of its folder. */
export async function makeYunxi(): Promise<SampleFile[]> {
  const scene = makeScene(20210630, '990104', stamp);
  return [
    await toBook('养老设施和区划.xlsx', [makeFacilities(scene), makeAreaList(scene)], scene),
    await toBook(
      '补贴保险和资金.xlsx',
      [makeElderAllowance(scene), ...makeInsurance(scene), makeFunds(scene)],
      scene,
    ),
    await toBook(
      '服务培训和志愿.xlsx',
      [makeVisits(scene), makeCalls(scene), makeEvents(scene), makeTraining(scene), ...makeTimeBank(scene)],
      scene,
    ),
    await toBook('手工填报.xlsx', makeDeclared(scene), scene),
  ];
}

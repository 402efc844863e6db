import { makeScene, type SampleFile, toBook } from '../scene.ts';
import { makeCustoms, makeFunerals, makeMarriageSheet } from './affairs.ts';
import { makeDeclared } from './declared.ts';
import { makeAlone, makeHomeServices, makeNurses } from './elders.ts';
import { makeConstruction, makeFacilityRoll } from './facilities.ts';
import { makeLivingSheets } from './living.ts';
import { makeAreaList } from './places.ts';
import { makeChildSheet, makeDestituteSheets, makeDisabilitySheet, makeGrantSheet } from './relief.ts';
import { makeSafetySheets } from './safety.ts';
import { makeOfficeSheets } from './stations.ts';

const stamp = { place: '西湖区', bureau: '西湖区民政局', year: 2024, filled: '2024年7月5日' };

/** A district's first half of 2024: the files of its folder. */
export async function makeWestLake(): Promise<SampleFile[]> {
  const scene = makeScene(20240630, '990103', stamp);
  const relief = [
    ...makeLivingSheets(scene),
    ...makeDestituteSheets(scene),
    makeGrantSheet(scene),
    makeChildSheet(scene),
    makeDisabilitySheet(scene),
  ];
  const elders = [
    makeFacilityRoll(scene),
    makeConstruction(scene),
    makeHomeServices(scene),
    ...makeAlone(scene),
    makeNurses(scene),
    ...makeSafetySheets(scene),
  ];
  const affairs = [
    makeMarriageSheet(scene),
    ...makeCustoms(scene),
    makeFunerals(scene),
    ...makeOfficeSheets(scene),
    makeAreaList(scene),
  ];
  return [
    await toBook('社会救助2024上半年.xlsx', relief, scene),
    await toBook('养老服务2024上半年.xlsx', elders, scene),
    await toBook('社会事务和基层2024上半年.xlsx', affairs, scene),
    await toBook('手工填报和任务指标2024上半年.xlsx', makeDeclared(scene), scene),
  ];
}

import { makeScene, type SampleFile, toBook } from '../scene.ts';
import { layFacts, layMeasures } from './declared.ts';
import {
  layPayouts,
  layResidents,
  laySupported,
  makeEnded,
  makeLeavers,
  makeResidents,
  makeScattered,
} from './people.ts';
import { layFacilities, layFunds, layRebuilding, layTowns } from './places.ts';
import {
  layActivities,
  layAgreements,
  layExaminations,
  layStaff,
  layTownStaff,
  layVolunteers,
} from './teams.ts';

const stamp = { place: '荣昌区', bureau: '荣昌区民政局', year: 2024, filled: '2024年12月31日' };

/** A district's measures for persons in 特困 at the end of 2024. */
export function makeRongchang(): Promise<SampleFile[]> {
  const scene = makeScene(20241231, '991053', stamp);
  const residents = makeResidents(scene);
  const leavers = makeLeavers(scene);
  const scattered = makeScattered(scene);
  const everyone = [...residents, ...scattered, ...leavers, ...makeEnded(scene)];
  const homes = [layResidents(scene, [...residents, ...leavers]), layStaff(scene), layRebuilding(scene)];
  const teams = [layTownStaff(scene), layVolunteers(scene), layAgreements(scene, scattered)];
  const deeds = [layActivities(scene), layExaminations(scene, [...residents, ...scattered])];
  return Promise.all([
    toBook('特困在册名册.xlsx', [laySupported(scene, everyone)], scene),
    toBook('特困集中供养金发放明细.xlsx', [layPayouts(scene, [...residents, ...leavers])], scene),
    toBook('敬老院.xlsx', homes, scene),
    toBook('服务队伍.xlsx', teams, scene),
    toBook('活动和体检.xlsx', deeds, scene),
    toBook('设施区划资金.xlsx', [layFacilities(scene), layTowns(scene), layFunds(scene)], scene),
    toBook('措施清单.xlsx', [layMeasures(scene)], scene),
    toBook('手工填报.xlsx', [layFacts(scene)], scene),
  ]);
}

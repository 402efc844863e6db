import { cycle, range } from '../allocate.ts';
import { dateBetween, dateIn } from '../calendar.ts';
import { type Row, type Scene, toSheet } from '../scene.ts';
import type { Supported } from './people.ts';
import { deputyAbove, homes, towns } from './plan.ts';

const levels = ['全自理', '半失能', '失能'];

/** 敬老院人员配备表: head, deputy and care workers of every home. */
export function layStaff(scene: Scene) {
  const staff = (home: string, post: string, level: string | null): Row => ({
    机构名称: home,
    姓名: scene.registry.person(1968, 1998).name,
    岗位: post,
    照护等级: level,
    入职日期: { date: dateBetween(scene.random, scene.random.int(2018, 2023), 1, 12) },
    人员状态: '在岗',
  });
  const rows = homes.flatMap(({ name, residents, carers }) => [
    staff(name, '院长', null),
    ...(residents.reduce((a, b) => a + b) > deputyAbove ? [staff(name, '副院长', null)] : []),
    ...carers.flatMap((count, level) => range(count).map(() => staff(name, '护理员', levels[level] ?? ''))),
  ]);
  return toSheet(scene, { sheet: '敬老院人员配备表', title: '敬老院工作人员配备表', unit: '人' }, rows);
}

/** 镇街人员配备表: one more person for 特困 in every town, and its group that assesses, with 3 to 5 doctors. */
export function layTownStaff(scene: Scene) {
  const member = (town: string, post: string): Row => ({
    镇街: town,
    姓名: scene.registry.person(1970, 1999).name,
    岗位: post,
    到岗日期: { date: dateIn(scene.random, 2024, scene.random.int(2, 6)) },
  });
  const rows = towns.flatMap((town, index) => [
    member(town, '专职人员'),
    member(town, '镇街工作人员'),
    member(town, '残联工作人员'),
    ...range(cycle([3, 4, 5], index)).map(() => member(town, '执业医师')),
  ]);
  return toSheet(
    scene,
    { sheet: '镇街服务队伍人员配备表', title: '特困人员服务队伍人员配备表', unit: '人' },
    rows,
  );
}

/** 志愿服务队伍台账: one team in every town. */
export function layVolunteers(scene: Scene) {
  const rows = towns.map((town) => ({
    镇街: town,
    队伍名称: `${town}特困人员志愿服务队`,
    队员人数: scene.random.int(12, 40),
    成立日期: { date: dateIn(scene.random, 2024, scene.random.int(1, 3)) },
  }));
  return toSheet(scene, { sheet: '志愿服务队伍台账', title: '特困人员志愿服务队伍台账', unit: '支' }, rows);
}

/** 照料服务协议台账: one agreement for every person supported at home. */
export function layAgreements(scene: Scene, people: readonly Supported[]) {
  const rows = people.map(
    ({ person, town }, index): Row => ({
      乡镇街道: town,
      姓名: person.name,
      身份证号: person.id,
      协议编号: `XY2024${String(index + 1).padStart(4, '0')}`,
      照料人: scene.registry.person(1955, 1995).name,
      与对象关系: scene.random.pick(['亲属', '邻里', '村社干部']),
      起始日期: { date: dateIn(scene.random, 2024, scene.random.int(1, 4)) },
    }),
  );
  return toSheet(
    scene,
    { sheet: '照料服务协议台账', title: '分散供养特困人员照料服务协议台账', unit: '份' },
    rows,
  );
}

/** Activities of the year: volunteers every month and a clean-up every quarter in every town, one appeal for money. */
export function layActivities(scene: Scene) {
  const held = (kind: string, town: string, day: string): Row => ({
    活动日期: { date: day },
    镇街: town,
    活动类型: kind,
    参加人数: scene.random.int(8, 40),
    状态: '已开展',
  });
  const rows = [
    ...range(12).flatMap((month) =>
      towns.map((town) => held('志愿服务', town, dateIn(scene.random, 2024, month))),
    ),
    ...[3, 6, 9, 12].flatMap((month) =>
      towns.map((town) => held('环境卫生整治', town, dateIn(scene.random, 2024, month))),
    ),
    held('专项基金募捐', '', '2024-10-11'),
    { ...held('志愿服务', towns[0] ?? '', '2024-08-20'), 状态: '已取消' },
  ];
  const plan = { sheet: '特困关爱活动记录', title: '特困人员关爱服务活动记录', unit: '场' };
  return toSheet(
    scene,
    plan,
    rows.sort((a, b) => dayOf(a).localeCompare(dayOf(b))),
  );
}

function dayOf(row: Row): string {
  const day = row.活动日期;
  return day !== null && typeof day === 'object' && 'date' in day ? (day.date ?? '') : '';
}

/** 健康体检记录: one examination in the year of everyone on the roll who is 65 or older. */
export function layExaminations(scene: Scene, people: readonly Supported[]) {
  const rows = people
    .filter(({ person }) => 2024 - person.born >= 65)
    .map(
      ({ person, town }): Row => ({
        乡镇街道: town,
        姓名: person.name,
        身份证号: person.id,
        年龄: 2024 - person.born,
        服务日期: { date: dateBetween(scene.random, 2024, 3, 11) },
        服务项目: '免费健康体检',
        状态: '已完成',
      }),
    );
  return toSheet(
    scene,
    { sheet: '特困老人健康体检记录', title: '特困老人免费健康体检记录', unit: '人次' },
    rows,
  );
}

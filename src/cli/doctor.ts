import type { Command } from 'commander';
import type { Flags } from '../config.ts';
import type { SafeTerminal } from '../terminal.ts';
import { CONFIG, JSON_RESULT, OUT } from './options.ts';

/** doctor: whether a run can succeed here, and what is in its way. */
export function addDoctor(program: Command, terminal: SafeTerminal, done: (code: number) => void): void {
  program
    .command('doctor')
    .description('检查本机、配置和模板是否都好用，逐项说明怎么办')
    .option(...CONFIG)
    .option(...OUT)
    .option(...JSON_RESULT)
    .action(async (flags: Flags) => {
      const [{ doctor }, { isHealthy, toDoctorJson, toDoctorLines }, { createColor }] = await Promise.all([
        import('../commands/doctor.ts'),
        import('../commands/print-doctor.ts'),
        import('./color.ts'),
      ]);
      const findings = await doctor(flags);
      const color = createColor(terminal);
      const text = flags.json ? toDoctorJson(findings) : toDoctorLines(findings, color).join('\n');
      terminal.stdout.write(`${text}\n`);
      done(isHealthy(findings) ? 0 : 2);
    });
}

import type { Command } from 'commander';
import type { Flags } from '../config.ts';
import type { Terminal } from '../terminal.ts';
import { CONFIG, JSON_RESULT, OUT } from './options.ts';

/** doctor: whether a run can succeed here, and what is in its way. */
export function addDoctor(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('doctor')
    .description('检查本机、配置和模板是否都好用，逐项说明怎么办')
    .option(...CONFIG)
    .option(...OUT)
    .option(...JSON_RESULT)
    .action(async (flags: Flags) => {
      const [{ doctor }, { isHealthy, toDoctorJson, toDoctorLines }, { Chalk }] = await Promise.all([
        import('../commands/doctor.ts'),
        import('../commands/print-doctor.ts'),
        import('chalk'),
      ]);
      const findings = await doctor(flags);
      const color = new Chalk({ level: terminal.stdout.isTTY ? 1 : 0 });
      const text = flags.json ? toDoctorJson(findings) : toDoctorLines(findings, color).join('\n');
      terminal.stdout.write(`${text}\n`);
      done(isHealthy(findings) ? 0 : 2);
    });
}

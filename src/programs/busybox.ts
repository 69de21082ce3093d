import { basename } from '../engine/files/path.ts';
import type { Executable, Kernel, Outcome, Program, ProgramTable } from '../engine/process/program.ts';
import { BUSYBOX_APPLETS } from './applets.ts';
import { BUSYBOX_VERSION } from './system/invocation.ts';

const USAGE = `${BUSYBOX_VERSION}
BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	BusyBox is a multi-call binary that combines many common Unix
	utilities into a single executable.  The shell in this build
	is configured to run built-in utilities without $PATH search.
	You don't need to install a link to busybox for each utility.
	To run external program, use full path (/sbin/ip instead of ip).

Currently defined functions:
`;
const WIDTH = 73;

/** `busybox APPLET …`: the multi-call binary under its own name. Under a name that is no applet's it refuses. */
export function busyboxProgram(programs: ProgramTable): Program {
  return {
    run(kernel): Outcome {
      const [own = '', name, ...rest] = kernel.argv;
      const called = basename(own);
      if (!called.startsWith('busybox')) return refuse(kernel, called);
      if (name === undefined || name === '--help') {
        kernel.output(USAGE + wrapped(BUSYBOX_APPLETS));
        return { exit: 0 };
      }
      if (name === '--list') {
        kernel.output(BUSYBOX_APPLETS.map((applet) => `${applet}\n`).join(''));
        return { exit: 0 };
      }
      const program = programs('busybox', name);
      if (!program) return refuse(kernel, name);
      const replace: Executable = { path: `/bin/${name}`, program, programName: 'busybox', name, prefix: [] };
      return { replace, argv: [name, ...rest], environment: kernel.environment };
    },
  };
}

function refuse(kernel: Kernel, name: string): Outcome {
  const known = BUSYBOX_APPLETS.includes(name);
  kernel.error(known ? `${name}: not modelled in Stapellauf\n` : `${name}: applet not found\n`);
  return { exit: 127 };
}

function wrapped(names: readonly string[]): string {
  let text = '';
  let line = '\t';
  for (const [index, name] of names.entries()) {
    const word = name + (index < names.length - 1 ? ', ' : '');
    if (line.length + name.length + 2 > WIDTH) {
      text += `${line.trimEnd()}\n`;
      line = '\t';
    }
    line += word;
  }
  return `${text}${line}\n`;
}

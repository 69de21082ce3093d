import type { Executable, Kernel, Outcome, Program, ProgramTable } from '../engine/process/program.ts';

const VERSION = 'BusyBox v1.37.0 (Debian 1:1.37.0-6) multi-call binary.';
const USAGE = `${VERSION}
BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --show SCRIPT
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	BusyBox is a multi-call binary that combines many common Unix
	utilities into a single executable.  Most people will create a
	link to busybox for each function they wish to use and BusyBox
	will act like whatever it was invoked as.

Currently defined functions:
`;
const WIDTH = 72;

/** `busybox APPLET …`: the multi-call binary under its own name. */
export function busyboxProgram(programs: ProgramTable): Program {
  return {
    run(kernel): Outcome {
      const [, name, ...rest] = kernel.argv;
      if (name === undefined || name === '--help') {
        kernel.output(USAGE + wrapped(applets(kernel)));
        return { exit: 0 };
      }
      if (name === '--list') {
        kernel.output(
          applets(kernel)
            .map((applet) => `${applet}\n`)
            .join(''),
        );
        return { exit: 0 };
      }
      const program = name === 'busybox' ? undefined : programs('busybox', name);
      if (!program) {
        kernel.error(`${name}: applet not found\n`);
        return { exit: 127 };
      }
      const replace: Executable = { path: `/bin/${name}`, program, programName: 'busybox', name, prefix: [] };
      return { replace, argv: [name, ...rest], environment: kernel.environment };
    },
  };
}

/** Names that lead to this binary, as they lie in the file system. */
function applets(kernel: Kernel): string[] {
  const names = new Set<string>();
  for (const folder of ['/bin', '/sbin', '/usr/bin', '/usr/sbin']) {
    if (kernel.files.stat(folder)?.type !== 'directory') continue;
    for (const name of kernel.files.list(folder)) {
      const node = kernel.files.stat(`${folder}/${name}`);
      if (node?.type === 'file' && node.program === 'busybox') names.add(name);
    }
  }
  return [...names].sort();
}

function wrapped(names: readonly string[]): string {
  let text = '';
  let line = '\t';
  for (const [index, name] of names.entries()) {
    const word = name + (index < names.length - 1 ? ', ' : '');
    if (line.length + word.length > WIDTH) {
      text += `${line.trimEnd()}\n`;
      line = '\t';
    }
    line += word;
  }
  return `${text}${line}\n`;
}

import { type Program, type ProgramTable, toolProgram } from '../engine/process/program.ts';
import { shellProgram } from '../shell/program.ts';
import { busyboxProgram } from './busybox.ts';
import { serverPrograms } from './servers/index.ts';
import { systemTools } from './system/index.ts';
import { textTools } from './text/index.ts';
import type { Flavour, Tool } from './tool.ts';

/** The tool of a name, or nothing. */
export function toolNamed(name: string): Tool | undefined {
  if (Object.hasOwn(textTools, name)) return textTools[name];
  return Object.hasOwn(systemTools, name) ? systemTools[name] : undefined;
}

/** Names of all tools, sorted. */
export function toolNames(): string[] {
  return [...new Set([...Object.keys(textTools), ...Object.keys(systemTools)])].sort();
}

function tool(name: string, flavour: Flavour): Program | undefined {
  const found = toolNamed(name);
  if (!found) return undefined;
  return 'program' in found ? found.program(flavour) : toolProgram((kernel) => found.run(kernel, flavour));
}

/** All programs of images and host, by the `program` of a file and the name it is called by. `extra`: the host's docker. */
export function programTable(extra: Readonly<Record<string, Program>> = {}): ProgramTable {
  const made = new Map<string, Program | undefined>();
  const find = (program: string, name: string): Program | undefined => {
    switch (program) {
      case 'bash':
      case 'dash':
        return shellProgram(program);
      case 'busybox':
        if (name === 'sh' || name === 'ash') return shellProgram('ash');
        return tool(name, 'busybox') ?? busyboxProgram(table);
      case 'gnu':
        return tool(name, 'gnu');
      default:
        return Object.hasOwn(serverPrograms, program) ? serverPrograms[program] : undefined;
    }
  };
  const table: ProgramTable = (program, name) => {
    if (Object.hasOwn(extra, program)) return extra[program];
    const key = `${program} ${name}`;
    if (!made.has(key)) made.set(key, find(program, name));
    return made.get(key);
  };
  return table;
}

import type { Machine } from './machine.ts';
import type { Attributes, Value } from './value.ts';
import type { Suspension, TailCall } from './waiting.ts';

/** A function of Python written in TypeScript. A method's first argument is its object. */
export type Native = (vm: Machine, args: Value[], keywords: Attributes) => Value | Suspension | TailCall;

/** All of them: functions by their name, methods as `type.name`, functions of modules as `module.name`. */
export const NATIVES: Record<string, Native> = Object.create(null) as Record<string, Native>;

/** Names of the methods of each type. */
export const METHODS: Record<string, Set<string>> = Object.create(null) as Record<string, Set<string>>;

export function functions(natives: Readonly<Record<string, Native>>): void {
  Object.assign(NATIVES, natives);
}

export function methods(type: string, natives: Readonly<Record<string, Native>>): void {
  METHODS[type] ??= new Set();
  for (const [name, native] of Object.entries(natives)) {
    NATIVES[`${type}.${name}`] = native;
    METHODS[type].add(name);
  }
}

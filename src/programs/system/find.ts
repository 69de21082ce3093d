import { FileError } from '../../engine/files/errors.ts';
import { segments } from '../../engine/files/path.ts';
import type { Outcome } from '../../engine/process/program.ts';
import type { Tool } from '../tool.ts';
import { type Actions, type Expression, evaluate, parseExpression, Suspended, type Visit } from './find-expression.ts';
import { type Invocation, waiting } from './invocation.ts';

/** A path that is still to be visited, or left: for a folder whose content comes first. */
interface Step {
  readonly path: string;
  readonly start: string;
  readonly depth: number;
  readonly leave: boolean;
}

/** Where the walk is: plain data, so that it can wait for the commands of `-exec`. */
interface Memory {
  steps: Step[];
  /** What the actions on the current path have answered so far. */
  results: boolean[];
  /** Paths that were collected for `-exec … +`, by its place among the actions. */
  batches: Record<number, string[]>;
  status: number;
  waiting: boolean;
}

export const find: Tool = waiting(
  (call): Outcome => {
    const words = [...call.args];
    const paths: string[] = [];
    let follow = false;
    while (/^-[HLP]$|^-O\d$/.test(words[0] ?? '')) follow = words.shift() === '-L';
    while (words.length > 0 && !/^(?:-.|[(),!])/.test(words[0]!)) paths.push(words.shift()!);
    const expression = parseExpression(call, words);
    const memory: Memory = (call.kernel.memory as Memory | undefined) ?? {
      ...{ results: [], batches: {}, status: 0, waiting: false },
      steps: (paths.length > 0 ? paths : ['.'])
        .map((path) => ({ path, start: path, depth: 0, leave: false }))
        .reverse(),
    };
    return new Walk(call, expression, follow || expression.follow, structuredCloneOf(memory)).run();
  },
  { usage: 'find [-HL] [PATH]... [OPTIONS] [ACTIONS]', pointer: false },
);

const structuredCloneOf = (memory: Memory): Memory => ({
  ...memory,
  steps: [...memory.steps],
  results: [...memory.results],
  batches: Object.fromEntries(Object.entries(memory.batches).map(([key, paths]) => [key, [...paths]])),
});

class Walk implements Actions {
  readonly #call: Invocation;
  readonly #expression: Expression;
  readonly #follow: boolean;
  readonly #memory: Memory;
  #asked = 0;

  constructor(call: Invocation, expression: Expression, follow: boolean, memory: Memory) {
    this.#call = call;
    this.#expression = expression;
    this.#follow = follow;
    this.#memory = memory;
  }

  run(): Outcome {
    const memory = this.#memory;
    if (memory.waiting) {
      const ended = this.#call.reap();
      if (ended.length === 0) return { wait: { child: true } };
      memory.results.push(ended[0]!.status === 0);
      memory.waiting = false;
    }
    try {
      for (let step = memory.steps.at(-1); step; step = memory.steps.at(-1)) {
        this.#asked = 0;
        this.#step(step);
        memory.results = [];
      }
      this.#batches();
    } catch (error) {
      if (!(error instanceof Suspended)) throw error;
      memory.waiting = true;
      this.#call.kernel.memory = memory;
      return { wait: { child: true } };
    }
    return { exit: memory.status };
  }

  #complain(path: string, reason: string): undefined {
    this.#call.complain(`${path}: ${reason}`, `${this.#call.quote(path)}: ${reason}`);
    this.#memory.status = 1;
  }

  /** Evaluates a path; only when all actions on it are done is it taken off the list, and what is in it put there. */
  #step(step: Step): undefined {
    const { steps } = this.#memory;
    const call = this.#call;
    const { minDepth, maxDepth, depthFirst } = this.#expression;
    let node = this.#follow ? call.tryStat(step.path) : undefined;
    try {
      node ??= call.stat(step.path, false);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      steps.pop();
      if (step.depth === 0) this.#complain(step.path, error.message);
      return;
    }
    const visit: Visit = {
      ...{ path: step.path, start: step.start, depth: step.depth, node, prune: false, quit: false },
      name: segments(step.path).at(-1) ?? (step.path.replace(/\/+$/, '') || step.path),
    };
    if (!step.path.startsWith('/') && /(^|\/)\.\.?\/*$/.test(step.path))
      visit.name = step.path.replace(/\/+$/, '').split('/').at(-1)!;
    const descend = node.type === 'directory' && step.depth < maxDepth && !step.leave;
    const evaluated = step.depth >= minDepth && (depthFirst ? step.leave || !descend : true);
    if (evaluated) evaluate(this.#expression, visit, this);
    steps.pop();
    if (visit.quit) {
      steps.length = 0;
      return;
    }
    if (!descend || (visit.prune && !depthFirst)) return;
    if (depthFirst) steps.push({ ...step, leave: true });
    try {
      const names = call.kernel.files.list(call.path(step.path));
      for (const name of names.reverse())
        steps.push({
          path: `${step.path.replace(/\/+$/, '')}/${name}`,
          start: step.start,
          depth: step.depth + 1,
          leave: false,
        });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#complain(step.path, error.message);
    }
  }

  #batches(): undefined {
    const { batches, results } = this.#memory;
    for (const [key, paths] of Object.entries(batches)) {
      if (paths.length === 0) continue;
      const command = this.#expression.batches[Number(key)]!;
      this.#asked = 0;
      const fine = this.do(() => this.#start(command.flatMap((word) => (word === '{}' ? paths : [word]))));
      if (!fine && !this.#call.busybox) this.#memory.status = 1;
      batches[Number(key)] = [];
      results.length = 0;
    }
  }

  /** An action that happens once, even when the path is evaluated again after a wait. */
  do(action: () => boolean): boolean {
    const { results } = this.#memory;
    const known = results[this.#asked];
    this.#asked += 1;
    if (known !== undefined) return known;
    const result = action();
    results.push(result);
    return result;
  }

  execute(words: readonly string[], visit: Visit, inFolder: boolean): boolean {
    const shown = inFolder ? `./${visit.name}` : visit.path;
    const at = visit.path.lastIndexOf('/');
    const folder = inFolder ? this.#call.path(at > 0 ? visit.path.slice(0, at) : at === 0 ? '/' : '.') : undefined;
    return this.do(() =>
      this.#start(
        words.map((word) => word.replaceAll('{}', shown)),
        folder,
      ),
    );
  }

  collect(batch: number, visit: Visit): boolean {
    return this.do(() => {
      this.#memory.batches[batch] = [...(this.#memory.batches[batch] ?? []), visit.path];
      return true;
    });
  }

  #start(argv: readonly string[], cwd?: string): boolean {
    const { kernel } = this.#call;
    const [name = ''] = argv;
    const found = kernel.find(name);
    if ('status' in found) {
      const reason = found.reason === 'ENOENT' ? 'No such file or directory' : 'Permission denied';
      this.#call.complain(`${name}: ${reason}`, `${this.#call.quote(name)}: ${reason}`);
      return false;
    }
    kernel.spawn(found, { argv, ...(cwd === undefined ? {} : { cwd }) });
    throw new Suspended();
  }

  remove(visit: Visit): boolean {
    return this.do(() => {
      if (visit.path === '.') return true;
      try {
        const node = this.#call.stat(visit.path, false);
        if (node.type === 'directory' && node.entries.size > 0) throw new FileError('ENOTEMPTY', visit.path);
        this.#call.kernel.files.remove(this.#call.path(visit.path));
        return true;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#call.complain(
          `${visit.path}: ${error.message}`,
          `cannot delete ${this.#call.quote(visit.path)}: ${error.message}`,
        );
        this.#memory.status = 1;
        return false;
      }
    });
  }

  print(text: string): boolean {
    return this.do(() => {
      this.#call.out(text);
      return true;
    });
  }
}

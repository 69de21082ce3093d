import { DockerfileError } from './dockerfile-error.ts';
import type { Command } from './instructions.ts';
import type { Stage } from './stage.ts';

/** Refuses stages that need each other. Throws {@link DockerfileError} with the places of all that belongs to the circle. */
export function checkCycles(stages: readonly Stage[]): void {
  const visited = new Set<Stage>();
  const path = new Set<Stage>();
  const visit = (stage: Stage, current: readonly Command[]): readonly Command[] | undefined => {
    if (visited.has(stage)) return undefined;
    visited.add(stage);
    path.add(stage);
    for (const [dependency, command] of stage.dependencies) {
      const next = [...current, command];
      if (path.has(dependency)) return next;
      const found = visit(dependency, next);
      if (found) return found;
    }
    path.delete(stage);
    return undefined;
  };
  for (const stage of stages) {
    const found = visit(stage, []);
    if (!found) continue;
    const name = stage.label || 'stage-0';
    throw new DockerfileError(
      `circular dependency detected on stage: ${name}`,
      ...found.map(({ location }) => location).reverse(),
    );
  }
}

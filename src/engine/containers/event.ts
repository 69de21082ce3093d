import type { Engine } from '../engine.ts';
import type { Container } from './container.ts';

/** Tells the world that something happened to a container: image, name and labels go with every event. */
export function containerEvent(
  engine: Engine,
  container: Container,
  action: string,
  more: Readonly<Record<string, string>> = {},
): void {
  engine.event('container', action, container.id, {
    ...container.config.Labels,
    ...more,
    image: container.config.Image,
    name: container.name,
  });
}

import type { ImageConfig } from '../../engine/images/image.ts';

/**
 * A configuration with Dockerfile instructions applied to it, as `--change` of commit and import does. What reads Dockerfiles is
 * loaded for it. Throws 400 for instructions that are none, or have no place there.
 */
export async function withChanges(config: ImageConfig, changes: readonly string[]): Promise<ImageConfig> {
  const { applyChanges } = await import('../../engine/images/changes.ts');
  return applyChanges(config, changes);
}

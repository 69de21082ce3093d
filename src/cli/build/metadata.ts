import type { BuildRequest, BuildResult } from '../../engine/build/build.ts';
import { digest } from '../../engine/digest.ts';
import { parseNormalized, parseReference, referenceText } from '../../engine/images/reference.ts';

/** What `--metadata-file` gets: provenance in its short form, the image and its names. */
export function metadataJson(
  request: BuildRequest,
  result: BuildResult,
  reference: string,
  fromStdin: boolean,
): string {
  const materials = result.bases.map(({ reference: name, image }) => {
    const { path, tag } = parseReference(name);
    const short = path.replace(/^library\//, '');
    return {
      uri: `pkg:docker/${short}@${tag}?platform=linux%2F${image.architecture}`,
      digest: { sha256: digest(`manifest ${image.id}`).slice('sha256:'.length) },
    };
  });
  const args: Record<string, string> = {};
  for (const [key, value] of Object.entries(request.buildArgs)) args[`build-arg:${key}`] = value;
  if (fromStdin) args['dockerfilekey'] = 'dockerfile';
  for (const [key, value] of Object.entries(request.labels)) args[`label:${key}`] = value;
  if (request.target) args['target'] = request.target;
  const sorted = Object.fromEntries(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)));
  const provenance = {
    builder: { id: '' },
    buildType: 'https://mobyproject.org/buildkit@v1',
    ...(materials.length > 0 ? { materials } : {}),
    invocation: {
      configSource: { entryPoint: request.dockerfileName },
      parameters: {
        frontend: 'dockerfile.v0',
        ...(Object.keys(sorted).length > 0 ? { args: sorted } : {}),
        locals: [{ name: 'context' }, { name: 'dockerfile' }],
      },
      environment: { platform: 'linux/amd64' },
    },
  };
  const value = {
    'buildx.build.provenance': provenance,
    'buildx.build.ref': `default/default/${reference}`,
    ...(result.imageId === ''
      ? {}
      : { 'containerimage.config.digest': result.imageId, 'containerimage.digest': result.imageId }),
    ...(request.tags.length > 0
      ? { 'image.name': request.tags.map((tag) => referenceText(parseNormalized(tag))).join(',') }
      : {}),
  };
  return JSON.stringify(value, null, 2);
}

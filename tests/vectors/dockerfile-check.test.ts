import { type BuildRequest, checkDockerfile } from '../../src/engine/build/build.ts';
import { Engine } from '../../src/engine/engine.ts';
import { type Directory, directory, regularFile } from '../../src/engine/files/node.ts';
import { addImage, addLayer, tagImage } from '../../src/engine/images/store.ts';
import { vectors } from './vectors.ts';

interface Case {
  line: number;
  test: string;
  dockerfile: string;
  dockerignore?: string;
  buildOptions?: Record<string, string>;
  warnings: readonly Record<string, unknown>[];
}

/**
 * What Engine 28.5 does otherwise than the newer BuildKit that the cases come from: `# check=` above an instruction is
 * a comment like others, CopyIgnoredFile is experimental, names that say "file" or "version" are no exception, and all
 * stages are looked at when there is no target. The real engine's answers, by line of the case.
 */
const SECRETS = 'SecretsUsedInArgOrEnv';
const CHANGED_SINCE: Readonly<Record<number, readonly string[]>> = {
  ...{ 137: [], 168: [], 262: [], 384: ['3 UndefinedVar', '6 UndefinedVar'], 1392: ['3 RedundantTargetPlatform'] },
  305: [4, 5, 6, 6, 7, 7, 8, 9, 12, 13, 13, 14, 16, 18, 20, 22].map((line) => `${line} ${SECRETS}`),
  ...{ 913: ['4 JSONArgsRecommended'], 920: ['4 JSONArgsRecommended'], 927: ['4 MaintainerDeprecated'] },
  ...{ 1109: ['4 WorkdirRelativePath'], 1321: ['5 LegacyKeyValueFormat', '6 LegacyKeyValueFormat'] },
  1350: ['4 LegacyKeyValueFormat', '6 LegacyKeyValueFormat'],
};

function engine(): Engine {
  const made = new Engine({ programs: () => undefined });
  const layer = addLayer(made, '', { tree: directory({}, new Map([['bin', directory()]])) });
  const { id } = addImage(made, { config: { Env: ['PATH=/bin'] }, history: [], layers: [layer] });
  for (const tag of ['busybox', 'busybox:stable']) tagImage(made, id, tag);
  return made;
}

/** Findings of one instruction have no order that the case would fix. */
function byPlace(a: Record<string, unknown>, b: Record<string, unknown>): number {
  return Number(a['line']) - Number(b['line']) || String(a['detail']).localeCompare(String(b['detail']));
}

function context(one: Case): Directory {
  const files = new Map([['Dockerfile', regularFile(one.dockerfile)]]);
  if (one.dockerignore !== undefined) files.set('.dockerignore', regularFile(one.dockerignore));
  return directory({}, files);
}

vectors<Case>(
  'dockerfile-check',
  async (one) => {
    const request: BuildRequest = {
      ...{ context: context(one), dockerfile: one.dockerfile, dockerfileName: 'Dockerfile', tags: [], labels: {} },
      ...{ noCache: false, noCacheFilter: [], pull: false, network: 'default', platforms: [], secrets: new Map() },
      ...{ addHosts: [], namedContexts: new Map() },
      buildArgs: Object.fromEntries(
        Object.entries(one.buildOptions ?? {}).map(([key, value]) => [key.replace(/^build-arg:/, ''), value]),
      ),
    };
    const { warnings } = await checkDockerfile(engine(), request, () => {}, { allStages: true });
    if (CHANGED_SINCE[one.line])
      return warnings
        .map(({ rule, location }) => `${location[0]!.start} ${rule}`)
        .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    return warnings
      .map(({ location, ...warning }) => ({ ...warning, level: 1, line: location[0]!.start }))
      .sort(byPlace);
  },
  ({ warnings, line }) => CHANGED_SINCE[line] ?? [...warnings].sort(byPlace),
);

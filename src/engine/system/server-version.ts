import { type Json, type JsonObject, withOmitted } from '../json.ts';
import { KERNEL_RELEASE } from '../process/proc.ts';
import * as version from './version.ts';

/** What `GET /version` answers. */
export function serverVersion(): JsonObject {
  const details = (entries: Readonly<Record<string, string>>) => new Map<string, Json>(Object.entries(entries));
  const engine = {
    ApiVersion: version.API_VERSION,
    Arch: 'amd64',
    BuildTime: version.BUILD_TIME,
    Experimental: 'false',
    GitCommit: version.SERVER_COMMIT,
    GoVersion: version.GO_VERSION,
    KernelVersion: KERNEL_RELEASE,
    MinAPIVersion: version.MINIMUM_API_VERSION,
    Os: 'linux',
  };
  return withOmitted(
    {
      Platform: { Name: '' },
      Components: [
        { Name: 'Engine', Version: version.SERVER_VERSION, Details: details(engine) },
        { Name: 'containerd', Version: version.CONTAINERD_VERSION, Details: details({ GitCommit: '' }) },
        { Name: 'runc', Version: version.RUNC_VERSION, Details: details({ GitCommit: version.RUNC_COMMIT }) },
        { Name: 'docker-init', Version: version.INIT_VERSION, Details: details({ GitCommit: '' }) },
      ],
      Version: version.SERVER_VERSION,
      ApiVersion: version.API_VERSION,
      MinAPIVersion: version.MINIMUM_API_VERSION,
      GitCommit: version.SERVER_COMMIT,
      GoVersion: version.GO_VERSION,
      Os: 'linux',
      Arch: 'amd64',
      KernelVersion: KERNEL_RELEASE,
      BuildTime: version.BUILD_TIMESTAMP,
    },
    { Experimental: false },
  );
}

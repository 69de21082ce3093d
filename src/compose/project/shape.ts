/**
 * What a field of the project holds, after compose-go's Go types: how it is read from a model, and how it is written.
 * A pointer (`?`) is written even when it is zero.
 */
export type Kind =
  | ('string' | 'boolean' | 'boolean?' | 'integer' | 'integer?' | 'float' | 'cpus' | 'bytes' | 'duration' | 'duration?')
  | ('strings' | 'stringList' | 'mixedList' | 'mapping' | 'environment' | 'labels' | 'options' | 'hosts' | 'command')
  | ('healthTest' | 'fileMode' | 'ulimit' | 'envFile' | 'ssh' | 'count' | 'required')
  | { readonly list: Shape | 'envFile' }
  | { readonly map: Shape | 'ulimit' | 'stringList'; readonly nullable?: boolean }
  | { readonly struct: Shape; readonly pointer: boolean };

/** The fields of a Go struct in their order. */
export type Shape = readonly (readonly [name: string, kind: Kind, options?: { readonly json?: 'always' }])[];

const pointer = (struct: Shape): Kind => ({ struct, pointer: true });
const value = (struct: Shape): Kind => ({ struct, pointer: false });

const ULIMITS: Kind = { map: 'ulimit' };
const FILE_REFERENCE: Shape = [
  ['source', 'string'],
  ['target', 'string'],
  ['uid', 'string'],
  ['gid', 'string'],
  ['mode', 'fileMode'],
];
const BUILD: Shape = [
  ['context', 'string'],
  ['dockerfile', 'string'],
  ['dockerfile_inline', 'string'],
  ['entitlements', 'strings'],
  ['args', 'environment'],
  ['provenance', 'string'],
  ['sbom', 'string'],
  ['ssh', 'ssh'],
  ['labels', 'labels'],
  ['cache_from', 'stringList'],
  ['cache_to', 'stringList'],
  ['no_cache', 'boolean'],
  ['additional_contexts', 'mapping'],
  ['pull', 'boolean'],
  ['extra_hosts', 'hosts'],
  ['isolation', 'string'],
  ['network', 'string'],
  ['target', 'string'],
  ['secrets', { list: FILE_REFERENCE }],
  ['shm_size', 'bytes'],
  ['tags', 'stringList'],
  ['ulimits', ULIMITS],
  ['platforms', 'stringList'],
  ['privileged', 'boolean'],
];
const HOOK: Shape = [
  ['command', 'command', { json: 'always' }],
  ['user', 'string'],
  ['privileged', 'boolean'],
  ['working_dir', 'string'],
  ['environment', 'environment'],
];
const WATCH: Shape = [
  ['path', 'string'],
  ['action', 'string'],
  ['target', 'string'],
  ['exec', value(HOOK), { json: 'always' }],
  ['include', 'strings'],
  ['ignore', 'strings'],
  ['initial_sync', 'boolean'],
];
const RATE: Shape = [
  ['path', 'string'],
  ['rate', 'bytes'],
];
const BLKIO: Shape = [
  ['weight', 'integer'],
  [
    'weight_device',
    {
      list: [
        ['path', 'string'],
        ['weight', 'integer'],
      ],
    },
  ],
  ['device_read_bps', { list: RATE }],
  ['device_read_iops', { list: RATE }],
  ['device_write_bps', { list: RATE }],
  ['device_write_iops', { list: RATE }],
];
const DEVICE_REQUEST: Shape = [
  ['capabilities', 'strings'],
  ['driver', 'string'],
  ['count', 'count'],
  ['device_ids', 'strings'],
  ['options', 'mapping'],
];
const RESOURCE: Shape = [
  ['cpus', 'cpus'],
  ['memory', 'bytes'],
  ['pids', 'integer'],
  ['devices', { list: DEVICE_REQUEST }],
];
const UPDATE: Shape = [
  ['parallelism', 'integer?'],
  ['delay', 'duration'],
  ['failure_action', 'string'],
  ['monitor', 'duration'],
  ['max_failure_ratio', 'float'],
  ['order', 'string'],
];
const DEPLOY: Shape = [
  ['mode', 'string'],
  ['replicas', 'integer?'],
  ['labels', 'labels'],
  ['update_config', pointer(UPDATE)],
  ['rollback_config', pointer(UPDATE)],
  [
    'resources',
    value([
      ['limits', pointer(RESOURCE)],
      ['reservations', pointer(RESOURCE)],
    ]),
    { json: 'always' },
  ],
  [
    'restart_policy',
    pointer([
      ['condition', 'string'],
      ['delay', 'duration?'],
      ['max_attempts', 'integer?'],
      ['window', 'duration?'],
    ]),
  ],
  [
    'placement',
    value([
      ['constraints', 'strings'],
      ['preferences', { list: [['spread', 'string']] }],
      ['max_replicas_per_node', 'integer'],
    ]),
    { json: 'always' },
  ],
  ['endpoint_mode', 'string'],
];
const HEALTHCHECK: Shape = [
  ['test', 'healthTest'],
  ['timeout', 'duration?'],
  ['interval', 'duration?'],
  ['retries', 'integer?'],
  ['start_period', 'duration?'],
  ['start_interval', 'duration?'],
  ['disable', 'boolean'],
];
const SERVICE_NETWORK: Shape = [
  ['aliases', 'strings'],
  ['driver_opts', 'options'],
  ['gw_priority', 'integer'],
  ['interface_name', 'string'],
  ['ipv4_address', 'string'],
  ['ipv6_address', 'string'],
  ['link_local_ips', 'strings'],
  ['mac_address', 'string'],
  ['priority', 'integer'],
];
const PORT: Shape = [
  ['name', 'string'],
  ['mode', 'string'],
  ['host_ip', 'string'],
  ['target', 'integer'],
  ['published', 'string'],
  ['protocol', 'string'],
  ['app_protocol', 'string'],
];
const VOLUME_MOUNT: Shape = [
  ['type', 'string'],
  ['source', 'string'],
  ['target', 'string'],
  ['read_only', 'boolean'],
  ['consistency', 'string'],
  [
    'bind',
    pointer([
      ['selinux', 'string'],
      ['propagation', 'string'],
      ['create_host_path', 'boolean'],
      ['recursive', 'string'],
    ]),
  ],
  [
    'volume',
    pointer([
      ['labels', 'mapping'],
      ['nocopy', 'boolean'],
      ['subpath', 'string'],
    ]),
  ],
  [
    'tmpfs',
    pointer([
      ['size', 'bytes'],
      ['mode', 'integer'],
    ]),
  ],
  ['image', pointer([['subpath', 'string']])],
];

/** compose-go, types.ServiceConfig. */
export const SERVICE: Shape = [
  ['profiles', 'strings'],
  ['annotations', 'mapping'],
  ['attach', 'boolean?'],
  ['build', pointer(BUILD)],
  ['develop', pointer([['watch', { list: WATCH }]])],
  ['blkio_config', pointer(BLKIO)],
  ['cap_add', 'strings'],
  ['cap_drop', 'strings'],
  ['cgroup_parent', 'string'],
  ['cgroup', 'string'],
  ['cpu_count', 'integer'],
  ['cpu_percent', 'float'],
  ['cpu_period', 'integer'],
  ['cpu_quota', 'integer'],
  ['cpu_rt_period', 'integer'],
  ['cpu_rt_runtime', 'integer'],
  ['cpus', 'float'],
  ['cpuset', 'string'],
  ['cpu_shares', 'integer'],
  ['command', 'command', { json: 'always' }],
  ['configs', { list: FILE_REFERENCE }],
  ['container_name', 'string'],
  [
    'credential_spec',
    pointer([
      ['config', 'string'],
      ['file', 'string'],
      ['registry', 'string'],
    ]),
  ],
  [
    'depends_on',
    {
      map: [
        ['condition', 'string'],
        ['restart', 'boolean'],
        ['required', 'required'],
      ],
    },
  ],
  ['deploy', pointer(DEPLOY)],
  ['device_cgroup_rules', 'strings'],
  [
    'devices',
    {
      list: [
        ['source', 'string'],
        ['target', 'string'],
        ['permissions', 'string'],
      ],
    },
  ],
  ['dns', 'stringList'],
  ['dns_opt', 'strings'],
  ['dns_search', 'stringList'],
  ['dockerfile', 'string'],
  ['domainname', 'string'],
  ['entrypoint', 'command', { json: 'always' }],
  [
    'provider',
    pointer([
      ['type', 'string'],
      ['options', { map: 'stringList' }],
    ]),
  ],
  ['environment', 'environment'],
  ['env_file', { list: 'envFile' }],
  ['expose', 'mixedList'],
  [
    'extends',
    pointer([
      ['file', 'string'],
      ['service', 'string'],
    ]),
  ],
  ['external_links', 'strings'],
  ['extra_hosts', 'hosts'],
  ['group_add', 'mixedList'],
  ['gpus', { list: DEVICE_REQUEST }],
  ['hostname', 'string'],
  ['healthcheck', pointer(HEALTHCHECK)],
  ['image', 'string'],
  ['init', 'boolean?'],
  ['ipc', 'string'],
  ['isolation', 'string'],
  ['labels', 'labels'],
  ['label_file', 'strings'],
  ['links', 'strings'],
  [
    'logging',
    pointer([
      ['driver', 'string'],
      ['options', 'options'],
    ]),
  ],
  ['log_driver', 'string'],
  ['log_opt', 'options'],
  ['mem_limit', 'bytes'],
  ['mem_reservation', 'bytes'],
  ['memswap_limit', 'bytes'],
  ['mem_swappiness', 'bytes'],
  ['mac_address', 'string'],
  [
    'models',
    {
      map: [
        ['endpoint_var', 'string'],
        ['model_var', 'string'],
      ],
      nullable: true,
    },
  ],
  ['net', 'string'],
  ['network_mode', 'string'],
  ['networks', { map: SERVICE_NETWORK, nullable: true }],
  ['oom_kill_disable', 'boolean'],
  ['oom_score_adj', 'integer'],
  ['pid', 'string'],
  ['pids_limit', 'integer'],
  ['platform', 'string'],
  ['ports', { list: PORT }],
  ['privileged', 'boolean'],
  ['pull_policy', 'string'],
  ['read_only', 'boolean'],
  ['restart', 'string'],
  ['runtime', 'string'],
  ['scale', 'integer?'],
  ['secrets', { list: FILE_REFERENCE }],
  ['security_opt', 'strings'],
  ['shm_size', 'bytes'],
  ['stdin_open', 'boolean'],
  ['stop_grace_period', 'duration?'],
  ['stop_signal', 'string'],
  ['storage_opt', 'options'],
  ['sysctls', 'mapping'],
  ['tmpfs', 'stringList'],
  ['tty', 'boolean'],
  ['ulimits', ULIMITS],
  ['use_api_socket', 'boolean'],
  ['user', 'string'],
  ['userns_mode', 'string'],
  ['uts', 'string'],
  ['volume_driver', 'string'],
  ['volumes', { list: VOLUME_MOUNT }],
  ['volumes_from', 'strings'],
  ['working_dir', 'string'],
  ['post_start', { list: HOOK }],
  ['pre_stop', { list: HOOK }],
];

/** compose-go, types.NetworkConfig. */
export const NETWORK: Shape = [
  ['name', 'string'],
  ['driver', 'string'],
  ['driver_opts', 'options'],
  [
    'ipam',
    value([
      ['driver', 'string'],
      [
        'config',
        {
          list: [
            ['subnet', 'string'],
            ['gateway', 'string'],
            ['ip_range', 'string'],
            ['aux_addresses', 'mapping'],
          ],
        },
      ],
    ]),
    { json: 'always' },
  ],
  ['external', 'boolean'],
  ['internal', 'boolean'],
  ['attachable', 'boolean'],
  ['labels', 'labels'],
  ['enable_ipv4', 'boolean?'],
  ['enable_ipv6', 'boolean?'],
];

/** compose-go, types.VolumeConfig. */
export const VOLUME: Shape = [
  ['name', 'string'],
  ['driver', 'string'],
  ['driver_opts', 'options'],
  ['external', 'boolean'],
  ['labels', 'labels'],
];

/** compose-go, types.FileObjectConfig: secrets and configs. */
export const FILE_OBJECT: Shape = [
  ['name', 'string'],
  ['file', 'string'],
  ['environment', 'string'],
  ['content', 'string'],
  ['external', 'boolean'],
  ['labels', 'labels'],
  ['driver', 'string'],
  ['driver_opts', 'options'],
  ['template_driver', 'string'],
];

/** compose-go, types.ModelConfig. */
export const MODEL: Shape = [
  ['name', 'string'],
  ['model', 'string'],
  ['context_size', 'integer'],
  ['runtime_flags', 'strings'],
];

import type { Kernel } from '../../../engine/process/program.ts';
import { BUILD, VERSION } from './config.ts';
import type { Memory } from './server.ts';
import type { Database, Reply } from './store.ts';

/** `INFO`: what the server tells about itself, as far as it is modelled. */
export function info(kernel: Kernel, memory: Memory, section?: string): Reply {
  const { config, databases, started, changes, saved } = memory;
  const uptime = Math.floor((kernel.now - started) / 1000);
  const append = config['appendonly'] === 'yes' ? 1 : 0;
  const sections: Record<string, readonly string[]> = {
    Server: [
      ...[`redis_version:${VERSION}`, 'redis_git_sha1:00000000', 'redis_git_dirty:0', `redis_build_id:${BUILD}`],
      ...['redis_mode:standalone', 'arch_bits:64', 'monotonic_clock:POSIX clock_gettime', 'multiplexing_api:epoll'],
      ...[`process_id:${kernel.pid}`, 'process_supervised:no', `tcp_port:${config['port']}`],
      ...[`server_time_usec:${Math.floor(kernel.now * 1000)}`, `uptime_in_seconds:${uptime}`],
      ...[`uptime_in_days:${Math.floor(uptime / 86_400)}`, 'hz:10', 'configured_hz:10'],
      ...[`executable:${kernel.cwd === '/' ? '' : kernel.cwd}/redis-server`, `config_file:${config['#file'] ?? ''}`],
    ],
    Clients: ['connected_clients:1', 'maxclients:10000', 'blocked_clients:0', 'tracking_clients:0'],
    Memory: [
      ...['used_memory:943720', 'used_memory_human:921.60K', `maxmemory:${config['maxmemory']}`],
      ...[`maxmemory_policy:${config['maxmemory-policy']}`, 'mem_allocator:jemalloc-5.3.0'],
    ],
    Persistence: [
      ...['loading:0', 'async_loading:0', `rdb_changes_since_last_save:${changes}`, 'rdb_bgsave_in_progress:0'],
      ...[`rdb_last_save_time:${Math.floor(saved / 1000)}`, 'rdb_last_bgsave_status:ok', 'rdb_last_bgsave_time_sec:-1'],
      ...['rdb_current_bgsave_time_sec:-1', 'rdb_saves:0', 'rdb_last_cow_size:0', 'rdb_last_load_keys_expired:0'],
      ...['rdb_last_load_keys_loaded:0', `aof_enabled:${append}`, 'aof_rewrite_in_progress:0'],
    ],
    Stats: ['total_connections_received:1', 'total_commands_processed:1', 'rejected_connections:0'],
    Replication: [
      ...['role:master', 'connected_slaves:0', 'master_failover_state:no-failover'],
      ...[`master_replid:${'0'.repeat(40)}`, `master_replid2:${'0'.repeat(40)}`, 'master_repl_offset:0'],
      ...['second_repl_offset:-1', 'repl_backlog_active:0', 'repl_backlog_size:1048576'],
      ...['repl_backlog_first_byte_offset:0', 'repl_backlog_histlen:0'],
    ],
    CPU: ['used_cpu_sys:0.010000', 'used_cpu_user:0.010000'],
    Keyspace: Object.entries(databases).map(([index, database]) => keyspace(kernel.now, index, database)),
  };
  const wanted = Object.entries(sections).filter(
    ([name]) =>
      section === undefined ||
      /^(all|everything|default)$/i.test(section) ||
      name.toLowerCase() === section.toLowerCase(),
  );
  return wanted.map(([name, lines]) => `# ${name}\r\n${lines.map((line) => `${line}\r\n`).join('')}`).join('\r\n');
}

function keyspace(now: number, index: string, database: Database): string {
  // What has expired is thrown away before long.
  const entries = Object.values(database).filter(({ expires }) => expires === undefined || expires > now);
  const left = entries.flatMap(({ expires }) => (expires === undefined ? [] : [expires - now]));
  const average = left.length === 0 ? 0 : Math.round(left.reduce((sum, value) => sum + value, 0) / left.length);
  return `db${index}:keys=${entries.length},expires=${left.length},avg_ttl=${average},subexpiry=0`;
}

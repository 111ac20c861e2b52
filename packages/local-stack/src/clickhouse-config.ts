import { escapeXml } from './clickhouse-users.ts'

const MIB = 1024 * 1024

/** The server's configuration, heard on 127.0.0.1 alone and modest enough for two cores shared with Kafka and the services. */
export function clickhouseConfigXml(options: {
  readonly storeDir: string
  readonly logFile: string
  readonly usersFile: string
  readonly httpPort: number
  readonly tcpPort: number
  readonly maxMemoryBytes: number
  /** A disk with less than this is full to the server. */
  readonly keepFreeDiskBytes?: number
}): string {
  const keepFree = options.keepFreeDiskBytes ?? 0
  return `<clickhouse>
  <log-level>warning</log-level>
  <logger><level>warning</level><log>${escapeXml(options.logFile)}</log><size>10M</size><count>2</count></logger>
  <path>${escapeXml(options.storeDir)}</path>
  <users_config>${escapeXml(options.usersFile)}</users_config>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${options.httpPort}</http_port>
  <tcp_port>${options.tcpPort}</tcp_port>
  <max_server_memory_usage>${options.maxMemoryBytes}</max_server_memory_usage>
  <storage_configuration><disks><default><keep_free_space_bytes>${keepFree}</keep_free_space_bytes></default></disks></storage_configuration>
  <mark_cache_size>${256 * MIB}</mark_cache_size>
  <primary_index_cache_size>${256 * MIB}</primary_index_cache_size>
  <background_pool_size>4</background_pool_size>
  <background_merges_mutations_concurrency_ratio>2</background_merges_mutations_concurrency_ratio>
  <background_schedule_pool_size>8</background_schedule_pool_size>
  <!-- Eight merges at once: the defaults are meant for 32, and would keep parts small and mutations waiting for ever. -->
  <merge_tree>
    <number_of_free_entries_in_pool_to_lower_max_size_of_merge>3</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
    <number_of_free_entries_in_pool_to_execute_mutation>3</number_of_free_entries_in_pool_to_execute_mutation>
    <number_of_free_entries_in_pool_to_execute_optimize_entire_partition>3</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
  </merge_tree>
</clickhouse>
`
}

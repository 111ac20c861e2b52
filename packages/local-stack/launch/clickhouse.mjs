// Runs ClickHouse inside this process and never returns while it lives: the call blocks, so it has a process of its own.
// It reads our standard input to its end, which comes when the parent closes it or dies, and then shuts down cleanly.
// Usage: node clickhouse.mjs FFI_FILE LIBRARY_FILE PID_FILE CONFIG_FILE
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [ffiFile, libraryFile, pidFile, configFile] = process.argv.slice(2)
// The server takes its time zone from the process; a server means the same wherever it runs.
process.env.TZ = 'UTC'
writeFileSync(pidFile, String(process.pid))

const { open, load, DataType } = createRequire(import.meta.url)(ffiFile)
const listenUntilInputEnds =
  "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT count() FROM file('-', 'LineAsString') FORMAT Null"
const args = ['clickhouse', '--config-file', configFile, '--query', listenUntilInputEnds]

open({ library: 'chdb', path: libraryFile })
load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.I64,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [args.length, args],
})
process.exit(0)

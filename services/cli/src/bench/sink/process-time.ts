import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Seconds of a core that a process has used since its start, threads included; undefined where the system does not say (no Linux,
 *  another machine, a process that is gone). */
export function coreSecondsOf(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined
  const stat = read(`/proc/${pid}/stat`)
  return stat === undefined ? undefined : coreSecondsIn(stat)
}

// Linux counts in hundredths for every process that reads it, whatever its kernel ticks in.
const ticksPerSecond = 100

/** Of the text of /proc/PID/stat: user and system time, the 14th and 15th field. The second, the name, may hold blanks and brackets. */
export function coreSecondsIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** The process of this machine that listens on a port, when the system tells. */
export function processListeningOn(port: number): number | undefined {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listeningInodes(read(file) ?? '', port)))
  if (inodes.size === 0) return undefined
  return list('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .find((pid) => holdsOneOf(pid, inodes))
}

/** Socket inodes that listen on the port, from the text of /proc/net/tcp. */
export function listeningInodes(table: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
    return local?.endsWith(suffix) === true && state === '0A' && inode !== undefined ? [inode] : []
  })
}

function holdsOneOf(pid: number, inodes: ReadonlySet<string>): boolean {
  return list(`/proc/${pid}/fd`).some((fd) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]
      return inode !== undefined && inodes.has(inode)
    } catch {
      return false // closed meanwhile
    }
  })
}

// A process may end between two looks, and one of another user does not show: then it is none that can be measured.
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

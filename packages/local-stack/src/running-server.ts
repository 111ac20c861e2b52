import { lockDataDir } from './data-dir-lock.ts'
import type { Exit } from './guarded-process.ts'
import { LocalStackError } from './local-stack-error.ts'
import { endStray } from './stray-process.ts'

const PORT_TRIES = 3

export interface RunningServer {
  /** Of the server itself. */
  readonly pid: number
  /** What it logs is kept here. */
  readonly logFile: string
  /** Clean shutdown, by force when that takes too long. Resolves when it is gone. Safe to call twice. */
  stop(): Promise<void>
  /** SIGKILL, as a crash would be. The data is there at the next start. Resolves when it is gone. */
  kill(): Promise<void>
  /** Resolves when the server has ended, for whatever reason; its data directory is free by then. */
  readonly exited: Promise<Exit>
}

/**
 * Starts a server on a data directory that is this process's alone until the server has ended. A start that finds its port taken is
 * tried again when the port was ours to choose: somebody took it between the look and the server's bind.
 * Throws LocalStackError data_dir_in_use, and what `startOnce` throws.
 */
export async function startOnDataDir<S extends RunningServer>(
  place: { readonly dataDir: string; readonly pidFile: string; readonly portsGiven: boolean },
  startOnce: () => Promise<S>,
): Promise<S> {
  const lock = await lockDataDir(place.dataDir)
  try {
    await endStray(place.pidFile, place.dataDir)
    const server = await startWithRetry(place.portsGiven, startOnce)
    // What we started may have been the server's guard alone: when that is killed, the server itself takes a moment longer.
    const exited = server.exited
      .then(async (exit) => {
        await endStray(place.pidFile, place.dataDir)
        return exit
      })
      .finally(() => lock.release())
    const end = (how: () => Promise<void>) => async () => {
      await how()
      await exited
    }
    return { ...server, exited, stop: end(server.stop), kill: end(server.kill) }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function startWithRetry<S>(portsGiven: boolean, startOnce: () => Promise<S>): Promise<S> {
  for (let tries = 1; ; tries++) {
    try {
      return await startOnce()
    } catch (error) {
      const portTaken = error instanceof LocalStackError && error.code === 'port_taken'
      if (!portTaken || portsGiven || tries === PORT_TRIES) throw error
    }
  }
}

export function portTaken(port: number): LocalStackError {
  return new LocalStackError(
    'port_taken',
    `Port ${port} of 127.0.0.1 is taken: end what listens there, or choose another port.`,
  )
}

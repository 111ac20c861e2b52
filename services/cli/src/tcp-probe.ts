import { connect } from 'node:net'

/** Undefined when something listens, else the system's code for why not, such as ECONNREFUSED. Sends nothing. */
export function tcpProbe(host: string, port: number, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs })
    const done = (code: string | undefined) => {
      socket.destroy()
      resolve(code)
    }
    socket.once('connect', () => done(undefined))
    socket.once('timeout', () => done('ETIMEDOUT'))
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'ECONNREFUSED'))
  })
}

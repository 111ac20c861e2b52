import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { afterEach, describe, expect, it } from 'vitest'

const tsx = createRequire(import.meta.url).resolve('tsx')
const fixture = new URL('../fixtures/slow-service.ts', import.meta.url).pathname
const running: { kill(signal: NodeJS.Signals): boolean }[] = []

async function startSlowService() {
  const child = spawn(process.execPath, ['--import', `file://${tsx}`, fixture], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  running.push(child)
  let output = ''
  child.stdout?.on('data', (text: Buffer) => {
    output += text.toString()
  })
  // Node tells no `close` of a child whose channel we cut.
  const silent = new Promise<void>((resolve) => child.stdout?.once('end', resolve))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ended = Promise.all([exited, silent]).then(([code]) => ({ code, output }))
  const said = (kind: string) =>
    new Promise<void>((resolve) => {
      child.on('message', (message) => {
        if ((message as { kind?: string }).kind === kind) resolve()
      })
    })
  await said('started')
  return { child, ended, said }
}

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

describe('a service', { timeout: 30_000 }, () => {
  it('that is asked to stop finishes its work and says that all is well', async () => {
    const { child, ended, said } = await startSlowService()
    const stopping = said('stopping')
    child.kill('SIGTERM')
    await stopping
    child.send('let go')
    expect(await ended).toEqual({ code: 0, output: 'all is kept\n' })
  })

  it('takes Ctrl-C of the terminal and the stop of its parent for one wish', async () => {
    const { child, ended, said } = await startSlowService()
    const stopping = said('stopping')
    child.kill('SIGINT')
    await stopping
    child.kill('SIGTERM')
    child.send('let go')
    expect(await ended).toEqual({ code: 0, output: 'all is kept\n' })
  })

  it('stops at once when it is asked in the same way twice', async () => {
    const { child, ended, said } = await startSlowService()
    const stopping = said('stopping')
    child.kill('SIGINT')
    await stopping
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 1, output: '' })
  })

  it('finishes its work when its parent is gone', async () => {
    const { child, ended } = await startSlowService()
    child.disconnect()
    expect(await ended).toEqual({ code: 0, output: 'all is kept\n' })
  })

  it('finishes its work and says that all is not well when a part of it failed', async () => {
    const { child, ended, said } = await startSlowService()
    const stopping = said('stopping')
    child.send('fail')
    await stopping
    child.send('let go')
    expect(await ended).toEqual({ code: 1, output: 'all is kept\n' })
  })
})

describe('a service whose server is away', { timeout: 30_000 }, () => {
  const startWaiting = async (how: string) => {
    const file = new URL('../fixtures/waiting-service.ts', import.meta.url).pathname
    const child = spawn(process.execPath, ['--import', `file://${tsx}`, file, how], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    running.push(child)
    let output = ''
    child.stdout?.on('data', (text: Buffer) => {
      output += text.toString()
    })
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const heard = new Map<string, Record<string, string>>()
    await new Promise<void>((resolve) => {
      child.on('message', (message) => {
        const { kind, ...rest } = message as Record<string, string>
        heard.set(kind ?? '', rest)
        if (heard.has('asked') && heard.has('address')) resolve()
      })
    })
    return { child, exited, output: () => output, address: heard.get('address')?.address }
  }

  it('answers meanwhile that it lives and what it waits for, and ends soon and well when it is asked to', async () => {
    const { child, exited, output, address } = await startWaiting('listening')
    expect((await fetch(`${address}/livez`)).status).toBe(200)
    const ready = await fetch(`${address}/readyz`)
    expect([ready.status, await ready.json()]).toMatchObject([503, { status: 'not_ready' }])
    const askedAtMs = performance.now()
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    expect(performance.now() - askedAtMs).toBeLessThan(3_000)
    expect(output()).toBe('let go\n')
  })

  it('ends soon also when what connects does not listen', async () => {
    const { child, exited } = await startWaiting('deaf')
    const askedAtMs = performance.now()
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    expect(performance.now() - askedAtMs).toBeLessThan(5_000)
  })
})

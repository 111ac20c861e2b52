import { describe, expect, it } from 'vitest'
import { type Component, startAll, together } from './lifecycle.ts'

/** Components that tell what they do, and fail where they are told to. */
function troupe(failing: readonly string[] = []) {
  const steps: string[] = []
  const step = async (name: string) => {
    steps.push(name)
    if (failing.includes(name)) throw new Error(`${name} failed`)
  }
  const component = (name: string): Component => ({
    name,
    start: () => step(`start ${name}`),
    stop: () => step(`stop ${name}`),
  })
  return { steps, components: ['clients', 'server', 'consumer'].map(component) }
}

describe('the parts of a service', () => {
  it('start in order and stop the other way round, so that sources end before what they feed', async () => {
    const { steps, components } = troupe()
    const stop = await startAll(components)
    await stop()
    expect(steps).toEqual([
      'start clients',
      'start server',
      'start consumer',
      'stop consumer',
      'stop server',
      'stop clients',
    ])
  })

  it('stop once, however often they are asked', async () => {
    const { steps, components } = troupe()
    const stop = await startAll(components)
    await Promise.all([stop(), stop()])
    await stop()
    expect(steps.filter((step) => step.startsWith('stop'))).toHaveLength(3)
  })

  it('that started are stopped when one does not, and its own reason is told', async () => {
    const { steps, components } = troupe(['start consumer'])
    await expect(startAll(components)).rejects.toThrow('start consumer failed')
    expect(steps).toEqual(['start clients', 'start server', 'start consumer', 'stop server', 'stop clients'])
  })

  it('are all stopped, though one of them fails to, and the failure is told with its name', async () => {
    const { steps, components } = troupe(['stop server'])
    const stop = await startAll(components)
    const error = await stop().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AggregateError)
    expect((error as AggregateError).errors).toMatchObject([
      { message: 'server did not stop cleanly', cause: { message: 'stop server failed' } },
    ])
    expect(steps.at(-1)).toBe('stop clients')
  })

  it('tell both failures when the undoing fails too', async () => {
    const { components } = troupe(['start consumer', 'stop clients'])
    const error = await startAll(components).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ message: 'consumer did not start, and the undoing failed too' })
    expect((error as AggregateError).errors[0]).toMatchObject({ message: 'start consumer failed' })
  })

  it('are started no further when they are to stop, and those that started are stopped', async () => {
    const { steps, components } = troupe()
    const stopping = new AbortController()
    const heard: (AbortSignal | undefined)[] = []
    const patient: Component = {
      name: 'patient',
      start: async (signal) => {
        heard.push(signal)
        stopping.abort()
      },
      stop: async () => void steps.push('stop patient'),
    }
    const all = [...components.slice(0, 1), patient, ...components.slice(1)]
    await expect(startAll(all, stopping.signal)).rejects.toMatchObject({ name: 'AbortError' })
    expect(steps).toEqual(['start clients', 'stop patient', 'stop clients'])
    expect(heard).toEqual([stopping.signal])
  })

  it('may be none', async () => {
    await (await startAll([]))()
  })
})

describe('parts that stop together', () => {
  it('start in order, and one that takes its time to stop keeps no other from it', async () => {
    const { steps, components } = troupe()
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const slow: Component = { name: 'slow', start: async () => {}, stop: () => ended }
    const worker = together('worker', [...components, slow])
    await worker.start()
    const stopped = worker.stop()
    expect(steps).toEqual([
      'start clients',
      'start server',
      'start consumer',
      'stop clients',
      'stop server',
      'stop consumer',
    ])
    end()
    await stopped
  })

  it('are undone where one does not start, and then there is nothing to stop', async () => {
    const { steps, components } = troupe(['start consumer'])
    const worker = together('worker', components)
    await expect(worker.start()).rejects.toThrow('start consumer failed')
    await worker.stop()
    expect(steps).toEqual(['start clients', 'start server', 'start consumer', 'stop server', 'stop clients'])
  })

  it('are all stopped, though one of them fails to, and the failure is told with its name', async () => {
    const { steps, components } = troupe(['stop clients'])
    const worker = together('worker', components)
    await worker.start()
    await expect(worker.stop()).rejects.toMatchObject({
      errors: [{ message: 'clients did not stop cleanly', cause: { message: 'stop clients failed' } }],
    })
    expect(steps.at(-1)).toBe('stop consumer')
  })
})

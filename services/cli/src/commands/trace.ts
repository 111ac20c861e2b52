import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { isoInstants } from '../iso-instants.ts'
import { withServers } from '../servers.ts'
import { tellTrace } from '../trace/tell-trace.ts'
import { traceEvent } from '../trace/trace-event.ts'
import type { Trace } from '../trace/trace-result.ts'

/** Tells a publisher what became of an event, which rows it moved, and which figures count those now. Fails when it is not here. */
export async function trace(
  context: CommandContext,
  identity: { readonly source: string; readonly id: string },
): Promise<void> {
  await withServers(context.env, async (servers) => {
    const nowMs = Date.now()
    const traced = await traceEvent(servers, identity, nowMs)
    for (const line of tellTrace(traced, { zone: servers.zone, nowMs })) context.say(line)
    context.answer(isoInstants(withoutEntity(traced)))
    if (traced.fate === 'not_arrived') throw new CommandError('The event has not arrived.', 1, { code: 'not_arrived' })
  })
}

/** An entity may hold a person's key, also one that the event itself did not name. */
function withoutEntity(traced: Trace) {
  if (traced.event === undefined) return traced
  const { entity: _, ...event } = traced.event
  return { ...traced, event }
}

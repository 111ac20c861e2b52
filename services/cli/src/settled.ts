import { caughtUp } from '@bina/kafka/caught-up'
import { pipelineStages } from '@bina/pipeline/stages'
import { CommandError } from './command-error.ts'
import type { CommandContext } from './context.ts'
import type { Servers } from './servers.ts'

const patienceMs = 15 * 60_000

/** Waits until everything that is in Kafka now is stored, folded and judged. */
export async function waitUntilSettled(context: CommandContext, { kafka, topicPrefix }: Servers): Promise<void> {
  const [sink, backfill, fold, judge, area] = pipelineStages(topicPrefix)
  const steps = [
    { title: 'Storing events', stages: [sink, backfill] },
    { title: 'Folding person-days and complaints', stages: [fold] },
    { title: 'Working out scores', stages: [judge, area] },
  ]
  for (const { title, stages } of steps) {
    const step = context.progress.step(title)
    const behind = await caughtUp(kafka, stages, {
      timeoutMs: patienceMs,
      onWait: (_, remaining) => step.update(0, `${remaining} messages to go`),
      signal: context.signal,
    }).catch((error: unknown) => {
      step.fail('stopped')
      throw error
    })
    if (behind !== undefined) {
      step.fail()
      throw new CommandError(`${behind}.`, 1, {
        code: 'not_settled',
        hint: 'See whether its worker runs: npx bina status',
      })
    }
    step.done()
  }
}

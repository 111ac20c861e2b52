import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { RebuildError } from '@bina/pipeline/rebuild/rebuild-error'
import { loadPolicy } from '@bina/runtime/load-policy'
import { clickHouseSettings } from '@bina/runtime/settings'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { createEta } from '../score/eta.ts'
import { rebuildCity } from '../score/rebuild-city.ts'
import { withServers } from '../servers.ts'

const words: Readonly<Record<string, string>> = {
  unit: 'Units of the directory',
  coaching: 'Coaching',
  complaint: 'Complaints',
  day: 'Person-days with a record',
  staff: 'Absences by the roster',
  judge: 'Scores',
}

/** Works out every derived table anew beside the old ones and swaps them; a run that was interrupted goes on. */
export async function scoreRebuild(context: CommandContext, options: { readonly restart?: boolean }): Promise<void> {
  await withServers(context.env, async ({ config, kafka, topicPrefix, zone }) => {
    const policy = await loadPolicy(config.BINA_POLICY_DIR)
    const publisher = await createMessagePublisher(kafka)
    const startedAtMs = Date.now()
    let current: { readonly name: string; readonly step: ReturnType<typeof context.progress.step> } | undefined
    let eta = createEta(Date.now)
    try {
      const rebuilt = await rebuildCity(
        {
          settings: clickHouseSettings(config, 'cli'),
          zone,
          cityProfile: config.BINA_CITY_PROFILE,
          anew: options.restart === true,
        },
        {
          policy,
          touches: createTouchPublisher(publisher, { topicPrefix }),
          clock: Date.now,
          signal: context.signal,
          onProgress: (name, done, total) => {
            if (current?.name !== name) {
              current?.step.done()
              current = { name, step: context.progress.step(words[name] ?? name, total) }
              eta = createEta(Date.now)
            }
            current.step.update(done, eta(done, total))
          },
        },
      )
      current?.step.done()
      const seconds = Math.round((Date.now() - startedAtMs) / 1000)
      context.say(
        `Worked out ${rebuilt.entities} entities and ${rebuilt.units} units anew in ${seconds} s and swapped the tables; ${rebuilt.touched} entities moved meanwhile and go through the workers once more; ${rebuilt.restated} final scores are restated.`,
      )
      context.answer({ ...rebuilt, seconds })
    } catch (error) {
      current?.step.fail()
      if (context.signal.aborted && error instanceof Error && error.name === 'AbortError')
        throw new CommandError('Stopped: the tables that are read stand as they were.', 1, {
          code: 'rebuild_stopped',
          hint: 'Go on where it stood with: npx bina score rebuild',
        })
      if (error instanceof RebuildError) throw new CommandError(error.message, 1, { code: error.code })
      throw error
    } finally {
      await publisher.close()
    }
  })
}

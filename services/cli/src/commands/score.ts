import { scoresOfWeek } from '@bina/clickhouse/operator-queries'
import { createUnitFacts } from '@bina/clickhouse/unit-facts'
import { parseWeek } from '@bina/domain/week'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { withServers } from '../servers.ts'
import { waitUntilSettled } from '../settled.ts'

/** Has a week's scores counted and judged anew, waits for them and prints them by unit id. */
export async function score(
  context: CommandContext,
  options: { readonly week?: string; readonly unit?: string },
): Promise<void> {
  await withServers(context.env, async (servers) => {
    const week = options.week === undefined ? lastClosedWeek(servers.zone, Date.now()) : parseWeek(options.week)
    const known = await createUnitFacts(servers.clickhouse, { zone: servers.zone }).allUnits()
    const units = options.unit === undefined ? known : known.filter((unitId) => unitId === options.unit)
    if (units.length === 0)
      throw new CommandError(
        options.unit === undefined
          ? 'No unit is known yet: publish the directory first.'
          : `The unit ${options.unit} is not known. Ask ClickHouse for the known ones: SELECT unit_id, name FROM unit`,
      )
    const publisher = await createMessagePublisher(servers.kafka)
    try {
      await createTouchPublisher(publisher, { topicPrefix: servers.topicPrefix }).touchUnits(
        units.map((unitId) => ({ unitId, fromWeek: week, toWeek: week })),
      )
    } finally {
      await publisher.close()
    }
    await waitUntilSettled(context, servers)
    const scores = await scoresOfWeek(servers.clickhouse, week, options.unit)
    for (const { unitId, score: name, value, lower80, upper80, band, status } of scores) {
      const shown =
        value === null
          ? 'not enough data'
          : `${value.toFixed(1)} (80 %: ${lower80.toFixed(1)} to ${upper80.toFixed(1)})`
      context.say(`${unitId.padEnd(24)} ${name.padEnd(10)} ${shown.padEnd(36)} ${band} · ${status}`)
    }
    context.answer({ week, scores })
  })
}

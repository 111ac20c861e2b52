import { addDays } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { reportDueTopic } from '@bina/events/topics'
import { until } from '@bina/testkit/until'
import type { ProcessCity } from '../harness/process-city.ts'

/** Rings for the reports of one more week that has ended, the latest first. */
export async function ringForReports(city: ProcessCity, today: string, rung: number): Promise<string> {
  const week = addDays(mondayOf(today), -7 * (rung + 2))
  const producer = city.kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const topic = city.topicPrefix + reportDueTopic
  await producer.send({ topic, acks: -1, messages: [{ key: week, value: JSON.stringify({ week }) }] })
  await producer.disconnect()
  return week
}

/** Resolves when so many runs have ended well; throws with how far they are. */
export async function reportsEnded(city: ProcessCity, weeks: number): Promise<void> {
  const runs = () => city.rows<{ state: string }>('SELECT * FROM report_run')
  const ended = async () => (await runs()).filter(({ state }) => state === 'finished').length === weeks
  const what = `the end of ${weeks} report runs`
  await until(ended, { withinMs: 180_000, what, everyMs: 500 }).catch(async (cause) => {
    const last = city.process('report-cron').output().slice(-3_000)
    throw new Error(`${what} did not come: ${JSON.stringify(await runs())}; report-cron says last:\n${last}`, { cause })
  })
}

import { connectClickHouse, databaseOf } from '@bina/clickhouse/connect'
import { migrationState } from '@bina/clickhouse/migrate'
import { freeDiskShare, latestRecordMs, serverFacts, zoneOfViews } from '@bina/clickhouse/server-facts'
import { silentSources } from '@bina/clickhouse/source-log'
import { clickHouseSettings } from '@bina/runtime/settings'
import type { clickHouseVariables } from '@bina/runtime/variables'
import type { z } from 'zod'
import { localTime } from '../local-time.ts'
import { explainClickHouse } from '../server-fault.ts'
import { tcpProbe } from '../tcp-probe.ts'
import { type Check, fail, failed, ok, warn } from './check.ts'

type ClickHouseConfig = z.infer<z.ZodObject<typeof clickHouseVariables>>
type Settings = ReturnType<typeof clickHouseSettings>

const probeMs = 3_000
const testedMajor = 26
const clock = { tolerableMs: 2_000, misleadingMs: 60_000 }
const fullDisk = { scarce: 0.1, exhausted: 0.02 }

/** The server, its version and clock, its disk, and whether the tables are those of this version of Bina. */
export async function clickHouseChecks(config: ClickHouseConfig, zone: string): Promise<readonly Check[]> {
  const settings = clickHouseSettings(config, 'doctor')
  const checks: Check[] = []
  try {
    checks.push(...(await serverChecks(settings)))
    checks.push(...(await schemaChecks(settings, zone)))
  } catch (error) {
    checks.push(failed(checks.length === 0 ? 'clickhouse' : 'schema', error, explainClickHouse(error, settings)))
  }
  return checks
}

async function serverChecks(settings: Settings): Promise<readonly Check[]> {
  // A silent host must not make anybody wait as long as a long query may take.
  const { hostname, port, protocol } = new URL(settings.url)
  const code = await tcpProbe(
    hostname.replace(/^\[|\]$/g, ''),
    Number(port || (protocol === 'https:' ? 443 : 80)),
    probeMs,
  )
  if (code !== undefined) throw Object.assign(new Error(`ClickHouse cannot be reached (${code})`), { code })
  const client = connectClickHouse({ ...settings, withoutDatabase: true })
  try {
    await serverFacts(client) // the first question opens the connection: the second one times the clock
    const askedAtMs = Date.now()
    const { version, nowMs } = await serverFacts(client)
    const here = (askedAtMs + Date.now()) / 2
    // A user that may not ask for the disks has no disk to look after.
    const free = await freeDiskShare(client).catch(() => undefined)
    return [
      versionCheck(new URL(settings.url).host, version),
      clockCheck('ClickHouse', nowMs - here),
      ...(free === undefined ? [] : [serverDiskCheck(free)]),
    ]
  } finally {
    await client.close()
  }
}

export function versionCheck(host: string, version: string): Check {
  const major = Number(version.split('.')[0])
  const found = `ClickHouse ${version} answers at ${host}`
  if (major === testedMajor) return ok('clickhouse', `${found}.`)
  const than = major < testedMajor ? 'older' : 'newer'
  const next = `Bina is tested with ${testedMajor}.x: have that version installed, or try this one with: npm test`
  return warn('clickhouse', `${found}, which is ${than} than what Bina is tested with.`, next)
}

/** `aheadMs`: how far the server's clock is ahead of this machine's. */
export function clockCheck(server: string, aheadMs: number): Check {
  const apart = Math.abs(aheadMs)
  const shown = apart < 1_000 ? `${Math.round(apart)} ms` : `${Math.round(apart / 1_000)} s`
  if (apart <= clock.tolerableMs) return ok('clock', `This machine's clock and that of ${server} are ${shown} apart.`)
  const message = `The clock of ${server} is ${shown} ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's: days end and weeks close at the wrong moment.`
  const next = 'Have both set by NTP; on most systems: timedatectl set-ntp true'
  return apart <= clock.misleadingMs ? warn('clock', message, next) : fail('clock', message, next)
}

export function serverDiskCheck(freeShare: number): Check {
  const found = `${Math.floor(freeShare * 100)} % of ClickHouse's disk are free`
  if (freeShare >= fullDisk.scarce) return ok('disk', `${found}.`)
  const next = 'Make room on the machine of ClickHouse, or give it a larger disk.'
  if (freeShare >= fullDisk.exhausted) return warn('disk', `Only ${found}.`, next)
  return fail('disk', `Only ${found}: inserts are about to fail, and the sink would wait.`, next)
}

async function schemaChecks(settings: Settings, zone: string): Promise<readonly Check[]> {
  const client = connectClickHouse(settings)
  const name = databaseOf(settings.url)
  try {
    const { applied, pending, changed } = await migrationState(client)
    if (changed.length > 0) {
      const message = `These migrations were edited after they were applied to ${name}: ${changed.join(', ')}.`
      return [fail('schema', message, 'Put the old text of the files back, and put the change in a new migration.')]
    }
    if (pending.length > 0) {
      const state = applied.length === 0 ? 'has no tables yet' : `lacks the migrations ${pending.join(', ')}`
      return [fail('schema', `The database ${name} ${state}.`, 'Make them with: npx bina migrate')]
    }
    return [
      ok('schema', `The database ${name} has all ${applied.length} migrations.`),
      ...zoneOfViewsCheck(await zoneOfViews(client), zone),
      ...recordClockChecks(await latestRecordMs(client)),
      ...silentSourceChecks(await silentSources(client, Date.now()), zone),
    ]
  } finally {
    await client.close()
  }
}

export function zoneOfViewsCheck(ofViews: string | undefined, zone: string): readonly Check[] {
  if (ofViews === undefined || ofViews === zone) return []
  const message = `The views count days in ${ofViews}, BINA_TIMEZONE is ${zone}: their days are not those of the scores.`
  return [fail('zone', message, `Set BINA_TIMEZONE=${ofViews}, or lay the views anew: npx bina migrate`)]
}

/** Kafka tells no time, but its records bear that of their publishers: one from the future tells of a clock that is ahead. */
function recordClockChecks(latestMs: number | undefined): readonly Check[] {
  const aheadMs = (latestMs ?? 0) - Date.now()
  if (aheadMs <= clock.misleadingMs) return []
  const message = `The latest record of Kafka is ${Math.round(aheadMs / 1_000)} s from the future: a publisher's clock is ahead, or this one is behind.`
  return [warn('clock', message, 'Have the clocks of all publishers set by NTP.')]
}

/** Sources that have sent nothing for longer than their own habit: their units look worse, or better, than they are. */
export function silentSourceChecks(silent: Awaited<ReturnType<typeof silentSources>>, zone: string): readonly Check[] {
  return silent.map(({ source, topic, lastArrivalMs, units }) => {
    const since = localTime(zone, lastArrivalMs).slice(0, 16)
    const message = `${source} has sent nothing on ${topic} since ${since}, which is longer than its habit: ${units} units hang on it.`
    return warn('sources', message, 'Ask who runs it. docs/data-quality.md says how a silence is told.')
  })
}

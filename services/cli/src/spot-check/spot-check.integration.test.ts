import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../../../../test/harness/city.ts'
import { coachingEffect } from '../commands/coaching.ts'
import { publish } from '../commands/publish.ts'
import { spotCheckDraw, spotCheckVerify } from '../commands/spot-check.ts'
import type { CommandContext } from '../context.ts'
import { runCommand } from '../test-command.ts'

const sundayMs = Date.parse('2026-11-22T08:00:00+07:00')
const week = '2026-W48'
let city: TestCity
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bina-draw-test-'))
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => sundayMs,
  })
  const events = Array.from({ length: 20 }, (_, at) => `16.71.01.10${String(at).padStart(2, '0')}`).flatMap(
    (unitId) => [
      directory(unitId, `unit-${unitId}`, 'directory.unit', {
        ...{ unitId, name: unitId, unitType: 'kelurahan', headRole: 'Lurah', reportEmails: [], locale: 'id' },
        ...{ parentUnitId: '16.71.01', scheduleProfile: 'office_5d', validFrom: '2026-01-01' },
      }),
      ...[1, 2, 3].map((person) => {
        const personKey = `person_${unitId.slice(-4)}_${person}`
        const data = { personKey, unitId, scheduleProfile: 'office_5d', validFrom: '2026-01-01' }
        return directory(unitId, `staff-${personKey}`, 'directory.staff', data)
      }),
    ],
  )
  const file = join(dataDir, 'directory.ndjson')
  await writeFile(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  expect((await run((context) => publish(context, file, { skipBad: false }))).error).toBeUndefined()
  await city.settled()
})
afterAll(async () => {
  await city.stop()
  await rm(dataDir, { recursive: true })
})

const directory = (subject: string, id: string, type: string, data: object) => ({
  ...{ specversion: '1.0', id, source: 'urn:test:hr', type: `bina.${type}.v1`, subject },
  time: '2026-01-01T00:00:00+07:00',
  data,
})

const run = (work: (context: CommandContext) => Promise<void>) => runCommand(city, work, { BINA_DATA_DIR: dataDir })

const file = (name: string) => join(dataDir, 'spot-checks', `${week}.${name}`)
const text = (name: string) => readFile(file(name), 'utf8')
const draw = (options: Parameters<typeof spotCheckDraw>[1], nowMs = sundayMs) =>
  run((context) => spotCheckDraw(context, options, nowMs))

describe('bina spot-check, from Sunday to the Monday after', () => {
  it('draws the week, keeps its secret to its owner and tells nobody who will be called', async () => {
    const { said, answer, error } = await draw({})
    expect(error).toBeUndefined()
    expect(answer).toMatchObject({ week: '2026-11-23', calls: 60, stood: false })
    const seed = (await text('seed')).trim()
    expect(said + JSON.stringify(answer) + (await text('commitment.json'))).not.toContain(seed)
    expect(said + JSON.stringify(answer) + (await text('commitment.json'))).not.toContain('person_')
    const modes = await Promise.all(['seed', 'calls.json', 'commitment.json'].map((name) => stat(file(name))))
    expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['600', '600', '644'])
    const list = JSON.parse(await text('calls.json'))
    for (const call of list.calls) expect(list.rosters[call.unitId]).toContain(call.personKey)
  })

  it('never draws again what stands, whatever is asked for', async () => {
    const before = await text('commitment.json')
    const { answer, said } = await draw({ week, capacity: 3 })
    expect(answer).toMatchObject({ stood: true, calls: 60 })
    expect(said).toMatch(/nothing was drawn again/)
    expect(await text('commitment.json')).toBe(before)
  })

  it('does not give the seed out while somebody may still be called', async () => {
    const { error } = await draw({ week, reveal: true }, Date.parse('2026-11-29T23:59:00+07:00'))
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(/is not over/) })
    expect(await readdir(join(dataDir, 'spot-checks'))).not.toContain(`${week}.revealed.json`)
  })

  it('refuses a seed that others on the machine can read', async () => {
    await chmod(file('seed'), 0o644)
    const { error } = await draw({ week, reveal: true }, Date.parse('2026-11-30T08:00:00+07:00'))
    expect(error).toMatchObject({ message: expect.stringMatching(/chmod 600/) })
    await chmod(file('seed'), 0o600)
  })

  it('reveals it on Monday, so that anybody finds the draw right and a changed one wrong', async () => {
    const { error } = await draw({ reveal: true }, Date.parse('2026-11-30T08:00:00+07:00'))
    expect(error).toBeUndefined()
    const { commitment } = JSON.parse(await text('commitment.json'))
    const given = { commitment, calls: file('calls.json') }
    const good = await run((context) => spotCheckVerify(context, file('revealed.json'), given))
    expect(good).toMatchObject({ error: undefined, answer: { state: 'agrees', differences: [], unchecked: [] } })
    const changed = JSON.parse(await text('revealed.json'))
    changed.revealed.slots[4].unitId = '16.71.01.1000x'
    await writeFile(file('changed.json'), JSON.stringify(changed))
    const bad = await run((context) => spotCheckVerify(context, file('changed.json'), given))
    expect(bad.error).toMatchObject({ exitCode: 1 })
    expect(bad.said).toMatch(/slot 5: unitId must be/)
  })

  it('keeps in ClickHouse what was published, once, with the seed since Monday', async () => {
    const rows = await city.rows<{ seed: string; slots: number; published: string }>('SELECT * FROM spot_check_draw')
    expect(rows).toHaveLength(1)
    expect(rows[0]?.seed).toBe((await text('seed')).trim())
    expect(JSON.parse(rows[0]?.published ?? '')).toEqual(JSON.parse(await text('revealed.json')))
  })

  it('goes on with the block in the next week, as the two published files show', async () => {
    const { error, answer } = await draw({}, Date.parse('2026-11-29T08:00:00+07:00'))
    expect(error).toBeUndefined()
    const { files } = answer as { files: { commitment: string } }
    const checked = await run((context) =>
      spotCheckVerify(context, files.commitment, { previous: file('revealed.json') }),
    )
    expect(checked).toMatchObject({ error: undefined, answer: { state: 'committed', differences: [] } })
    expect(JSON.parse(await readFile(files.commitment, 'utf8')).frame.rotation).toMatchObject({ block: 3 })
  })

  it('draws nothing for a week that is over', async () => {
    expect((await draw({ week: '2026-W40' })).error).toMatchObject({ exitCode: 2 })
  })
})

describe('bina coaching effect', () => {
  it('says that nothing can be concluded where nobody was coached, and keeps that', async () => {
    const { said, error } = await run((context) => coachingEffect(context, 'city'))
    expect(error).toBeUndefined()
    expect(said).toMatch(/A2 on time: cannot be concluded yet: no session was held/)
    const rows = await city.rows('SELECT measure, conclusion, reason, effect FROM coaching_effect ORDER BY measure')
    expect(rows).toHaveLength(7)
    expect(rows[0]).toEqual({
      ...{ measure: 'A1', conclusion: 'cannot_be_concluded_yet', reason: 'not_coached', effect: null },
    })
  })

  it('names the actions that there are when it does not know the word', async () => {
    const { error } = await run((context) => coachingEffect(context, 'smile_more'))
    expect(error).toMatchObject({ exitCode: 1, message: expect.stringMatching(/Neither a unit nor an action/) })
  })
})

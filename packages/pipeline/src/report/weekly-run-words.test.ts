import { describe, expect, it } from 'vitest'
import { createTestOffice } from './test-office.ts'

const lurah = 'lurah@palembang.example'
const camat = 'camat@palembang.example'
const units = [
  { unitId: 'kelurahan', reportEmails: [lurah], parentUnitId: 'kecamatan' },
  { unitId: 'kecamatan', reportEmails: [camat] },
]
const hour = 3_600_000

/** An office in which one case was overdue on Monday at six, and another one hours later. */
function createOffice() {
  const office = createTestOffice(units)
  const overdue = (complaintId: string) => [{ complaintId, dueAtMs: office.world.nowMs - 1 }]
  office.world.casesOverdue = overdue('case-of-six')
  return {
    ...office,
    hoursLater: () => {
      office.world.nowMs += 5 * hour
      office.world.casesOverdue = overdue('case-of-eleven')
    },
    casesIn: (recipient: string) =>
      office.takenBy(recipient).map(({ text }) => /case-of-(six|eleven)/.exec(text)?.[1] ?? 'none'),
  }
}

describe('the words of a report', () => {
  it('are those of its first copy for a superior whose mailbox was busy for hours, though figures have moved', async () => {
    const office = createOffice()
    office.world.answer = ({ to }) => (to === camat ? 'try_later' : 'sent')
    await office.run()
    office.hoursLater()
    office.world.answer = () => 'sent'
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3 })
    expect([office.casesIn(lurah), office.casesIn(camat)]).toEqual([['six'], ['six', 'six']])
    const words = (recipient: string) => office.takenBy(recipient)[0]?.text.split('\n') ?? []
    const differing = words(camat).filter((line) => line !== '' && !words(lurah).includes(line))
    expect(differing.join(' ')).toMatch(/atasan langsung/i)
    expect(differing.length).toBeLessThanOrEqual(3)
  })

  it('are kept before the first copy leaves: who dies over it tells everybody the same afterwards', async () => {
    const office = createOffice()
    office.world.beforeMark = ({ state }) => {
      if (state === 'sent') throw new Error('killed')
    }
    await expect(office.run()).rejects.toThrow('killed')
    expect(office.casesIn(lurah)).toEqual(['six'])
    office.hoursLater()
    office.world.beforeMark = () => {}
    await office.run()
    // The head's mail left twice under one Message-ID, and both say the same.
    expect([office.casesIn(lurah), office.casesIn(camat)[0]]).toEqual([['six', 'six'], 'six'])
  })

  it('are of the hour in which its first copy was begun, where that was put off', async () => {
    const office = createOffice()
    office.world.beforeWords = (unitId) => {
      if (unitId === 'kelurahan') throw new Error('no font')
    }
    await office.run()
    office.hoursLater()
    office.world.beforeWords = () => {}
    await office.run()
    expect([office.casesIn(lurah), office.casesIn(camat)]).toEqual([['eleven'], ['six', 'eleven']])
  })

  it('of a roll-up are kept as well, and apart from those of the own office', async () => {
    const office = createOffice()
    office.world.otherKinds = [office.areaKind(['kecamatan'])]
    let mailsToCamat = 0
    office.world.answer = ({ to }) => (to === camat && ++mailsToCamat <= 9 ? 'try_later' : 'sent')
    await office.run()
    expect([...office.kept.keys()]).toEqual(['|kelurahan', '|kecamatan', 'area|kecamatan'])
    office.hoursLater()
    office.world.answer = () => 'sent'
    await office.run()
    expect(office.casesIn(camat)).toEqual(['six', 'six', 'six'])
  })

  it('are written down once, and not for reports of which nothing is to leave', async () => {
    const office = createOffice()
    office.world.answer = ({ to }) => (to === camat ? 'try_later' : 'sent')
    office.world.units = [...units, { unitId: 'vacant', reportEmails: [] }]
    await office.run()
    expect([...office.kept.values()].map(({ unitId, sentAtMs, overdue }) => [unitId, sentAtMs, overdue])).toEqual([
      ['kelurahan', office.world.nowMs, 1],
      ['kecamatan', office.world.nowMs, 1],
    ])
    const first = [...office.kept.values()]
    office.hoursLater()
    await office.run()
    expect([...office.kept.values()]).toEqual(first)
  })

  it('are those of now in a report that is asked for again, and leave the kept ones as they are', async () => {
    const office = createOffice()
    await office.run()
    const kept = [...office.kept.values()]
    office.hoursLater()
    await office.resend({ unitId: 'kelurahan', report: '', recipients: [lurah], issue: 1 })
    expect(office.casesIn(lurah)).toEqual(['six', 'eleven'])
    expect([...office.kept.values()]).toEqual(kept)
  })
})

import { describe, expect, it } from 'vitest'
import type { ReportDelivery } from '../ports/report-ledger.ts'
import { Away, Crash, createTestOffice, runId, type TestUnit, week } from './test-office.ts'

const camat = 'camat@palembang.example'
const lurah = 'lurah@palembang.example'
const seklur = 'seklur@palembang.example'
const unitReport = (unitId: string, reportEmails: readonly string[]): TestUnit => ({ unitId, reportEmails })
const threeUnits = [
  unitReport('kecamatan', [camat]),
  unitReport('kelurahan', [lurah, seklur]),
  unitReport('upt:no-address', []),
]

describe('the weekly run', () => {
  it('mails every unit to each of its addresses once, and says of a unit without one that it has none', async () => {
    const office = createTestOffice([...threeUnits, unitReport('upt:twice', ['a@x.example', 'a@x.example'])])
    expect(await office.run()).toEqual({
      period: week,
      runId,
      state: 'finished',
      startedAtMs: office.world.nowMs,
      finishedAtMs: office.world.nowMs,
      dataCompleteUntilMs: office.world.nowMs,
      units: 4,
      delivered: 4,
      failed: 0,
      suppressed: 1,
      cause: '',
    })
    expect(office.taken.map(({ to }) => to)).toEqual([camat, lurah, seklur, 'a@x.example'])
    expect(office.ledger()).toEqual([
      `${camat} sent 1`,
      `${lurah} sent 1`,
      `${seklur} sent 1`,
      ' suppressed 0',
      'a@x.example sent 1',
    ])
    expect(office.deliveries()[3]?.smtpReply).toBe('the directory has no address for this unit')
    expect(office.progress).toEqual([1, 2, 3, 4, 5])
  })

  it('sends nothing and asks nobody once it has finished', async () => {
    const office = createTestOffice(threeUnits)
    const finished = await office.run()
    office.world.nowMs += 600_000
    office.world.behind = 'the sink is behind'
    expect(await office.run({ retryRefused: true })).toEqual(finished)
    expect(office.tries).toHaveLength(3)
  })

  it('is held while events are still being worked out, mails nobody, and goes out when they are', async () => {
    const office = createTestOffice(threeUnits)
    office.world.behind = 'bina-sink is 12 messages behind on bina.attendance.v1'
    expect(await office.run()).toMatchObject({ state: 'held', cause: office.world.behind, finishedAtMs: undefined })
    expect(office.ledgerRun()?.state).toBe('held')
    expect([office.tries, office.ledger()]).toEqual([[], []])
    office.world.behind = undefined
    const startedAtMs = office.world.nowMs
    office.world.nowMs += 600_000
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3, startedAtMs, cause: '' })
  })

  it('is held in a city whose directory knows no unit yet', async () => {
    const office = createTestOffice([])
    expect(await office.run()).toMatchObject({ state: 'held', units: 0 })
    expect(office.ledgerRun()?.cause).toContain('the directory knows no')
  })

  it('lets a refused recipient fail alone, and tries it again only when somebody asks', async () => {
    const office = createTestOffice(threeUnits)
    office.world.answer = ({ to }) => (to === lurah ? 'refused' : 'sent')
    const first = await office.run()
    expect(first).toMatchObject({ state: 'finished_with_failures', delivered: 2, failed: 1, suppressed: 1 })
    expect(first.cause).toContain('npx bina report run')
    expect(office.ledger()).toEqual([`${camat} sent 1`, `${lurah} failed 1`, `${seklur} sent 1`, ' suppressed 0'])
    office.world.nowMs += 600_000
    expect(await office.run()).toEqual(first)
    expect(office.tries).toHaveLength(3)

    office.world.answer = () => 'sent'
    expect(await office.run({ retryRefused: true })).toMatchObject({ state: 'finished', delivered: 3, failed: 0 })
    expect(office.tries.slice(3).map(({ to }) => to)).toEqual([lurah])
    expect(office.takenBy(lurah)[0]?.messageId).toBe(office.tries.find(({ to }) => to === lurah)?.messageId)
    expect(office.ledger()[1]).toBe(`${lurah} sent 2`)
  })

  it('lets nobody wait for a mailbox that is busy: it has its next turn after all others, after doubling breaths, and at the next doorbell', async () => {
    const office = createTestOffice(threeUnits)
    office.world.answer = ({ to }) => (to === camat ? 'try_later' : 'sent')
    expect(await office.run()).toMatchObject({ state: 'finished_with_failures', delivered: 2, failed: 1 })
    expect(office.waits).toEqual([100, 200])
    expect(office.ledger()[0]).toBe(`${camat} queued 3`)
    expect(office.deliveries()[0]?.smtpReply).toBe('451 later')
    office.world.answer = () => 'sent'
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3, failed: 0 })
    expect(office.ledger()[0]).toBe(`${camat} sent 4`)
    expect(office.tries.map(({ to }) => to)).toEqual([camat, lurah, seklur, camat, camat, camat])
  })

  it('does not try a refused recipient again when it comes back for a busy one', async () => {
    const office = createTestOffice(threeUnits)
    office.world.answer = ({ to }) => (to === camat ? 'try_later' : to === lurah ? 'refused' : 'sent')
    await office.run()
    office.world.answer = () => 'sent'
    expect(await office.run()).toMatchObject({ state: 'finished_with_failures', delivered: 2, failed: 1 })
    expect(office.takenBy(lurah)).toEqual([])
  })

  it('takes a mail that goes at the second attempt for sent, and no longer than needed to wait', async () => {
    const office = createTestOffice([unitReport('kecamatan', [camat])])
    office.world.answer = () => (office.tries.length < 2 ? 'try_later' : 'sent')
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 1 })
    expect([office.waits, office.ledger()]).toEqual([[100], [`${camat} sent 2`]])
  })

  it('mails an address that the directory gained after a run with failures', async () => {
    const office = createTestOffice(threeUnits)
    office.world.answer = ({ to }) => (to === lurah ? 'refused' : 'sent')
    await office.run()
    office.world.units = [unitReport('kelurahan', [lurah, seklur, 'new@palembang.example'])]
    office.world.answer = () => 'sent'
    await office.run({ retryRefused: true })
    expect(office.taken.map(({ to }) => to)).toEqual([camat, seklur, lurah, 'new@palembang.example'])
  })

  it('keeps what it has done in the ledger when a later try is held', async () => {
    const office = createTestOffice(threeUnits)
    office.world.answer = ({ to }) => (to === camat ? 'try_later' : 'sent')
    await office.run()
    office.world.behind = 'the sink is behind'
    expect(await office.run()).toMatchObject({ state: 'held', units: 3, delivered: 2, failed: 1, suppressed: 1 })
  })
})

describe('a run that another process takes over', () => {
  it('sends nothing more once it is not its own, and the other sends the rest', async () => {
    const office = createTestOffice(threeUnits)
    office.world.isOwned = () => office.taken.length < 1
    await expect(office.run()).rejects.toThrow('another process has it')
    expect(office.taken.map(({ to }) => to)).toEqual([camat])
    expect(office.ledgerRun()?.state).toBe('running')
    office.world.isOwned = () => true
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3 })
    expect(office.taken.map(({ to }) => to)).toEqual([camat, lurah, seklur])
  })

  it('is told of the mail that was on its way, and does not send it again', async () => {
    const office = createTestOffice(threeUnits)
    let late: ReportDelivery | undefined
    office.world.beforeMark = (delivery) => {
      if (delivery.recipient !== lurah || delivery.state !== 'sent') return
      late = delivery
      throw new Error('this process is slow')
    }
    await expect(office.run()).rejects.toThrow('this process is slow')
    expect(office.ledger()).toEqual([`${camat} sent 1`, `${lurah} queued 1`])
    office.world.beforeMark = () => {}
    office.world.whileWaiting = () => {
      if (late !== undefined) office.mark(late)
    }
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3 })
    expect(office.waits).toEqual([5_000])
    expect(office.taken.map(({ to }) => to)).toEqual([camat, lurah, seklur])
  })

  it('leaves the units that remain, those without an address too, to the other', async () => {
    const office = createTestOffice(threeUnits)
    office.world.isOwned = () => office.taken.length < 3
    await expect(office.run()).rejects.toThrow('another process has it')
    expect(office.ledger()).toEqual([`${camat} sent 1`, `${lurah} sent 1`, `${seklur} sent 1`])
  })

  it('looks before every attempt: a mail that waits for its second try stays where it is', async () => {
    const office = createTestOffice([unitReport('kecamatan', [camat])])
    office.world.answer = () => 'try_later'
    office.world.isOwned = () => office.tries.length < 1
    await expect(office.run()).rejects.toThrow('another process has it')
    expect([office.tries.length, office.ledger()]).toEqual([1, [`${camat} queued 1`]])
  })
})

describe('a run whose process is to stop', () => {
  it('ends between two mails, the one that left marked as sent, and the next start sends the rest', async () => {
    const office = createTestOffice(threeUnits)
    office.world.answer = ({ to }) => {
      if (to === lurah) office.world.stopping.abort()
      return 'sent'
    }
    await expect(office.run()).rejects.toMatchObject({ name: 'AbortError' })
    expect(office.ledger()).toEqual([`${camat} sent 1`, `${lurah} sent 1`])
    expect(office.ledgerRun()?.state).toBe('running')
    office.world.stopping = new AbortController()
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3, suppressed: 1 })
    expect(office.taken.map(({ to }) => to)).toEqual([camat, lurah, seklur])
  })

  it('says of no further unit that it has no address', async () => {
    const office = createTestOffice(threeUnits)
    office.world.answer = ({ to }) => {
      if (to === seklur) office.world.stopping.abort()
      return 'sent'
    }
    await expect(office.run()).rejects.toMatchObject({ name: 'AbortError' })
    expect(office.ledger()).toEqual([`${camat} sent 1`, `${lurah} sent 1`, `${seklur} sent 1`])
  })
})

describe('a ledger that is away for a moment after the mail server took a mail', () => {
  it.each(['sent', 'refused', 'try_later'] as const)(
    'is asked again, so that no mail is tried twice: %s',
    async (answer) => {
      const office = createTestOffice([unitReport('kecamatan', [camat])])
      office.world.answer = () => answer
      let failures = 2
      office.world.beforeMark = () => {
        if (office.tries.length === (answer === 'try_later' ? 3 : 1) && failures-- > 0) throw new Away()
      }
      await office.run()
      expect(failures).toBe(-1)
      expect(office.tries).toHaveLength(answer === 'try_later' ? 3 : 1)
      expect(office.deliveries()[0]?.state).toBe({ sent: 'sent', refused: 'failed', try_later: 'queued' }[answer])
    },
  )
})

describe('a process that ends', () => {
  // On the ledger, the mail server and the figures; each is tried as the last one of its process.
  const effectsOfARun = 19
  const places = Array.from({ length: effectsOfARun }, (_, at) => at + 1).flatMap((effects) => [
    { effects, when: 'before' as const },
    { effects, when: 'after' as const },
  ])

  it.each(places)(
    '$when its effect number $effects loses no mail and doubles at most the one under way',
    async (crash) => {
      const office = createTestOffice(threeUnits)
      office.world.crash = { ...crash }
      await expect(office.run()).rejects.toThrow(Crash)
      const attemptsAtCrash = office.deliveries()
      for (const { recipient } of office.taken.map(({ to }) => ({ recipient: to })))
        expect(attemptsAtCrash.find((row) => row.recipient === recipient)?.attempts).toBeGreaterThanOrEqual(1)

      office.world.crash = undefined
      expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3, suppressed: 1, failed: 0 })
      const twice = [camat, lurah, seklur].filter((recipient) => office.takenBy(recipient).length !== 1)
      expect(twice.length).toBeLessThanOrEqual(1)
      for (const recipient of [camat, lurah, seklur]) {
        const copies = office.takenBy(recipient)
        expect([1, 2]).toContain(copies.length)
        expect(new Set(copies.map(({ messageId }) => messageId)).size).toBe(1)
        const attempts = office.deliveries().find((row) => row.recipient === recipient)?.attempts ?? 0
        expect(attempts).toBeGreaterThanOrEqual(copies.length)
      }
    },
  )

  it('and comes back has as many effects as the test above tries', async () => {
    const office = createTestOffice(threeUnits)
    office.world.crash = { effects: effectsOfARun + 1, when: 'before' }
    expect(await office.run()).toMatchObject({ state: 'finished' })
    expect(office.world.crash.effects).toBe(1)
  })
})

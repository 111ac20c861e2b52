import { describe, expect, it } from 'vitest'
import { createTestOffice, runId, week } from './test-office.ts'

const lurah = 'lurah@palembang.example'
const camat = 'camat@palembang.example'
const kepala = 'kepala@palembang.example'
const units = [
  { unitId: 'kelurahan', reportEmails: [lurah] },
  { unitId: 'kecamatan', reportEmails: [camat] },
  { unitId: 'upt', reportEmails: [kepala] },
]
const fail = (message: string) => () => {
  throw new Error(message)
}

describe('figures that cannot be had', () => {
  it('of one unit: it gets no report, the others do, and the operator has the cause', async () => {
    const office = createTestOffice(units)
    office.world.heldUnits = [{ unitId: 'kecamatan', cause: 'its row is broken' }]
    expect(await office.run()).toMatchObject({ state: 'held', delivered: 2, finishedAtMs: undefined })
    expect(office.taken.map(({ to }) => to)).toEqual([lurah, kepala])
    expect(office.told).toMatchObject([
      { matters: ['figures'], heldUnits: [{ unitId: 'kecamatan', cause: 'its row is broken' }] },
    ])
    expect(office.ledgerRun()?.cause).toContain(`npx bina report run --week ${week}`)
  })

  it('are asked for again at the next doorbell, and then that unit alone is mailed', async () => {
    const office = createTestOffice(units)
    office.world.heldUnits = [{ unitId: 'kecamatan', cause: 'its row is broken' }]
    await office.run()
    office.world.heldUnits = []
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3, cause: '' })
    expect(office.taken.map(({ to }) => to)).toEqual([lurah, kepala, camat])
  })

  it('of a whole kind of report: no such report leaves, and the run is held with the cause', async () => {
    const office = createTestOffice(units)
    office.world.beforeFigures = fail('memory limit exceeded')
    expect(await office.run()).toMatchObject({ state: 'held', delivered: 0 })
    expect([office.tries, office.ledgerRun()?.cause]).toEqual([[], expect.stringContaining('memory limit exceeded')])
  })

  it('of the units after the first: what was read goes out, and the rest at the next doorbell', async () => {
    const office = createTestOffice(units)
    office.world.beforeUnit = (unitId) => {
      if (unitId === 'upt') throw new Error('the server went away')
    }
    expect(await office.run()).toMatchObject({ state: 'held', delivered: 2 })
    office.world.beforeUnit = () => {}
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3 })
    expect(office.taken.map(({ to }) => to)).toEqual([lurah, camat, kepala])
  })

  it('of another kind keep no unit from its own report', async () => {
    const office = createTestOffice(units)
    office.world.otherKinds = [{ report: 'city', reports: async () => fail('no such table')() }]
    expect(await office.run()).toMatchObject({ state: 'held', delivered: 3 })
    expect(office.ledgerRun()?.cause).toContain('"city"')
  })

  it('and a report that cannot be put in words keeps nobody else waiting, and leaves no attempt in the ledger', async () => {
    const office = createTestOffice(units)
    office.world.beforeWords = (unitId) => {
      if (unitId === 'kelurahan') throw new Error('no such word')
    }
    expect(await office.run()).toMatchObject({ state: 'held', delivered: 2, failed: 0 })
    expect(office.deliveries().map(({ unitId }) => unitId)).toEqual(['kecamatan', 'upt'])
    expect(office.told[0]?.heldUnits).toEqual([
      { unitId: 'kelurahan', cause: 'the report could not be written: no such word' },
    ])
  })
})

describe('an operator', () => {
  it('pauses a run before it begins, and nobody is mailed', async () => {
    const office = createTestOffice(units)
    office.controls.add('paused')
    expect(await office.run()).toMatchObject({ state: 'held', delivered: 0 })
    expect(office.ledgerRun()?.cause).toContain(`npx bina report resume --week ${week}`)
    expect([office.tries, office.told.map(({ matters }) => matters)]).toEqual([[], [['paused']]])
  })

  it('pauses a run between two mails; resumed, it sends the rest and nothing twice', async () => {
    const office = createTestOffice(units)
    office.world.answer = ({ to }) => {
      if (to === lurah) office.controls.add('paused')
      return 'sent'
    }
    expect(await office.run()).toMatchObject({ state: 'held', delivered: 1, units: 3 })
    expect(office.ledger()).toEqual([`${lurah} sent 1`])
    office.controls.delete('paused')
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3 })
    expect(office.taken.map(({ to }) => to)).toEqual([lurah, camat, kepala])
  })

  it('approves the runs of the first weeks one by one, where the city wants it so', async () => {
    const office = createTestOffice(units)
    office.world.approvalWeeks = 2
    office.world.endedBeside = 1
    expect(await office.run()).toMatchObject({ state: 'held', delivered: 0 })
    expect(office.ledgerRun()?.cause).toContain(`npx bina report approve --week ${week}`)
    expect(office.told.map(({ matters }) => matters)).toEqual([['approval']])
    office.controls.add('approved')
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3 })
  })

  it('approves nothing any more once the first weeks are over', async () => {
    const office = createTestOffice(units)
    office.world.approvalWeeks = 2
    office.world.endedBeside = 2
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 3 })
  })
})

describe('a report that is sent again', () => {
  const request = { unitId: 'kecamatan', report: '', recipients: [camat], issue: 1 } as const

  it('goes to whom it was asked for alone, marked as such, under an issue and a Message-ID of its own', async () => {
    const office = createTestOffice(units)
    await office.run()
    const rows = await office.resend(request)
    expect(rows).toMatchObject([{ runId, unitId: 'kecamatan', recipient: camat, issue: 1, state: 'sent', attempts: 1 }])
    const [first, again] = office.takenBy(camat)
    expect(again?.messageId).not.toBe(first?.messageId)
    expect(office.taken).toHaveLength(4)
    expect(office.ledgerRun()).toMatchObject({ state: 'finished', delivered: 3 })
  })

  it('is one resend however often its doorbell is heard', async () => {
    const office = createTestOffice(units)
    await office.run()
    await office.resend(request)
    await office.resend(request)
    expect(office.takenBy(camat)).toHaveLength(2)
    await office.resend({ ...request, issue: 2 })
    expect(office.takenBy(camat)).toHaveLength(3)
  })

  it('is not sent to an address that does not get this report: the ledger says so', async () => {
    const office = createTestOffice(units)
    await office.run()
    const rows = await office.resend({ ...request, recipients: [lurah, camat] })
    expect(rows.map(({ recipient, state }) => `${recipient} ${state}`).toSorted()).toEqual([
      `${camat} sent`,
      `${lurah} failed`,
    ])
    expect(office.takenBy(lurah)).toHaveLength(1)
  })

  it('is not sent while its figures may still move', async () => {
    const office = createTestOffice(units)
    await office.run()
    office.world.behind = 'bina-sink is 12 messages behind'
    expect(await office.resend(request)).toMatchObject([{ state: 'failed', smtpReply: office.world.behind }])
    expect(office.takenBy(camat)).toHaveLength(1)
  })

  it('ends as failed where the mail server is busy for too long: nobody tries it again by itself', async () => {
    const office = createTestOffice(units)
    await office.run()
    office.world.answer = () => 'try_later'
    expect(await office.resend(request)).toMatchObject([{ state: 'failed', attempts: 3, smtpReply: '451 later' }])
  })

  it('leaves the attempts of the run as they were', async () => {
    const office = createTestOffice(units)
    await office.run()
    await office.resend(request)
    expect(
      office
        .deliveries()
        .filter(({ issue }) => issue === 0)
        .map(({ attempts }) => attempts),
    ).toEqual([1, 1, 1])
  })
})

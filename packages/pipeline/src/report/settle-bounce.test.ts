import { describe, expect, it } from 'vitest'
import type { Bounce, BouncedRecipient } from '../ports/report-bounce.ts'
import type { Suppression } from '../ports/report-suppressions.ts'
import { settleBounce } from './settle-bounce.ts'
import { createTestOffice, runId } from './test-office.ts'

const lurah = 'Lurah@palembang.example'
const camat = 'camat@palembang.example'

/** A run whose mails were all taken, and what comes back of them afterwards. */
async function afterRun() {
  const office = createTestOffice([
    { unitId: 'kelurahan', reportEmails: [lurah], parentUnitId: 'kecamatan' },
    { unitId: 'kecamatan', reportEmails: [camat] },
  ])
  await office.run()
  const added: Omit<Suppression, 'updatedAtMs'>[] = []
  const deps = {
    ledger: { deliveryOf: async (id: string) => office.deliveries().find(({ messageId }) => messageId === id) },
    suppressions: { add: async (one: Omit<Suppression, 'updatedAtMs'>) => void added.push(one) },
  }
  const messageId = office.takenBy(lurah)[0]?.messageId ?? expect.unreachable()
  const settle = async (given: Partial<BouncedRecipient>, of: Partial<Bounce> = {}) => {
    const recipient = { addresses: [lurah], action: 'failed', status: '5.1.1', diagnostic: '550 unknown', ...given }
    return (await settleBounce({ messageId, recipients: [recipient], ...of }, deps)).kind
  }
  return { settle, added, messageId, office }
}

describe('a report that came back after the mail server had taken it', () => {
  it('for good holds the mailbox back, with the reason and the run', async () => {
    const { settle, added } = await afterRun()
    expect(await settle({ addresses: ['lurah@PALEMBANG.example'] })).toBe('suppressed')
    expect(added).toEqual([{ recipient: 'lurah@palembang.example', runId, reason: 'came back, 5.1.1: 550 unknown' }])
  })

  it('from where it was passed on to is known by the address that it was written to', async () => {
    const { settle, added } = await afterRun()
    expect(await settle({ addresses: ['x7@hosting.example', lurah], diagnostic: '' })).toBe('suppressed')
    expect(added).toMatchObject([{ recipient: 'lurah@palembang.example', reason: 'came back, 5.1.1' }])
  })

  it.each([
    ['it is only late', { action: 'delayed', status: '4.4.1' }],
    ['it is late and somebody took that for good', { action: 'delayed', status: '5.1.1' }],
    ['the mail server gave up on a passing fault', { action: 'failed', status: '4.4.7' }],
    ['it arrived', { action: 'delivered', status: '2.0.0' }],
  ])('changes nothing where %s', async (_, given) => {
    const { settle, added } = await afterRun()
    expect([await settle(given), added]).toEqual(['passing', []])
  })

  it('is for good where one of its answers is', async () => {
    const { settle, messageId } = await afterRun()
    const late = { addresses: [lurah], action: 'delayed', status: '4.4.1', diagnostic: '' }
    const gone = { ...late, action: 'failed', status: '5.1.1' }
    expect(await settle({}, { messageId, recipients: [late, gone] })).toBe('suppressed')
  })
})

describe('a notification that anybody may have written', () => {
  it('is not believed without the Message-ID of a mail to that very address', async () => {
    const { settle, added } = await afterRun()
    expect(await settle({}, { messageId: '<made.up@x>' })).toBe('not_ours')
    expect(await settle({ addresses: [camat] })).toBe('not_ours')
    expect(await settle({ addresses: [] })).toBe('not_ours')
    expect(await settle({}, { recipients: [] })).toBe('not_ours')
    expect(added).toEqual([])
  })

  it('is not believed of a mail that was never tried', async () => {
    const office = createTestOffice([{ unitId: 'kelurahan', reportEmails: [lurah] }])
    office.suppressed.set(lurah.toLowerCase(), {
      recipient: lurah.toLowerCase(),
      runId: '',
      reason: 'x',
      updatedAtMs: 0,
    })
    await office.run()
    const [row] = office.deliveries()
    expect(row).toMatchObject({ state: 'suppressed', attempts: 0 })
    const recipients = [{ addresses: [lurah], action: 'failed', status: '5.1.1', diagnostic: '' }]
    const settled = await settleBounce(
      { messageId: row?.messageId ?? '', recipients },
      { ledger: { deliveryOf: async () => row }, suppressions: { add: async () => expect.unreachable() } },
    )
    expect(settled).toEqual({ kind: 'not_ours' })
  })

  it('names no mail, and is not looked for', async () => {
    const settled = await settleBounce(
      { recipients: [] },
      {
        ledger: { deliveryOf: async () => expect.unreachable() },
        suppressions: { add: async () => expect.unreachable() },
      },
    )
    expect(settled).toEqual({ kind: 'not_ours' })
  })
})

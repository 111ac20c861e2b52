import { describe, expect, it } from 'vitest'
import { recipientDigest } from '../links/recipient-digest.ts'
import type { AddedRecipient } from '../ports/report-recipients.ts'
import { createTestOffice, runId } from './test-office.ts'

const lurah = 'lurah@palembang.example'
const camat = 'camat@palembang.example'
const mayor = 'walikota@palembang.example'
const kelurahan = { unitId: 'kelurahan', reportEmails: [lurah], parentUnitId: 'kecamatan' }
const kecamatan = { unitId: 'kecamatan', reportEmails: [camat], parentUnitId: 'city' }
const mails = (office: ReturnType<typeof createTestOffice>) =>
  office.taken.map(({ to, text }) => `${to}: ${/\b(kelurahan|kecamatan|city|dinas)\b/.exec(text)?.[0]}`)
const readers = (office: ReturnType<typeof createTestOffice>) =>
  office.deliveries().map(({ unitId, recipient, reader, state }) => [unitId, recipient, reader, state].join(' '))

describe('the superior', () => {
  it("gets each unit's own text, with the same words, as a delivery of its own", async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    expect(await office.run()).toMatchObject({ state: 'finished', units: 2, delivered: 3 })
    expect(mails(office)).toEqual([`${lurah}: kelurahan`, `${camat}: kelurahan`, `${camat}: kecamatan`])
    expect(readers(office)).toEqual([
      `kelurahan ${lurah} unit_head sent`,
      `kelurahan ${camat} superior sent`,
      `kecamatan ${camat} unit_head sent`,
    ])
    const [own, copy] = office.taken
    const words = (text = '') => text.split('\n').filter((line) => line !== '')
    const differing = words(copy?.text).filter((line) => !words(own?.text).includes(line))
    expect(differing.join(' ')).toMatch(/atasan langsung/i)
    expect(differing.length).toBeLessThanOrEqual(3)
    expect(new Set(office.taken.map(({ messageId }) => messageId)).size).toBe(3)
  })

  it('can leave those copies with one click, but nobody can leave the report of the own office', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    await office.run()
    expect(office.taken.map(({ unsubscribeUrl }) => unsubscribeUrl)).toEqual([
      undefined,
      `https://bina.palembang.example/l/superior/${camat}`,
      undefined,
    ])
  })

  it('who left gets no copy of that unit, and the own report as before', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    const recipient = recipientDigest(camat.toUpperCase())
    office.world.choices = [{ recipient, unitId: 'kelurahan', report: '', choice: 'unsubscribed', atMs: 1 }]
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 2, suppressed: 0 })
    expect(mails(office)).toEqual([`${lurah}: kelurahan`, `${camat}: kecamatan`])
  })

  it('who left all copies gets none of any unit below, but the own report, and that of a post that cannot be reached', async () => {
    const upt = { unitId: 'upt', reportEmails: ['upt@palembang.example'], parentUnitId: 'kecamatan' }
    const vacant = { unitId: 'dinas', reportEmails: [], parentUnitId: 'kecamatan' }
    const office = createTestOffice([kelurahan, upt, vacant, kecamatan])
    const recipient = recipientDigest(camat)
    office.world.choices = [{ recipient, unitId: 'kecamatan', report: 'copies', choice: 'unsubscribed', atMs: 1 }]
    await office.run()
    expect(readers(office).filter((row) => row.includes(camat))).toEqual([
      `dinas ${camat} in_place_of sent`,
      `kecamatan ${camat} unit_head sent`,
    ])
  })

  it('who heads both posts gets one copy of each', async () => {
    const office = createTestOffice([{ ...kelurahan, reportEmails: ['Camat@palembang.example'] }, kecamatan])
    await office.run()
    expect(readers(office)).toEqual([
      'kelurahan Camat@palembang.example unit_head sent',
      `kecamatan ${camat} unit_head sent`,
    ])
  })
})

describe('a post that cannot be reached', () => {
  it('as it is vacant: its superior gets the report in its place, and the ledger says that the post is vacant', async () => {
    const office = createTestOffice([{ ...kelurahan, reportEmails: [] }, kecamatan])
    const recipient = recipientDigest(camat)
    office.world.choices = [{ recipient, unitId: 'kelurahan', report: '', choice: 'unsubscribed', atMs: 1 }]
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 2, suppressed: 1 })
    expect(readers(office)).toEqual([
      'kelurahan  unit_head suppressed',
      `kelurahan ${camat} in_place_of sent`,
      `kecamatan ${camat} unit_head sent`,
    ])
    expect(office.taken[0]?.unsubscribeUrl).toBeUndefined()
    expect(office.told).toEqual([])
  })

  it('as its mailbox is not there: the superior gets the report in the same run, and the mailbox is not tried next week', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    const recipient = recipientDigest(camat)
    office.world.choices = [{ recipient, unitId: 'kelurahan', report: '', choice: 'unsubscribed', atMs: 1 }]
    office.world.answer = ({ to }) => (to === lurah ? 'refused' : 'sent')
    expect(await office.run()).toMatchObject({ state: 'finished_with_failures', delivered: 2, failed: 1 })
    expect(readers(office)).toEqual([
      `kelurahan ${lurah} unit_head failed`,
      `kelurahan ${camat} in_place_of sent`,
      `kecamatan ${camat} unit_head sent`,
    ])
    expect(office.waits).toEqual([])
    expect([...office.suppressed.values()]).toMatchObject([{ recipient: lurah, runId, reason: '550 no such mailbox' }])
  })

  it('as its mailbox is not there: the superior who reads along is told in that very copy that it came in its place', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    office.world.answer = ({ to }) => (to === lurah ? 'refused' : 'sent')
    await office.run()
    expect(readers(office)).toEqual([
      `kelurahan ${lurah} unit_head failed`,
      `kelurahan ${camat} in_place_of sent`,
      `kecamatan ${camat} unit_head sent`,
    ])
    expect(office.takenBy(camat)).toHaveLength(2)
  })

  const readersOfKelurahan = (office: ReturnType<typeof createTestOffice>) =>
    office
      .deliveries()
      .filter(({ unitId }) => unitId === 'kelurahan')
      .map(({ recipient, reader, followUp, state }) =>
        [recipient, reader, followUp ? 'again' : 'first', state].join(' '),
      )

  it('is known as such only at a later try of the run: the superior, who has the copy, gets one mail more that says so, once', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    office.world.answer = ({ to }) => (to === lurah ? 'try_later' : 'sent')
    expect(await office.run()).toMatchObject({ delivered: 2, failed: 1 })
    office.world.answer = ({ to }) => (to === lurah ? 'refused' : 'sent')
    expect(await office.run()).toMatchObject({ state: 'finished_with_failures', delivered: 3, failed: 1 })
    const rows = [`${lurah} unit_head first failed`, `${camat} superior first sent`, `${camat} in_place_of again sent`]
    expect(readersOfKelurahan(office)).toEqual(rows)
    const [first, , again] = office.takenBy(camat)
    expect(first?.messageId).not.toBe(again?.messageId)
    const saysSo = (text = '') => /jabatan\s+itu\s+sedang\s+kosong\s+atau/.test(text)
    expect([first, again].map((mail) => saysSo(mail?.text))).toEqual([false, true])
    expect(await office.run({ retryRefused: true })).toMatchObject({ delivered: 3, failed: 1 })
    expect(readersOfKelurahan(office)).toEqual(rows)
    expect(office.takenBy(camat).filter(({ text }) => saysSo(text))).toHaveLength(1)
  })

  it('is known as such only in the second round: the superior is told in that round', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    let tries = 0
    office.world.answer = ({ to }) => (to !== lurah ? 'sent' : ++tries === 1 ? 'try_later' : 'refused')
    expect(await office.run()).toMatchObject({ state: 'finished_with_failures', delivered: 3, failed: 1 })
    expect(office.waits).toEqual([100])
    expect(readersOfKelurahan(office).at(-1)).toBe(`${camat} in_place_of again sent`)
  })

  it('and whose superior is busy as well: the copy that is still to leave says so, and there is no other', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    office.world.answer = () => 'try_later'
    await office.run()
    office.world.answer = ({ to }) => (to === lurah ? 'refused' : 'sent')
    await office.run()
    expect(readersOfKelurahan(office)).toEqual([`${lurah} unit_head first failed`, `${camat} in_place_of first sent`])
  })

  it('is not tried again by the next run, whose report goes to the superior at once', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    office.suppressed.set(lurah, { recipient: lurah, runId: 'weekly-2026-W23', reason: '550 gone', updatedAtMs: 0 })
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 2, suppressed: 1 })
    expect(office.tries.map(({ to }) => to)).toEqual([camat, camat])
    expect(office.deliveries()[0]).toMatchObject({
      state: 'suppressed',
      attempts: 0,
      smtpReply: 'takes no mail: 550 gone',
    })
  })

  it('and has no superior either: the operator is told, and nobody else gets it', async () => {
    const office = createTestOffice([kecamatan, { ...kelurahan, reportEmails: [], parentUnitId: 'kosong' }])
    expect(await office.run()).toMatchObject({ state: 'finished', delivered: 1, suppressed: 1 })
    expect(office.told).toMatchObject([
      { matters: ['unreachable'], heldUnits: [{ unitId: 'kelurahan', cause: expect.stringContaining('no address') }] },
    ])
  })

  it('is one as long as a single mailbox of it takes mail', async () => {
    const seklur = 'seklur@palembang.example'
    const office = createTestOffice([{ ...kelurahan, reportEmails: [lurah, seklur] }, kecamatan])
    office.suppressed.set(lurah, { recipient: lurah, runId: '', reason: '550 gone', updatedAtMs: 0 })
    await office.run()
    expect(readers(office)).toContain(`kelurahan ${camat} superior sent`)
    expect(readers(office)).toContain(`kelurahan ${seklur} unit_head sent`)
  })

  it('is tried when somebody asks for the run again, and is reached by itself from then on', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    office.world.answer = ({ to }) => (to === lurah ? 'refused' : 'sent')
    await office.run()
    office.world.answer = () => 'sent'
    expect(await office.run({ retryRefused: true })).toMatchObject({ state: 'finished', delivered: 3, failed: 0 })
    expect(office.takenBy(lurah)).toHaveLength(1)
    expect(office.suppressed.size).toBe(0)
  })

  it('is not one whose mail alone was refused: a mailbox that is there stays on the list', async () => {
    const office = createTestOffice([kelurahan])
    office.world.answer = () => 'refused_content'
    expect(await office.run()).toMatchObject({ state: 'finished_with_failures', failed: 1 })
    expect(office.suppressed.size).toBe(0)
  })
})

describe('somebody who was added', () => {
  const sekda: AddedRecipient = {
    report: '',
    unitId: 'kelurahan',
    recipient: 'sekda@palembang.example',
    locale: 'id',
    role: 'Sekretaris Daerah',
    askedAtMs: 1_000,
  }
  const chose = (choice: 'confirmed' | 'unsubscribed', atMs: number) =>
    ({ recipient: recipientDigest(sekda.recipient), unitId: 'kelurahan', report: '', choice, atMs }) as const

  it.each([
    ['gets nothing before they confirmed', [], 0],
    ['gets the report of that unit once they did', [chose('confirmed', 1_000)], 1],
    ['gets nothing by what they confirmed before they were asked', [chose('confirmed', 999)], 0],
    ['gets nothing after they left', [chose('unsubscribed', 2_000)], 0],
  ])('%s', async (_, choices, copies) => {
    const office = createTestOffice([kelurahan, kecamatan])
    office.world.added = [sekda]
    office.world.choices = choices
    await office.run()
    const got = office.takenBy(sekda.recipient)
    expect(got).toHaveLength(copies)
    for (const { unsubscribeUrl, text } of got) {
      expect(unsubscribeUrl).toBe(`https://bina.palembang.example/l/added//${sekda.recipient}`)
      expect(text).toContain('kelurahan')
    }
  })

  it('is not asked twice for what the directory already sends there', async () => {
    const office = createTestOffice([kelurahan, kecamatan])
    office.world.added = [{ ...sekda, recipient: camat }]
    office.world.choices = [{ ...chose('confirmed', 2_000), recipient: recipientDigest(camat) }]
    await office.run()
    expect(office.takenBy(camat)).toHaveLength(2)
  })
})

describe('mayor and camat', () => {
  it('get a roll-up beside the own report, under a Message-ID of its own', async () => {
    const office = createTestOffice([kecamatan, { unitId: 'city', reportEmails: [mayor] }])
    office.world.otherKinds = [office.areaKind(['kecamatan'])]
    expect(await office.run()).toMatchObject({ state: 'finished', units: 2, delivered: 4 })
    const rows = office.deliveries().map(({ unitId, recipient, report, reader }) => [unitId, recipient, report, reader])
    expect(rows).toEqual([
      ['kecamatan', camat, '', 'unit_head'],
      ['kecamatan', mayor, '', 'superior'],
      ['city', mayor, '', 'unit_head'],
      ['kecamatan', camat, 'area', 'unit_head'],
    ])
    expect(new Set(office.taken.map(({ messageId }) => messageId)).size).toBe(4)
  })
})

import { describe, expect, it } from 'vitest'
import type { LinkedCopy } from '../ports/report-links.ts'
import { linkPurposes } from './link-claim.ts'
import { createLinkVerifier } from './link-token.ts'
import { recipientDigest } from './recipient-digest.ts'
import { createReportLinks } from './report-links.ts'
import { createSubscriptionLinks } from './subscription-links.ts'

const secret = 'a-secret-of-a-test-with-enough-characters'
const config = { publicUrl: 'https://bina.example', secret }
const makeLinks = createReportLinks(config)
const verify = createLinkVerifier({ current: secret })
const sentMs = Date.parse('2026-11-16T06:30:00+07:00')

const lurah: LinkedCopy = {
  week: '2026-11-09',
  unitId: '16.71.05.1003',
  recipient: 'lurah.26ilir@palembang.example',
  reader: 'unit_head',
  readerUnitId: '16.71.05.1003',
  locale: 'id',
  objectionUntil: '2026-11-23',
  step: { actionCode: 'response-morning-look', dueOn: '2026-11-20' },
}
const camat: LinkedCopy = {
  ...lurah,
  recipient: 'camat@palembang.example',
  reader: 'superior',
  readerUnitId: '16.71.05',
}
const tokenOf = (url: string | undefined) => url?.split('/').at(-1) ?? ''

describe('the links of a copy', () => {
  it('of the unit agree and object, and neither record a coaching nor unsubscribe', () => {
    const links = makeLinks(lurah)
    expect(Object.keys(links ?? {}).toSorted()).toEqual(['agree', 'object'])
    expect(links?.agree).toMatch(/^https:\/\/bina\.example\/agree\/[\w.-]+$/)
    expect(verify(tokenOf(links?.agree), 'agree', sentMs)).toMatchObject({
      kind: 'valid',
      claim: { unitId: lurah.unitId, week: lurah.week, reader: 'unit_head', ...lurah.step },
    })
    expect(verify(tokenOf(links?.object), 'object', sentMs)).toMatchObject({
      kind: 'valid',
      claim: { openUntil: '2026-11-23' },
    })
  })

  it('of the superior alone record a coaching, as held by the unit that the superior heads', () => {
    const links = makeLinks(camat)
    expect(verify(tokenOf(links?.held), 'held', sentMs)).toMatchObject({
      kind: 'valid',
      claim: { unitId: lurah.unitId, coachUnitId: '16.71.05', topicCode: 'response-morning-look' },
    })
    expect(verify(tokenOf(links?.unsubscribe), 'unsubscribe', sentMs)).toMatchObject({
      kind: 'valid',
      claim: { recipient: recipientDigest('Camat@Palembang.example '), unitId: lurah.unitId, report: '' },
    })
  })

  it('of the superior end the copies of one unit, or at once those of all units below the one that the superior heads', () => {
    expect(verify(tokenOf(makeLinks(camat)?.unsubscribeCopies), 'unsubscribe', sentMs)).toMatchObject({
      kind: 'valid',
      claim: { recipient: recipientDigest(camat.recipient), unitId: '16.71.05', report: 'copies' },
    })
    expect(makeLinks(lurah)?.unsubscribeCopies).toBeUndefined()
  })

  it('hold the plan of the coaching where there is one', () => {
    const links = makeLinks({
      ...camat,
      session: { coachingId: 'plan-7', topicCode: 'counter' },
    })
    expect(verify(tokenOf(links?.held), 'held', sentMs)).toMatchObject({
      claim: { coachingId: 'plan-7', topicCode: 'counter' },
    })
  })

  it('read in place of a vacant post are those of the unit: nobody else would get them', () => {
    const links = makeLinks({ ...camat, reader: 'in_place_of' })
    expect(Object.keys(links ?? {}).toSorted()).toEqual(['agree', 'object'])
  })

  it('agree on nothing where nothing is suggested, and name each step that is still to be done', () => {
    const { step: _, ...withoutStep } = lurah
    const links = makeLinks({ ...withoutStep, openActions: [{ actionId: 'a-1', actionCode: 'clarity-requirements' }] })
    expect(links?.agree).toBeUndefined()
    expect(links?.done?.map(({ actionId }) => actionId)).toEqual(['a-1'])
    expect(verify(tokenOf(links?.done?.[0]?.url), 'done', sentMs)).toMatchObject({ claim: { actionId: 'a-1' } })
  })

  it('are good for six weeks after the Monday of the mail', () => {
    const token = tokenOf(makeLinks(lurah)?.object)
    expect(verify(token, 'object', Date.parse('2026-12-28T23:59:59Z')).kind).toBe('valid')
    expect(verify(token, 'object', Date.parse('2026-12-29T00:00:00Z')).kind).toBe('expired')
  })

  it('hold no address of anybody', () => {
    const links = JSON.stringify(makeLinks(camat))
    const said = links.split(/[./"]/).map((part) => Buffer.from(part, 'base64url').toString())
    expect(`${links}${said.join()}`).not.toContain('camat')
  })

  it.each([[{ publicUrl: 'https://bina.example' }], [{ secret }], [{}]])(
    'are none without an address and a secret',
    (part) => {
      expect(createReportLinks(part)(lurah)).toBeUndefined()
      expect(createSubscriptionLinks(part)).toBeUndefined()
    },
  )

  it('of a preview stand where theirs will, need no secret, and can do nothing', () => {
    const preview = createReportLinks({ publicUrl: config.publicUrl, isPreview: true })
    for (const copy of [lurah, camat]) {
      const [shown, sent] = [preview(copy), makeLinks(copy)]
      expect(Object.keys(shown ?? {})).toEqual(Object.keys(sent ?? {}))
      for (const url of JSON.stringify(shown).match(/https:[^"]+/g) ?? [])
        expect(url).toMatch(/^https:\/\/bina\.example\/[a-z]+\/preview$/)
    }
    for (const purpose of linkPurposes) expect(verify('preview', purpose, sentMs)).toEqual({ kind: 'preview' })
  })

  it('keep the path that the portal stands behind', () => {
    const links = createReportLinks({ publicUrl: 'https://city.example/bina/', secret })(lurah)
    expect(links?.object).toMatch(/^https:\/\/city\.example\/bina\/object\/[\w.-]+$/)
  })
})

describe('the links of a subscription', () => {
  const subscription = {
    unitId: '16.71.05',
    report: 'area',
    recipient: 'camat@palembang.example',
    locale: 'id',
  } as const

  it('unsubscribe for more than a year, whatever the mail was', () => {
    const url = createSubscriptionLinks(config)?.unsubscribe({ ...subscription, week: '2026-11-09' })
    expect(verify(tokenOf(url), 'unsubscribe', Date.parse('2027-11-16T00:00:00Z'))).toMatchObject({
      kind: 'valid',
      claim: { report: 'area', unitId: '16.71.05' },
    })
  })

  it('ask an address that was added for two weeks', () => {
    const url = createSubscriptionLinks(config)?.confirm(subscription, sentMs)
    expect(url).toMatch(/^https:\/\/bina\.example\/confirm\//)
    expect(verify(tokenOf(url), 'confirm_recipient', Date.parse('2026-11-29T23:59:59Z')).kind).toBe('valid')
    expect(verify(tokenOf(url), 'confirm_recipient', Date.parse('2026-12-01T00:00:00Z')).kind).toBe('expired')
  })
})

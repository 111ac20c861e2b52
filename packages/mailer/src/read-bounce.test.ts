import { describe, expect, it } from 'vitest'
import { readBounce } from './read-bounce.ts'
import { notification, original } from './test-notification.ts'

const lurah = 'lurah@palembang.example'
const messageId = '<bina.e8d46716240cf60f4eb42434ceccb70553fef5e0@bina.example>'

describe('a mail that came back', () => {
  it('says whose mailbox it was, why, and of which mail', async () => {
    expect(await readBounce(notification({ messageId, recipient: lurah }))).toEqual({
      messageId,
      recipients: [
        {
          addresses: [lurah, lurah],
          action: 'failed',
          status: '5.1.1',
          diagnostic: `550 5.1.1 <${lurah}>: Recipient address rejected: User unknown in virtual mailbox table`,
        },
      ],
    })
  })

  it('may bring back all of the mail, with its pictures and its own parts', async () => {
    const whole = await readBounce(notification({ messageId, recipient: lurah, returned: 'message/rfc822' }))
    expect(whole).toMatchObject({ messageId, recipients: [{ status: '5.1.1' }] })
  })

  it('may have been written by another kind of mail server', async () => {
    const raw = notification({
      messageId,
      recipient: 'LURAH@Palembang.Example',
      statusType: 'message/global-delivery-status',
      addressType: 'utf-8',
      fields: 'Status: 5.2.1 (mailbox closed)\r\nAction: Failed (for good)\r\nX-Display-Name: Lurah',
    })
    expect(await readBounce(raw)).toMatchObject({
      messageId,
      recipients: [
        {
          addresses: ['LURAH@Palembang.Example', expect.anything()],
          status: '5.2.1',
          action: 'failed',
          diagnostic: '',
        },
      ],
    })
  })

  it('may speak of several mailboxes that one address stands for, each with an answer of its own', async () => {
    const raw = notification({ messageId, recipient: lurah, more: ['seklur@palembang.example'] })
    expect((await readBounce(raw))?.recipients.map(({ addresses, status }) => [addresses[0], status])).toEqual([
      [lurah, '5.1.1'],
      ['seklur@palembang.example', '4.4.1'],
    ])
  })

  it('names no mail where none of it comes back, or where its Message-ID is none', async () => {
    for (const given of [{ returned: 'none' as const }, { messageId: '<a b@x>' }])
      expect(await readBounce(notification({ messageId, recipient: lurah, ...given }))).not.toHaveProperty('messageId')
  })

  it('is read by the notification alone: what is written into the returned mail or the words says nothing', async () => {
    const forged = 'Final-Recipient: rfc822; walikota@palembang.example\r\nAction: failed\r\nStatus: 5.1.1'
    const raw = notification({ messageId, recipient: lurah, words: `\r\n${forged}\r\n` })
    expect((await readBounce(raw))?.recipients).toHaveLength(1)
  })
})

describe('a mail that is no notification', () => {
  it.each([
    ['empty', ''],
    [
      'an out-of-office answer',
      `From: ${lurah}\r\nSubject: Cuti\r\nAuto-Submitted: auto-replied\r\n\r\nSaya cuti.\r\n`,
    ],
    [
      'words that read like one',
      `${original(messageId, lurah)}\r\nFinal-Recipient: rfc822; a@x.example\r\nStatus: 5.1.1`,
    ],
    [
      'a status without a recipient',
      notification({ messageId, recipient: lurah, isWithoutRecipients: true }).toString(),
    ],
    [
      'a status of letters',
      notification({ messageId, recipient: lurah, fields: 'Action: failed\r\nStatus: gone' }).toString(),
    ],
    ['bytes', '\u0000\u0001--\r\n\r\n--\r\n'],
  ])('is none: %s', async (_, raw) => {
    expect(await readBounce(Buffer.from(raw))).toBeUndefined()
  })
})

import { createDomainPace } from '@bina/mailer/domain-pace'
import type { ReportMail } from '@bina/pipeline/ports/report-mailer'
import { expect, it } from 'vitest'
import { createPacedMailer } from './paced-mailer.ts'

const mail = (to: string): ReportMail => ({
  from: 'bina@palembang.example',
  to,
  subject: 'Catatan',
  html: '',
  text: '',
  messageId: `<1.${to}>`,
})

function officeOf(assertOwned: () => void) {
  const sent: string[] = []
  const waits: number[] = []
  const mailer = createPacedMailer({
    mailer: {
      send: async ({ to }) => {
        sent.push(to)
        return { kind: 'sent', reply: '250 kept' }
      },
    },
    paceOf: createDomainPace(60, () => 0),
    wait: async (ms) => void waits.push(ms),
    assertOwned,
  })
  return { mailer, sent, waits }
}

it('a second mail to a domain waits for its turn, and one to another domain does not', async () => {
  const { mailer, sent, waits } = officeOf(() => undefined)
  for (const to of ['a@palembang.example', 'b@palembang.example', 'c@other.example']) await mailer.send(mail(to))
  expect(sent).toHaveLength(3)
  expect(waits).toEqual([1_000])
})

it('a mail whose run went to another process while it waited does not leave here', async () => {
  const { mailer, sent } = officeOf(() => {
    throw new Error('another process has it')
  })
  await mailer.send(mail('a@palembang.example'))
  await expect(mailer.send(mail('b@palembang.example'))).rejects.toThrow('another process has it')
  expect(sent).toEqual(['a@palembang.example'])
})

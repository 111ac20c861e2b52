import { renderText } from '@bina/reporting/render-text'
import { noticeViewModel } from '@bina/reporting/roll-up/notice-view-model'
import { describe, expect, it } from 'vitest'
import type { ReportRun } from '../ports/report-ledger.ts'
import type { ReportMail } from '../ports/report-mailer.ts'
import type { Hold } from './hold.ts'
import { createTellOperator } from './tell-operator.ts'
import { runId, week } from './test-office.ts'

const run: ReportRun = {
  period: week,
  runId,
  state: 'held',
  startedAtMs: 0,
  finishedAtMs: undefined,
  dataCompleteUntilMs: 0,
  units: 3,
  delivered: 2,
  failed: 1,
  suppressed: 0,
  cause: '',
}
const behind: Hold = { matter: 'behind', cause: 'bina-sink is 12 messages behind' }
const refused: Hold = { matter: 'refused', cause: '1 mails were not taken' }

function createDesk({ hasOperator = true, locale = 'en' as 'id' | 'en' } = {}) {
  const operator = hasOperator ? 'operator@palembang.example' : undefined
  const told = new Set<string>()
  const mails: ReportMail[] = []
  const logged: string[] = []
  const world = { answer: 'sent' as 'sent' | 'try_later' }
  const tell = createTellOperator(
    { operator, from: 'bina@palembang.example', locale, zone: 'Asia/Makassar' },
    {
      notices: { told: async () => told, markTold: async (_, matter) => void told.add(matter) },
      mailer: {
        send: async (mail) => {
          mails.push(mail)
          return { kind: world.answer, reply: world.answer === 'sent' ? '250 kept' : '451 later' }
        },
      },
      render: (notice) => {
        const view = noticeViewModel(notice)
        return { subject: view.subject, text: renderText(view), html: '' }
      },
      messageIdOf: ({ report, recipient }) => `<${report}.${recipient}>`,
      clock: () => Date.parse('2026-06-15T06:00:00+08:00'),
      log: (message, { matter }) => void logged.push(`${matter}: ${message}`),
    },
  )
  return { tell, mails, logged, world }
}

describe('the operator', () => {
  it('is told the cause, what is held back, how many left, and what to type', async () => {
    const { tell, mails } = createDesk()
    await tell({ ...run, cause: behind.cause }, [behind], [{ unitId: 'upt:sako', cause: 'its row is broken' }])
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({
      to: 'operator@palembang.example',
      subject: 'Bina: the reports of 2026-W24 are held',
    })
    const text = mails[0]?.text ?? ''
    for (const words of [
      behind.cause,
      'Sent: 2. Did not arrive: 1.',
      '- upt:sako; cause: its row is broken',
      `- npx bina report run --week ${week}`,
      'WITA',
    ])
      expect(text).toContain(words)
  })

  it('is told in Indonesian where that is the language', async () => {
    const { tell, mails } = createDesk({ locale: 'id' })
    await tell(run, [behind], [])
    expect(mails[0]?.subject).toBe('Bina: laporan 2026-W24 ditahan')
    expect(mails[0]?.text).toContain('WITA')
  })

  it('is told each matter of a run once, however often the run is tried', async () => {
    const { tell, mails } = createDesk()
    await tell(run, [behind], [])
    await tell(run, [{ ...behind, cause: 'bina-sink is 7 messages behind' }], [])
    await tell({ ...run, state: 'finished_with_failures' }, [behind, refused], [])
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Bina: the reports of 2026-W24 are held',
      'Bina: some reports of 2026-W24 did not arrive',
    ])
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2)
  })

  it('is told again by the next try where no mail server took the notice', async () => {
    const { tell, mails, world, logged } = createDesk()
    world.answer = 'try_later'
    await tell(run, [behind], [])
    world.answer = 'sent'
    await tell(run, [behind], [])
    expect(mails.map(({ messageId }) => messageId)).toEqual(Array(2).fill('<notice:behind.operator@palembang.example>'))
    expect(logged).toContain('behind: the operator could not be told by mail: 451 later')
  })

  it('who is nobody leaves it to the log, once', async () => {
    const { tell, mails, logged } = createDesk({ hasOperator: false })
    await tell(run, [behind], [])
    await tell(run, [behind], [])
    expect([mails, logged]).toEqual([[], ['behind: a report run did not go out as a whole']])
  })

  it.each([
    ['paused', 'paused', `npx bina report resume --week ${week}`],
    ['approval', 'wait for approval', `npx bina report approve --week ${week}`],
    ['unreachable', 'are held', 'npx bina report suppression list'],
  ] as const)('whom a run that is %s waits for reads what to type', async (matter, subject, command) => {
    const { tell, mails } = createDesk()
    await tell(run, [{ matter, cause: 'x' }], [])
    expect(mails[0]?.subject).toContain(subject)
    expect(mails[0]?.text).toContain(command)
  })

  it('is told nothing of a run of which all is well', async () => {
    const { tell, mails, logged } = createDesk()
    await tell({ ...run, state: 'finished' }, [], [])
    expect([mails, logged]).toEqual([[], []])
  })
})

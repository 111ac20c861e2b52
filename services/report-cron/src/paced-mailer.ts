import type { ReportMailer } from '@bina/pipeline/ports/report-mailer'

export interface PacedMailerDeps {
  readonly mailer: ReportMailer
  /** How long, in milliseconds, a mail to this address has to wait from now. */
  readonly paceOf: (to: string) => number
  /** Rejects when the process is to stop. */
  readonly wait: (ms: number) => Promise<void>
  /** Throws once another process has the run. */
  readonly assertOwned: () => void
}

/** Lets each mail wait for its turn. The run may go to another process meanwhile, which sends the mail itself: then it does not leave here. */
export function createPacedMailer({ mailer, paceOf, wait, assertOwned }: PacedMailerDeps): ReportMailer {
  return {
    send: async (mail) => {
      const waitMs = paceOf(mail.to)
      if (waitMs > 0) {
        await wait(waitMs)
        assertOwned()
      }
      return mailer.send(mail)
    },
  }
}

import { isoWeekName } from '@bina/domain/week'
import type { OperatorNotice } from '@bina/reporting/area-report-input'

export interface NoticeText {
  readonly subject: string
  readonly text: string
}

const shownAtMost = 50

/** A notice in plain words, for whoever runs the city's servers. */
export function operatorNoticeText(notice: OperatorNotice): NoticeText {
  const words = notice.locale === 'id' ? id : en
  const week = isoWeekName(notice.week)
  const at = new Intl.DateTimeFormat(notice.locale === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: notice.zone,
    dateStyle: 'full',
    timeStyle: 'long',
  }).format(notice.atMs)
  const units = notice.heldUnits
    .slice(0, shownAtMost)
    .map(({ unitId, cause }) => `- ${unitId === '' ? '*' : unitId}: ${cause}`)
  const more = notice.heldUnits.length - units.length
  const parts = [
    words.states[notice.state](week),
    `${words.cause}: ${notice.cause}`,
    words.counts(notice.delivered, notice.failed),
    ...(units.length === 0 ? [] : [[words.units, ...units, ...(more > 0 ? [words.more(more)] : [])].join('\n')]),
    ...(notice.commands.length === 0
      ? []
      : [[words.commands, ...notice.commands.map((command) => `  ${command}`)].join('\n')]),
    `${at}\n${notice.runId}`,
  ]
  return { subject: words.subject[notice.state](week), text: `${parts.join('\n\n')}\n` }
}

const id = {
  subject: {
    held: (week: string) => `Bina: laporan ${week} ditahan`,
    finished_with_failures: (week: string) => `Bina: sebagian laporan ${week} tidak sampai`,
    awaiting_approval: (week: string) => `Bina: laporan ${week} menunggu persetujuan`,
    paused: (week: string) => `Bina: laporan ${week} dihentikan sementara`,
  },
  states: {
    held: (week: string) =>
      `Laporan minggu ${week} atau sebagian darinya belum dikirim. Laporan dengan data yang kurang tidak adil, jadi dicoba lagi sendiri setiap sepuluh menit.`,
    finished_with_failures: (week: string) => `Laporan minggu ${week} sudah dikirim, tetapi tidak semuanya sampai.`,
    awaiting_approval: (week: string) => `Laporan minggu ${week} siap dan menunggu persetujuan sebelum dikirim.`,
    paused: (week: string) => `Pengiriman laporan minggu ${week} dihentikan sementara.`,
  },
  cause: 'Sebab',
  counts: (delivered: number, failed: number) => `Terkirim: ${delivered}. Tidak sampai: ${failed}.`,
  units: 'Yang tertahan:',
  more: (n: number) => `- dan ${n} lagi`,
  commands: 'Yang dapat diketik:',
}

const en: typeof id = {
  subject: {
    held: (week) => `Bina: the reports of ${week} are held`,
    finished_with_failures: (week) => `Bina: some reports of ${week} did not arrive`,
    awaiting_approval: (week) => `Bina: the reports of ${week} wait for approval`,
    paused: (week) => `Bina: the reports of ${week} are paused`,
  },
  states: {
    held: (week) =>
      `The reports of ${week}, or some of them, were not sent. A report with missing data would be unfair, so it is tried again by itself every ten minutes.`,
    finished_with_failures: (week) => `The reports of ${week} were sent, but not all of them arrived.`,
    awaiting_approval: (week) => `The reports of ${week} are ready and wait for approval before they are sent.`,
    paused: (week) => `Sending the reports of ${week} was paused.`,
  },
  cause: 'Cause',
  counts: (delivered, failed) => `Sent: ${delivered}. Did not arrive: ${failed}.`,
  units: 'Held back:',
  more: (n) => `- and ${n} more`,
  commands: 'What to type:',
}

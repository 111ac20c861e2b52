import { operatorNoticeText } from '@bina/pipeline/report/operator-notice-text'
import type { OperatorNotice } from '@bina/reporting/area-report-input'

/** A notice as a mail: the same plain words in both parts. */
export function noticeMail(notice: OperatorNotice): {
  readonly subject: string
  readonly html: string
  readonly text: string
} {
  const { subject, text } = operatorNoticeText(notice)
  const html = `<!doctype html>\n<html lang="${notice.locale}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body><pre style="white-space:pre-wrap;font:inherit">${escaped(text)}</pre></body></html>\n`
  return { subject, text, html }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)

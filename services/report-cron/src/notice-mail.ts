import type { OperatorNotice } from '@bina/reporting/area-report-input'
import { renderHtml } from '@bina/reporting/render-html'
import { renderText } from '@bina/reporting/render-text'
import { noticeViewModel } from '@bina/reporting/roll-up/notice-view-model'

/** A notice as a mail. */
export function noticeMail(notice: OperatorNotice): {
  readonly subject: string
  readonly html: string
  readonly text: string
} {
  const view = noticeViewModel(notice)
  return { subject: view.subject, html: renderHtml(view), text: renderText(view) }
}

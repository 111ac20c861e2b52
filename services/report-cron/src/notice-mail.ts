import type { OperatorNotice } from '@bina/reporting/area-report-input'
import { renderHtml } from '@bina/reporting/render-html'
import { renderText } from '@bina/reporting/render-text'
import { noticeViewModel } from '@bina/reporting/roll-up/notice-view-model'

/** A notice to the operator as a mail. */
export function noticeMail(notice: OperatorNotice): {
  readonly subject: string
  readonly html: string
  readonly text: string
} {
  // What befell all units of a kind names none of them.
  const heldUnits = notice.heldUnits.map((unit) => (unit.unitId === '' ? { ...unit, unitId: '*' } : unit))
  const view = noticeViewModel({ ...notice, heldUnits })
  return { subject: view.subject, html: renderHtml(view), text: renderText(view) }
}

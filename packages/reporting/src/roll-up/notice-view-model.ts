import { isoWeekName } from '@bina/domain/week'
import type { OperatorNotice } from '../area-report-input.ts'
import { plainLine } from '../plain-line.ts'
import type { Block, ReportViewModel, Section } from '../view-model.ts'
import { cappedTable } from './capped-table.ts'
import { rollUpContext } from './roll-up-context.ts'

/** To the operator: what did not go out, why, and what to type. Plain words, no figure of any unit. */
export function noticeViewModel(notice: OperatorNotice): ReportViewModel {
  const { words, formats, count, locale } = rollUpContext(notice)
  const said = words.notice
  const period = formats.week(notice.week)
  const say = (text: string): Block => ({ kind: 'paragraph', tone: 'plain', text })
  const held = {
    caption: said.unitsCaption,
    columns: [said.unitColumn, said.causeColumn],
    rows: notice.heldUnits.map(({ unitId, cause }) => [
      unitId === '' ? said.allUnits : plainLine(unitId),
      plainLine(cause),
    ]),
  }
  const sections: readonly Section[] = [
    {
      id: 'notice',
      heading: said.causeHeading,
      blocks: [say(plainLine(notice.cause)), say(said.counts(count(notice.delivered), count(notice.failed)))],
    },
    ...(notice.commands.length === 0
      ? []
      : [
          {
            id: 'frame',
            heading: said.commandsHeading,
            blocks: [{ kind: 'list', items: notice.commands.map(plainLine) }],
          } as const,
        ]),
    ...(held.rows.length === 0
      ? []
      : [
          {
            id: 'units',
            heading: said.unitsHeading,
            blocks: cappedTable(held, (n) => said.more(count(n))),
          } as const,
        ]),
  ]
  return {
    locale,
    subject: said.subjects[notice.state](isoWeekName(notice.week)),
    preheader: plainLine(notice.cause),
    title: said.title,
    unitLabel: notice.runId,
    period,
    greeting: said.greeting,
    opening: said.openings[notice.state](isoWeekName(notice.week)),
    sections,
    disclaimer: said.disclaimer,
    footer: [said.why(formats.instant(notice.atMs))],
  }
}

import type { Command } from 'commander'
import { oneNamed, oneOf, several, whole } from './arguments.ts'
import { readers, reportNames } from './report/readers.ts'
import type { Run } from './run.ts'

const json = ['--json', 'print one JSON value instead of words'] as const
const weekWords = 'ISO week or its Monday; the last closed one when absent'
const reportWords = `kind of report: ${Object.keys(reportNames).join(', ')}`
const asWords = `as whom it is read: ${Object.keys(readers).join(', ')}`

/** The commands about the weekly reports. */
export function addReportCommands(program: Command, run: Run): void {
  const report = program.command('report').description('the weekly coaching reports')
  report
    .command('run')
    .description('make the run of a week; what was sent is not sent again')
    .option(...json)
    .option('--week <week>', weekWords)
    .option('--dry-run', 'write and count every report, and send nothing')
    .action((options) =>
      run(async (context) =>
        options.dryRun === true
          ? (await import('./commands/report-dry-run.ts')).reportDryRun(context, options)
          : (await import('./commands/report.ts')).reportRun(context, options),
      ),
    )
  report
    .command('preview <unit>')
    .description("one unit's report as it would be mailed now, with buttons that do nothing")
    .option(...json)
    .option('--week <week>', weekWords)
    .option('--format <format>', 'html, text or pdf', oneOf('html', 'text', 'pdf'), 'text')
    .option('--as <role>', asWords, oneNamed(readers))
    .option('--report <kind>', reportWords, oneNamed(reportNames))
    .option('--output <file>', 'write it to a file; a PDF wants one')
    .action((unit, options) =>
      run(async (context) => (await import('./commands/report-preview.ts')).reportPreview(context, unit, options)),
    )
  report
    .command('send-test <unit>')
    .description('mail a report to yourself, marked as a test; it is no delivery')
    .option(...json)
    .requiredOption('--to <address>', 'where it goes')
    .option('--week <week>', weekWords)
    .option('--as <role>', asWords, oneNamed(readers))
    .option('--report <kind>', reportWords, oneNamed(reportNames))
    .action((unit, options) =>
      run(async (context) => (await import('./commands/report-send.ts')).reportSendTest(context, unit, options)),
    )
  report
    .command('resend <unit>')
    .description('send a report again, marked as such, to its heads or to those of its readers that are named')
    .option(...json)
    .option('--week <week>', weekWords)
    .option('--to <address>', 'one of those who get it; may be given several times', several)
    .option('--report <kind>', reportWords, oneNamed(reportNames))
    .action((unit, options) =>
      run(async (context) => (await import('./commands/report-send.ts')).reportResend(context, unit, options)),
    )
  report
    .command('pause')
    .description("stop a week's run before its next mail")
    .option(...json)
    .option('--week <week>', weekWords)
    .action((options) =>
      run(async (context) => (await import('./commands/report-control.ts')).reportPause(context, options)),
    )
  report
    .command('resume')
    .description('go on with a paused run')
    .option(...json)
    .option('--week <week>', weekWords)
    .action((options) =>
      run(async (context) => (await import('./commands/report-control.ts')).reportResume(context, options)),
    )
  report
    .command('approve')
    .description("let a week's run go out that waits until somebody has looked at it")
    .option(...json)
    .option('--week <week>', weekWords)
    .action((options) =>
      run(async (context) => (await import('./commands/report-control.ts')).reportApprove(context, options)),
    )
  report
    .command('history')
    .description('the runs; of one week who got what')
    .option(...json)
    .option('--week <week>', 'ISO week or its Monday; all weeks when absent')
    .option('--unit <id>', 'of that week, one unit')
    .option(
      '--state <state>',
      'of that week, one state: queued, sent, failed or suppressed',
      oneOf('queued', 'sent', 'failed', 'suppressed'),
    )
    .option('--limit <n>', 'how many', whole(1, 1_000_000), 50)
    .action((options) =>
      run(async (context) => (await import('./commands/report-history.ts')).reportHistory(context, options)),
    )
  report
    .command('bounce')
    .argument('[file]', 'one returned mail; standard input when absent or -', '-')
    .description('read a mail that came back, and hold its mailbox back where no mail will get there')
    .option(...json)
    .action((file) => run(async (context) => (await import('./commands/report-bounce.ts')).reportBounce(context, file)))
  addRecipientCommands(report, run)
}

function addRecipientCommands(report: Command, run: Run): void {
  const recipient = report.command('recipient').description('who gets reports beside the addresses of the directory')
  recipient
    .command('add <address>')
    .description("ask somebody by mail whether they want a unit's reports; until they confirm nothing else is sent")
    .option(...json)
    .requiredOption('--unit <id>', 'unit that the reports are about')
    .requiredOption('--role <post>', 'the post that reads it, such as "Sekretaris Daerah"; no name')
    .option('--report <kind>', reportWords, oneNamed(reportNames))
    .option('--locale <locale>', 'language of the mail that asks: id or en', oneOf('id', 'en'), 'id')
    .action((address, options) =>
      run(async (context) => (await import('./commands/report-recipient.ts')).recipientAdd(context, address, options)),
    )
  recipient
    .command('list')
    .description('everybody who was added, and whether they confirmed')
    .option(...json)
    .action(() => run(async (context) => (await import('./commands/report-recipient.ts')).recipientList(context)))
  recipient
    .command('remove <address>')
    .description('send no more reports of a unit there')
    .option(...json)
    .requiredOption('--unit <id>', 'unit that the reports are about')
    .option('--report <kind>', reportWords, oneNamed(reportNames))
    .action((address, options) =>
      run(async (context) =>
        (await import('./commands/report-recipient.ts')).recipientRemove(context, address, options),
      ),
    )
  const suppression = report.command('suppression').description('mailboxes that take no mail')
  suppression
    .command('list')
    .description('those that are held back, and why')
    .option(...json)
    .action(() => run(async (context) => (await import('./commands/report-suppression.ts')).suppressionList(context)))
  suppression
    .command('add <addresses...>')
    .description('hold mailboxes back from which mails came back')
    .option(...json)
    .requiredOption('--reason <words>', 'what the returned mail said')
    .action((addresses, options) =>
      run(async (context) =>
        (await import('./commands/report-suppression.ts')).suppressionAdd(context, addresses, options),
      ),
    )
  suppression
    .command('remove <address>')
    .description('send mail there again')
    .option(...json)
    .action((address) =>
      run(async (context) => (await import('./commands/report-suppression.ts')).suppressionRemove(context, address)),
    )
}

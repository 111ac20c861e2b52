import { availableParallelism } from 'node:os'
import { lanes } from '@bina/events/topics'
import { version } from '@bina/runtime/version'
import { Command, Option } from 'commander'
import { oneOf, partOf, several, sizes, whole } from './arguments.ts'
import { addReportCommands } from './report-program.ts'
import type { Run } from './run.ts'

const eventsFloor = 'but at least some 2,800 a week: every unit has somebody who comes to work'

const laneOption = () =>
  new Option(
    '--lane <lane>',
    'backfill: history, which is taken in behind everything live and lets it go first; live when absent',
  ).choices(lanes)

/** The bina command. What a command needs is loaded when it runs, so that `--help` answers at once. */
export function createProgram(run: Run): Command {
  const program = new Command('bina')
    .description('Event-driven service-quality coaching for cities')
    .version(version)
    .option('--json', 'print one JSON value instead of words')
    .showHelpAfterError('Type: npx bina --help')
    .showSuggestionAfterError(true)

  const command = (name: string, description: string) =>
    program.command(name).description(description).option('--json', 'print one JSON value instead of words')

  command('up', 'start Kafka, ClickHouse, a mail sink and all services; print their addresses')
    .option('--foreground', 'stay in this terminal until Ctrl-C')
    .action((options) =>
      run(async (context) =>
        options.foreground
          ? (await import('./commands/up.ts')).upInForeground(context)
          : (await import('./commands/up.ts')).up(context),
      ),
    )
  command('down', 'stop what up or demo started').action(() =>
    run(async (context) => (await import('./commands/down.ts')).down(context)),
  )
  command('status', 'what runs, and how far each step is behind').action(() =>
    run(async (context) => (await import('./commands/status.ts')).status(context)),
  )
  command('reset', "forget the local servers' data, mails and logs")
    .option('--all', 'the fetched jars too')
    .action((options) =>
      run(async (context) => (await import('./commands/reset.ts')).reset(context, { all: options.all === true })),
    )
  command('doctor', 'check servers, tables, mail, clock and disk, and say what to do').action(() =>
    run(async (context) => (await import('./commands/doctor.ts')).doctor(context)),
  )
  command('migrate', 'lay out tables, views and topics').action(() =>
    run(async (context) => (await import('./commands/migrate.ts')).migrateCommand(context)),
  )
  command('check-config [service]', 'read the configuration as the services would').action((service) =>
    run(async (context) => (await import('./commands/check-config.ts')).checkConfig(context, service)),
  )

  command('simulate', 'publish the weeks of a pretend Palembang')
    .option('--seed <seed>', 'the same seed gives the same city', 'palembang')
    .option('--weeks <n>', 'how many weeks', whole(1, 520), 13)
    .option('--last-week <week>', 'last simulated week, such as 2026-W46; the last closed one when absent')
    .option(
      '--events <n>',
      `about how many events, ${eventsFloor}; the usual staff when absent`,
      whole(1_000, 100_000_000),
    )
    .option('--rate <n>', 'at most so many events a second', whole(1, 1_000_000))
    .action((options) => run(async (context) => (await import('./commands/simulate.ts')).simulate(context, options)))
  command('publish <file>', 'publish CloudEvents, one JSON object a line (- reads standard input)')
    .option('--skip-bad', 'publish the good lines although some are bad')
    .option('--rate <n>', 'at most so many events a second, so that live ones find room', whole(1, 1_000_000))
    .addOption(laneOption())
    .action((file, options) =>
      run(async (context) =>
        (await import('./commands/publish.ts')).publish(context, file, {
          ...options,
          skipBad: options.skipBad === true,
        }),
      ),
    )
  command('import <mapping> <file>', 'read a CSV file by a mapping; a dry run unless --apply')
    .option('--apply', 'publish the events')
    .option('--skip-bad', 'with --apply: import the good rows although some are bad')
    .option(
      '--rate <n>',
      'with --apply: at most so many events a second, so that live ones find room',
      whole(1, 1_000_000),
    )
    .addOption(laneOption())
    .action((mapping, file, options) =>
      run(async (context) =>
        (await import('./commands/import.ts')).importCommand(context, mapping, file, {
          ...options,
          apply: options.apply === true,
          skipBad: options.skipBad === true,
        }),
      ),
    )

  const score = command('score', "count and judge a week's scores anew, and print them")
    .option('--week <week>', 'ISO week or its Monday; the last closed one when absent')
    .option('--unit <id>', 'one unit')
    .action((options) => run(async (context) => (await import('./commands/score.ts')).score(context, options)))
  score
    .command('explain <unit> <week>')
    .description('every term of both scores, what was counted for it, and what would have to change')
    .option('--all', 'every complaint and every event behind it')
    .option('--json', 'print one JSON value instead of words')
    .action((unit, week, options) =>
      run(async (context) =>
        (await import('./commands/explain.ts')).explain(context, { unitId: unit, week, all: options.all === true }),
      ),
    )
  score
    .command('fit-priors')
    .description("propose a quarter's priors from the counts before it, by unit type")
    .option('--quarter <quarter>', 'such as 2026-Q3; the next one when absent')
    .option('--write', 'add them to scoring.yaml and raise the version')
    .option('--json', 'print one JSON value instead of words')
    .action((options) => run(async (context) => (await import('./commands/fit-priors.ts')).fitPriors(context, options)))
  score
    .command('rebuild')
    .description(
      'work out every derived table anew from the events, beside the old ones, and swap them; goes on where it was interrupted',
    )
    .option('--restart', 'begin anew instead of going on')
    .option('--json', 'print one JSON value instead of words')
    .action((options) =>
      run(async (context) => (await import('./commands/score-rebuild.ts')).scoreRebuild(context, options)),
    )
  command('trace <source> <id>', 'where an event went, and which figures it moved').action((source, id) =>
    run(async (context) => (await import('./commands/trace.ts')).trace(context, { source, id })),
  )

  const policy = program.command('policy').description('the rules as dated data')
  policy
    .command('check')
    .description('read all rules; name with file and line what is wrong or not settled')
    .option('--dir <folder>', 'folder of the rules; BINA_POLICY_DIR when absent')
    .option('--json', 'print one JSON value instead of words')
    .action((options) => run(async (context) => (await import('./commands/policy.ts')).policyCheck(context, options)))

  addReportCommands(program, run)

  const dlq = program.command('dlq').description('messages that were set aside')
  dlq
    .command('list')
    .description('the latest dead letters with their reasons')
    .option('--json', 'print one JSON value instead of words')
    .option('--reason <reason>', 'only this reason')
    .option('--limit <n>', 'how many', whole(1, 10_000), 20)
    .action((options) => run(async (context) => (await import('./commands/dlq.ts')).dlqList(context, options)))
  dlq
    .command('show')
    .description('one dead letter with its original bytes')
    .argument('<topic>', 'topic that it came from')
    .argument('<partition>', 'its partition there', whole(0, 65_535))
    .argument('<offset>', 'its offset there', whole(0, Number.MAX_SAFE_INTEGER))
    .option('--json', 'print one JSON value instead of words')
    .action((topic, partition, offset) =>
      run(async (context) => (await import('./commands/dlq.ts')).dlqShow(context, { topic, partition, offset })),
    )
  dlq
    .command('replay')
    .description('publish dead letters again, unchanged, after what refused them was mended')
    .requiredOption('--reason <reason>', 'those of this reason')
    .option('--rate <n>', 'letters a second at most', whole(1, 100_000), 500)
    .option('--dry-run', 'only say how many')
    .option('--json', 'print one JSON value instead of words')
    .action(({ dryRun, ...options }) =>
      run(async (context) =>
        (await import('./commands/dlq-replay.ts')).dlqReplay(context, { ...options, dryRun: dryRun === true }),
      ),
    )
  command('replay', 'settle the original messages of a topic and a time once more, without moving the workers')
    .requiredOption('--topic <topic>', 'topic of events, such as bina.complaint.v1')
    .requiredOption('--from <instant>', 'first record time, such as 2026-11-23T00:00:00+07:00')
    .requiredOption('--to <instant>', 'record time before which it ends')
    .option('--rate <n>', 'messages a second at most, so that live events do not wait', whole(1, 100_000), 1_000)
    .option('--dry-run', 'only say how many')
    .action(({ dryRun, ...options }) =>
      run(async (context) =>
        (await import('./commands/replay.ts')).replay(context, { ...options, dryRun: dryRun === true }),
      ),
    )

  const offsets = program.command('offsets').description('where the services read on, and what the log no longer has')
  offsets
    .command('gaps')
    .description('partitions on which a group cannot read on where it left off')
    .option('--json', 'print one JSON value instead of words')
    .action(() => run(async (context) => (await import('./commands/offsets.ts')).offsetGaps(context)))
  offsets
    .command('accept-gap')
    .description(
      'let a group go on at the first message that the log still has; what is gone stays missing in ingest_balance',
    )
    .argument('<group>', 'consumer group, as the worker names it')
    .argument('<topic>', 'topic, as the worker names it')
    .argument('<partition>', 'its partition', whole(0, 65_535))
    .option('--json', 'print one JSON value instead of words')
    .action((group, topic, partition) =>
      run(async (context) =>
        (await import('./commands/offsets.ts')).acceptGap(context, { groupId: group, topic, partition }),
      ),
    )

  const spotCheck = program.command('spot-check').description('random checks: drawn in the open, recomputed by anybody')
  spotCheck
    .command('draw')
    .description("draw a week's checks and commit to them; --reveal gives out the seed after the week")
    .option('--json', 'print one JSON value instead of words')
    .option('--week <week>', 'ISO week or its Monday; the next one when absent, with --reveal the last')
    .option('--capacity <n>', 'checks that can be made on a day; as the policy says when absent', whole(1, 10_000))
    .option('--caller <unit>', 'unit that calls; may be given several times', several)
    .option('--seed-file <file>', 'where the secret seed lies, or is to lie')
    .option(
      '--beacon-from <words>',
      'a public value that is known only later and will be mixed in, such as a drand round',
    )
    .option('--beacon <value>', 'that value, once it is known')
    .option('--reveal', 'the week is over: publish the seed')
    .action((options) =>
      run(async (context) => (await import('./commands/spot-check.ts')).spotCheckDraw(context, options)),
    )
  spotCheck
    .command('verify <file>')
    .description('recompute a published draw from its seed and frame, and say what differs')
    .option('--json', 'print one JSON value instead of words')
    .option('--commitment <hex>', 'the commitment as it was published before the week')
    .option('--previous <file>', 'the revealed draw before it: checks the rotation as well')
    .option('--calls <file>', 'the list of calls, for who may see it: checks the persons as well')
    .action((file, options) =>
      run(async (context) => (await import('./commands/spot-check.ts')).spotCheckVerify(context, file, options)),
    )

  const coaching = program.command('coaching').description('whether coaching helped, and in which order to begin')
  coaching
    .command('effect <subject>')
    .description('whether coaching helped: a unit, an action by its code, or city')
    .option('--json', 'print one JSON value instead of words')
    .action((subject) =>
      run(async (context) => (await import('./commands/coaching.ts')).coachingEffect(context, subject)),
    )
  coaching
    .command('waves')
    .description('draw the order of a first coaching at random, in waves')
    .option('--json', 'print one JSON value instead of words')
    .requiredOption('--text <text>', 'what the order is drawn from; announce it before')
    .option('--waves <n>', 'how many waves', whole(2, 100), 10)
    .option('--type <type>', 'units of this type', oneOf('kelurahan', 'kecamatan', 'upt'), 'kelurahan')
    .action((options) =>
      run(async (context) => (await import('./commands/coaching.ts')).coachingWaves(context, options)),
    )

  const bench = program.command('bench').description('measure this machine; every run is printed, not the best alone')
  bench
    .command('scores')
    .description("what late events, a full rebuild and a nation's week cost, in databases of their own")
    .option('--json', 'print one JSON value instead of words')
    .option('--sizes <list>', 'stores of so many events, with commas', sizes, [100_000, 1_000_000, 10_000_000])
    .option('--rounds <n>', 'rounds of late events in each store; 0 leaves them out', whole(0, 100), 5)
    .option('--late-events <n>', 'late events of a round', whole(1, 1_000), 1_000)
    .option('--rebuild <n>', 'events to rebuild from; 0 leaves it out', whole(0, 100_000_000), 10_000_000)
    .option('--units <n>', 'units of the nation; 0 leaves it out', whole(0, 1_000_000), 84_000)
    .addOption(new Option('--part <from:to>', 'these units of the nation alone').argParser(partOf).hideHelp())
    .action((options) =>
      run(async (context) => (await import('./commands/bench-scores.ts')).benchScores(context, options)),
    )

  bench
    .command('query')
    .description(
      'how long the questions of docs/queries.md take, over stores of several sizes in databases of their own',
    )
    .option('--json', 'print one JSON value instead of words')
    .option('--sizes <list>', 'stores of so many events, with commas', sizes, [10_000_000, 100_000_000])
    .option('--rounds <n>', 'how often each question is asked', whole(1, 1_000), 20)
    .action((options) =>
      run(async (context) => (await import('./commands/bench-query.ts')).benchQuery(context, options)),
    )

  bench
    .command('sink')
    .description("events from Kafka to rows that can be queried, against ClickHouse's own Kafka engine, in turns")
    .option('--json', 'print one JSON value instead of words')
    .option('--events <n>', 'messages on the topics; 100000 is quick', whole(1_000, 100_000_000), 2_000_000)
    .option('--pairs <n>', 'runs of each', whole(1, 100), 5)
    .option('--workers <n>', 'sink-workers', whole(1, 64), availableParallelism())
    .option('--partitions <n>', 'partitions of each topic', whole(1, 1_000), 6)
    .action((options) => run(async (context) => (await import('./commands/bench-sink.ts')).benchSink(context, options)))

  bench
    .command('freshness')
    .description(
      'how soon an event is countable and in its score while a city publishes steadily, by the real services',
    )
    .option('--json', 'print one JSON value instead of words')
    .option('--rates <list>', 'events a second, with commas', sizes, [2_000, 5_000])
    .option('--seconds <n>', 'how long each is measured', whole(5, 3_600), 60)
    .option('--probes <n>', 'events that are looked for', whole(10, 10_000), 300)
    .option('--history <n>', 'events that wait in the lane for history when each begins', whole(0, 10_000_000), 0)
    .action((options) =>
      run(async (context) => (await import('./commands/bench-freshness.ts')).benchFreshness(context, options)),
    )

  bench
    .command('scale')
    .description(
      'events a second over workers and partitions, memory of the workers over time, and bytes of an event on disk',
    )
    .option('--json', 'print one JSON value instead of words')
    .option('--events <n>', 'messages of each run; 0 leaves the runs out', whole(0, 100_000_000), 500_000)
    .option('--workers <list>', 'sink-workers, and as many partitions, with commas', sizes, [1, 2, 4])
    .option('--minutes <n>', 'how long the memory is watched; 0 leaves it out', whole(0, 1_440), 30)
    .option('--rate <n>', 'events a second meanwhile', whole(1, 100_000), 500)
    .action((options) =>
      run(async (context) => (await import('./commands/bench-scale.ts')).benchScale(context, options)),
    )

  bench
    .command('quick')
    .description(
      'a small version of the others in about two minutes, held against the figures in docs/bench-quick.json',
    )
    .option('--json', 'print one JSON value instead of words')
    .option('--record', 'write the figures down there')
    .option('--strict', 'end with 1 where a figure slipped')
    .action((options) =>
      run(async (context) =>
        (await import('./commands/bench-quick.ts')).benchQuick(context, {
          record: options.record === true,
          strict: options.strict === true,
        }),
      ),
    )

  bench
    .command('reports')
    .description('how many reports are written in a second, as mail, with charts, and as PDF; needs no server')
    .option('--json', 'print one JSON value instead of words')
    .option('--mails <n>', 'reports as HTML and text; 0 leaves them out', whole(0, 10_000_000), 100_000)
    .option('--charts <n>', 'reports with their charts; 0 leaves them out', whole(0, 10_000_000), 5_000)
    .option('--pdfs <n>', 'reports as PDF; 0 leaves them out', whole(0, 10_000_000), 2_000)
    .addOption(new Option('--part <from:to>', 'these units alone').argParser(partOf).hideHelp())
    .addOption(new Option('--only <kind>', 'this kind alone').hideHelp())
    .action((options) =>
      run(async (context) => (await import('./commands/bench-reports.ts')).benchReports(context, options)),
    )

  command('demo', 'the whole job on this machine: servers, a simulated Palembang, scores, mailed reports')
    .option('--once', 'end after the reports')
    .option('--seed <seed>', 'the same seed gives the same city', 'palembang')
    .option('--weeks <n>', 'how many weeks', whole(1, 520), 13)
    .option('--events <n>', `about how many events, ${eventsFloor}`, whole(1_000, 10_000_000), 40_000)
    .action((options) =>
      run(async (context) =>
        (await import('./commands/demo.ts')).demo(context, { ...options, once: options.once === true }),
      ),
    )
  return program
}

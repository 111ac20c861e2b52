import type { Count } from '../count.ts'
import type { RollUpMessages } from './messages-id.ts'

const of = (x: Count, n: Count) => `${x.text} of ${n.text}`
const plural = (n: Count, one: string, many: string) => `${n.text} ${n.value === 1 ? one : many}`

export const en: RollUpMessages = {
  area: {
    title: 'Weekly coaching summary',
    subject: (area, period) => `Weekly coaching summary for ${area}, ${period}`,
    opening: (period) =>
      `Here is the coaching summary for the week of ${period}. Units stand in the order of the alphabet; each got its own note, and it says the same as your copy.`,
    preheader: (n) =>
      n.value === 0
        ? 'No unit is on record as waiting for help.'
        : `${plural(n, 'unit', 'units')} may be waiting for help.`,
    disclaimer: 'This summary is for coaching units; it is no basis for sanctions or personal appraisal.',
    why: (area) =>
      `You receive this mail because this address stands in the city's directory as the address for the summary of ${area}.`,
  },
  city: {
    title: 'Coaching summary of the city',
    subject: (area, period) => `Coaching summary of ${area}, ${period}`,
    opening: (period) =>
      `Here is the summary of the city's service for the week of ${period}. It puts no unit before another: it looks at the city's service, and at what stands in the units' way.`,
    preheader: (n) => `${plural(n, 'unit', 'units')} may be waiting for help this week.`,
  },
  integrity: {
    title: 'Weekly note on the records',
    subject: (area, period) => `Note on the records for ${area}, ${period}`,
    opening: (period) =>
      `Here is the note for the week of ${period} on whether records can be trusted. It holds no figure of performance.`,
    preheader: (n) => `${plural(n, 'special case', 'special cases')} open.`,
    disclaimer:
      'This note shows which records to look at together; it is no finding about a person and no basis for sanctions.',
    why: (area) => `You receive this mail as a reader of the note on the records of ${area}.`,
  },
  greeting: (headRole, name) => `Dear ${headRole} of ${name},`,

  help: {
    heading: 'Units that may be waiting for help',
    none: 'No unit is on record as waiting for help this week.',
    line: (unit, wants) => `${unit}: ${wants}`,
    wants: {
      needs_support: () => 'its service needs support',
      cases_overdue: (n) => `${plural(n, 'complaint', 'complaints')} past due`,
      action_overdue: (n) => `${plural(n, 'agreed step', 'agreed steps')} not done yet`,
      finding_overdue: (n) => `${plural(n, 'finding', 'findings')} of visits or social media not followed up yet`,
      signal_concern: (n) =>
        `${plural(n, 'chart shows', 'charts show')} a change whose cause is worth looking for together`,
    },
    question: 'Which obstacle can you clear this week?',
    count: (n) =>
      n.value === 0
        ? 'No unit is on record as waiting for help this week.'
        : `${plural(n, 'unit', 'units')} may be waiting for help; their camat and heads of agency have the names.`,
  },
  figures: {
    heading: 'Service of the area',
    pooled:
      'All units added up, numerators with numerators and denominators with denominators; never a mean of scores.',
    ranges:
      'A range such as 60–70 means: in four cases of five the truth lies in it. Of small numbers it leans towards what is usual, so that what was counted may lie outside.',
    few: 'Fewer than 10 are not enough to conclude from, so they are only counted.',
    cityHeading: 'Service of the city',
    attendanceCaption: 'Attendance',
    attendance: {
      A1: 'Working days with presence',
      A2: 'Working days with presence on time',
      A3: 'Full working days until closing time',
    },
  },
  trend: {
    caption: (name, window) => `${name}, the last ${window} each time`,
    weekColumn: 'Week',
    valueColumn: 'Of 100',
    rangeColumn: 'Range',
    countColumn: 'How many',
    counted: {
      S1: (n) => plural(n, 'complaint', 'complaints'),
      S2: (n) => plural(n, 'complaint', 'complaints'),
      S6: (n) => plural(n, 'rating', 'ratings'),
    },
    alt: (name, from, to, week, value, rest) =>
      `Chart of ${name}, weeks ${from} to ${to}; in ${week} ${value} of 100${rest === '' ? '' : ` (${rest})`}.`,
  },
  units: {
    heading: 'Units in the order of the alphabet',
    caption: 'Service scores and open complaints',
    unitColumn: 'Unit',
    serviceColumn: 'Service score',
    casesColumn: 'Open complaints',
    score: (value, lower, upper, band) => `${value} (${lower}–${upper}), ${band}`,
    noScore: 'not enough data',
    cases: (due, overdue) =>
      [...(due.value > 0 ? [`${due.text} due`] : []), ...(overdue.value > 0 ? [`${overdue.text} past due`] : [])].join(
        ', ',
      ),
    interval: 'In brackets: the chance is four in five that the true figure lies between them.',
    more: (n) => `and ${plural(n, 'other unit', 'other units')}, see the attached CSV`,
    moreRows: (n) => `and ${plural(n, 'other row', 'other rows')}, see ClickHouse`,
  },
  stuck: {
    heading: 'Complaints held up between units',
    caption: 'Passed on, or in nobody’s hands yet',
    idColumn: 'Complaint number',
    unitsColumn: 'Units',
    dueColumn: 'Due to the resident',
    nobody: 'nobody yet',
    more: (n) => `and ${plural(n, 'other complaint', 'other complaints')}`,
  },
  actions: {
    heading: 'Steps and coaching',
    line: (unit, step, when) => `${unit}: ${step} (${when})`,
    done: (date) => `done, ${date}`,
    due: (date) => `due ${date}`,
    coaching: (x, n) => `Coaching held in 13 weeks: ${of(x, n)} planned.`,
    done13: (x, n) => `Steps done in time in 13 weeks: ${of(x, n)}.`,
    none: 'No step was agreed on in the last weeks.',
    more: (n) => `and ${plural(n, 'other step', 'other steps')}`,
  },
  findings: {
    heading: 'Findings of visits and social media',
    unitColumn: 'Unit',
    fromColumn: 'From',
    dueColumn: 'Due',
    caption: 'Still open, or closed in that week',
    closed: (date) => `closed ${date}`,
    counts: (open, overdue, closed) =>
      `${plural(open, 'finding', 'findings')} open, ${overdue.text} of them past due; ${closed.text} closed in that week.`,
    from: {
      mayor_visit: 'visit of the mayor',
      social_media: 'social media',
      spot_check: 'random check',
      inspectorate: 'inspectorate',
    },
    more: (n) => `and ${plural(n, 'other finding', 'other findings')}`,
  },
  checks: {
    heading: 'Random checks',
    line: (x, n) => `At ${of(x, n)} checks in 4 weeks, staff were at their post`,
    few: 'So few are not enough to conclude from.',
    none: 'No random check in the last 4 weeks.',
  },
  bands: {
    heading: 'Where units stand',
    intro: 'How many units, by what their data allow to conclude:',
    units: (n) => plural(n, 'unit', 'units'),
  },
  blocked: {
    heading: 'What stands in the way of units',
    outages: (n) =>
      `${plural(n, 'day of a unit', 'days of units')} without a single attendance record, taken as an outage of the system.`,
    silent: (sources) => `Systems silent for longer than their habit: ${sources}.`,
    none: 'No outage of a system is on record for that week.',
  },
  effects: {
    heading: 'Did coaching help',
    none: 'The data do not allow a conclusion yet.',
    subject: { city: 'The city' },
    line: (subject, measure, effect, lower, upper, n) =>
      `${subject}, ${measure.toLowerCase()}: ${effect} points of 100 against units not coached yet (the chance is four in five that it lies between ${lower} and ${upper}; ${plural(n, 'unit', 'units')} coached).`,
  },
  restatements: {
    causeColumn: 'Cause',
    causes: {
      'late event': 'data came late',
      correction: 'data corrected by the sender',
      withdrawal: 'data withdrawn by the sender',
      directory: 'the directory changed',
      rebuild: 'worked out anew',
    },
    rules: (versions) => `rules changed (${versions})`,
    heading: 'Final figures that changed',
    unitColumn: 'Unit',
    weekColumn: 'Week',
    fromColumn: 'Before',
    toColumn: 'Now',
    caption: 'Moved by 2 points or more, since data came later',
    hidden: 'not shown',
    more: (n) => `and ${plural(n, 'other change', 'other changes')}`,
  },
  signals: {
    heading: 'Records worth looking at together',
    caption: 'Charts on the records that changed beyond chance',
    unitColumn: 'Unit',
    measureColumn: 'Measure',
    weeksColumn: 'Weeks in a row',
    none: 'No chart on the records changed beyond chance.',
    names: {
      B1: 'share of excused days',
      B4: 'time waiting for the reporter',
      S8: 'complaints reopened',
      S10: 'complaints excluded',
    },
  },
  mismatches: {
    caption: 'Random checks that do not agree with the record, 4 weeks',
    unitColumn: 'Unit',
    checksColumn: 'Do not agree',
    none: 'All random checks of 4 weeks agree with the record, or there were none.',
    count: of,
    outageCaption: 'Days without a single attendance record',
    dayColumn: 'Day',
    peopleColumn: 'People',
  },
  severe: {
    heading: 'Special cases',
    intro: 'Cases of illegal fees and discrimination are in no unit’s figures. Here are their numbers alone.',
    none: 'No special case is open.',
    caption: 'Case numbers',
    idColumn: 'Number',
    categoryColumn: 'Kind',
    receivedColumn: 'Received',
    categories: { illegal_fee: 'illegal fee', discrimination: 'discrimination' },
    more: (n) => `and ${plural(n, 'other case', 'other cases')}`,
  },
  draws: {
    heading: 'Draws of random checks',
    intro: 'Anybody can recompute each draw.',
    line: (draw, week, slots, seed) => `${draw}, ${week}: ${plural(slots, 'check', 'checks')}, seed ${seed}`,
    notYet: 'not revealed yet',
    verify: 'To recompute: npx bina spot-check verify FILE',
    none: 'No draw in the last 4 weeks.',
  },
  quality: {
    heading: 'Quality of the data',
    caption: 'Findings about data of that week',
    kindColumn: 'Kind',
    countColumn: 'Count',
    none: 'No finding about the data of that week.',
    letters: 'Records that could not be read',
    reasonColumn: 'Reason',
  },
  frame: { heading: 'About these figures', statusLabel: 'Status' },
  rights: {
    heading: 'If the data are wrong',
    text: (until, contact) =>
      `Units may object within 5 working days, that is by ${until}. For this summary, reply to this mail or write to ${contact}.`,
  },
  notice: {
    title: 'Notice to the operator',
    subjects: {
      held: (week) => `Bina: the reports of ${week} are held`,
      finished_with_failures: (week) => `Bina: some reports of ${week} did not arrive`,
      awaiting_approval: (week) => `Bina: the reports of ${week} wait for approval`,
      paused: (week) => `Bina: the reports of ${week} are paused`,
    },
    greeting: 'To the operator of Bina,',
    openings: {
      held: (week) =>
        `The reports of ${week}, or some of them, were not sent. A report with missing data would be unfair, so it is tried again by itself every ten minutes.`,
      finished_with_failures: (week) => `The reports of ${week} were sent, but not all of them arrived.`,
      awaiting_approval: (week) => `The reports of ${week} are ready and wait for approval before they are sent.`,
      paused: (week) => `Sending the reports of ${week} was paused.`,
    },
    causeHeading: 'What happened',
    counts: (sent, unsent) => `Sent: ${sent.text}. Did not arrive: ${unsent.text}.`,
    commandsHeading: 'What to type',
    unitsHeading: 'Held back',
    unitsCaption: 'Units and causes',
    unitColumn: 'Unit',
    causeColumn: 'Cause',
    allUnits: 'all units',
    more: (n) => `and ${plural(n, 'other unit', 'other units')}: npx bina report history`,
    disclaimer: 'No report is sent twice.',
    why: (at) => `You receive this mail because this address stands in OPERATOR_EMAIL. Written ${at}.`,
  },
  marks: {
    resent: 'Sent again',
    test: 'A trial, not an official mail',
    resentNote: 'This mail was sent again on request; its figures may differ from those sent before.',
    testNote: 'This mail is a trial; it is no official note.',
  },
  unsubscribe: (url) => `Stop receiving this mail: ${url}`,
}

import type { Count } from '../count.ts'
import { enFocus } from './en-focus.ts'
import { enFollowUp } from './en-follow-up.ts'
import type { Messages } from './id.ts'

const of = (x: Count, n: Count) => `${x.text} of ${n.text}`
const plural = (n: Count, one: string, many: string) => `${n.text} ${n.value === 1 ? one : many}`
const ofComplaints = (x: Count, n: Count) => `${of(x, n)} ${n.value === 1 ? 'complaint' : 'complaints'}`
const was = (n: Count) => (n.value === 1 ? 'was' : 'were')

export const en: Messages = {
  title: 'Weekly coaching note',
  subject: (unit, period) => `Weekly coaching note for ${unit}, ${period}`,
  greeting: (headRole, name) => `Dear ${headRole} of ${name},`,
  opening: (period) => `Thank you for serving residents in the week of ${period}. Here is its coaching note.`,
  preheader: {
    focus: (name) => `Focus: ${name}.`,
    noFocus: 'One step for this week.',
    overdue: (n) => `${plural(n, 'complaint', 'complaints')} past due.`,
    due: (n) => `${plural(n, 'complaint', 'complaints')} due within five working days.`,
    nothingDue: 'No complaint is due within five working days.',
  },

  within: {
    W1: 'In that week',
    R4: 'In the last 4 weeks',
    R13: 'In the last 13 weeks',
    R26: 'In the last 26 weeks',
    R52: 'In the last 52 weeks',
  },
  windowNames: { W1: '1 week', R4: '4 weeks', R13: '13 weeks', R26: '26 weeks', R52: '52 weeks' },
  of,
  facts: {
    S1: (x, n) => `${ofComplaints(x, n)} ${was(x)} answered on time`,
    S2: (x, n) => `${ofComplaints(x, n)} ${was(x)} resolved on time and not reopened`,
    S3: (x, n) => `${of(x, n)} ${n.value === 1 ? 'resolution' : 'resolutions'} looked into ${was(x)} found done`,
    S4: (x, n) => `${ofComplaints(x, n)} ${was(x)} not held past due`,
    A1: (x, n) => `staff were present on ${of(x, n)} working days (all staff added up)`,
    A2: (x, n) => `staff were present on time on ${of(x, n)} working days (all staff added up)`,
    A3: (x, n) => `staff served until closing time on ${of(x, n)} working days (all staff added up)`,
    C1: (x, n) => `${of(x, n)} random checks found staff at their post`,
  },
  remaining: {
    S1: (n) => `${n.text} ${was(n)} not`,
    S2: (n) => `${n.text} ${was(n)} not`,
    S3: (n) => `${n.text} ${was(n)} not done yet`,
    S4: (n) => `${n.text} ${n.value === 1 ? 'is' : 'are'} still open`,
    A1: (n) => `${n.text} without a record of presence`,
    A2: (n) => `${n.text} ${was(n)} not`,
    A3: (n) => `${n.text} ${was(n)} not`,
    C1: (n) => `${n.text} ${was(n)} not confirmed`,
  },
  ratedFacts: {
    S5: (mean, n) => `residents rated the service ${mean} of 4 on average (${plural(n, 'rating', 'ratings')})`,
    S6: (mean, n) => `residents rated courtesy and clarity ${mean} of 4 on average (${plural(n, 'rating', 'ratings')})`,
  },
  fewRatings: {
    S5: (n) => `${plural(n, 'resident', 'residents')} rated the service, and there is room to make things easier`,
    S6: (n) =>
      `${plural(n, 'resident', 'residents')} rated courtesy and clarity, and there is room to make things clearer`,
  },

  wentWell: {
    heading: 'What went well',
    spotChecks: (n) =>
      n.value === 1
        ? 'At the latest random check, staff were at their post.'
        : `At each of the latest ${n.text} random checks, staff were at their post.`,
    nothingOverdue: 'No complaint was left past its due date.',
    presence: (x, n) => `Residents were served on ${of(x, n)} working days of staff on record.`,
    signal: (name, weeks) =>
      weeks.value < 2
        ? `There is a signal of improvement in ${name}, more than chance explains.`
        : `There is a signal of improvement in ${name}: ${weeks.text} weeks in a row, more than chance explains.`,
    thanks:
      'The data of that week are not enough to name one thing. Our thanks go all the same to everyone who opened the counter and served residents.',
  },

  service: {
    heading: 'Service',
    label: 'Service score',
    noData: (within) =>
      `${within} no complaint was due at this unit, so there is no service score. That is not a low figure.`,
    hidden: (within, n) =>
      `Not enough data (${plural(n, 'complaint', 'complaints')} due ${within.toLowerCase()}), so no service score is shown. That is not a low figure.`,
    hiddenWide: (within, n) =>
      `${within} ${plural(n, 'complaint was', 'complaints were')} due, but the true figure could still lie almost anywhere, so no service score is shown.`,
    recorded: (within, facts) => `${within}, on record: ${facts}.`,
    widened: 'As there are few complaints, this score is worked out from 26 weeks, not 13.',
  },
  trend: {
    titles: {
      unknown: 'Service score by week',
      within: 'Service score within normal variation',
      above: 'Service score above normal variation',
      below: 'Service score below normal variation',
    },
    limitsLabel: 'normal variation',
    alt: (title, first, from, last, to) => `Chart: ${title}; ${from} in ${first}, ${to} in ${last}.`,
    caption: 'Service score by week, with its range',
    captionWithLimits: (lower, upper) => `Service score by week, with its range; normal variation ${lower} to ${upper}`,
    columns: ['Week', 'Score', 'Range'],
    calm: 'The change from week to week is within normal variation; no special action is needed.',
  },
  focusTrend: {
    names: {
      S1: 'Answered on time',
      S2: 'Resolved on time, not reopened',
      S4: 'Not held past due',
      S5: 'Satisfaction of residents',
      S6: 'Courtesy and clarity',
      A1: 'Present',
      A2: 'Present on time',
      A3: 'Serving until closing time',
    },
    title: (name, weeks) => `${name}, ${weeks} a point`,
    findings: {
      unknown: '',
      within: 'Within normal variation.',
      above: 'Above normal variation.',
      below: 'Below normal variation.',
    },
    caption: (title, counted, value) => `${title}; ${counted} (${value})`,
    limits: (lower, upper) => `normal variation ${lower} to ${upper}`,
    outOf: (value, most) => `${value} of ${most}`,
    weekColumn: 'Week',
    countColumn: 'Count',
    ratingsColumn: 'Ratings',
    valueColumn: (most) => `Of ${most}`,
    rangeColumn: 'range',
  },
  signals: {
    concern: (name, weeks) =>
      weeks.value < 2
        ? `There is a signal of change in ${name}, more than chance explains. Let us look for the cause together.`
        : `There is a signal of change in ${name}: ${weeks.text} weeks in a row. Let us look for the cause together.`,
    names: {
      S2: 'complaints resolved on time',
      S5: 'the satisfaction of residents',
      S6: 'courtesy and clarity as residents see it',
      S8: 'complaints that were reopened',
      S11: 'the time between reports on how residents are served',
      A1: 'presence',
      A2: 'presence on time',
      A3: 'service until closing time',
    },
  },
  scoreOutOf: (value) => `${value} of 100`,
  interval: (lower, upper) => `The chance is four in five that the true figure lies between ${lower} and ${upper}.`,
  bands: {
    kept: 'Kept',
    needs_attention: 'Needs attention',
    needs_support: 'Needs support',
    inconclusive: 'Not conclusive yet',
    not_enough_data: 'Not enough data',
  },
  bandMeanings: {
    kept: 'All of that range lies where service is kept.',
    needs_attention: 'All of that range lies where attention is needed.',
    needs_support: 'All of that range lies where support is needed; help may well be asked for and offered.',
    inconclusive: 'That range takes in more than one state.',
    not_enough_data: 'There are not enough data to conclude from.',
  },
  confidence: {
    high: 'Confidence in the data: high.',
    medium: 'Confidence in the data: medium.',
    low: 'Confidence in the data: low.',
    hidden: '',
  },

  focus: enFocus,
  ...enFollowUp,
  owners: {
    kelurahan: { service_lead: 'Head of the services section', office_lead: 'Secretary of the kelurahan' },
    kecamatan: { service_lead: 'Head of the services section', office_lead: 'Secretary of the kecamatan' },
    upt: { service_lead: 'Service coordinator', office_lead: 'Head of administration' },
  },

  cases: {
    heading: 'Complaints falling due',
    none: 'No complaint is due within the next five working days.',
    dueCaption: 'Due within the next five working days',
    overdueCaption: 'Already past due',
    idColumn: 'Complaint number',
    dueColumn: 'Due',
    more: (n) => `and ${plural(n, 'other complaint', 'other complaints')}`,
  },

  discipline: {
    heading: 'Discipline',
    score: (value, lower, upper, band) =>
      `Discipline score ${value} of 100 (the chance is four in five that it lies between ${lower} and ${upper}): ${band.toLowerCase()}.`,
    hidden: (personDays) =>
      `Not enough attendance data (${plural(personDays, 'working day', 'working days')}, all staff added up), so no discipline score is shown.`,
    hiddenWide: 'The true figure could still lie almost anywhere, so no discipline score is shown.',
    records: (n, present, onTime, fullDay) =>
      `In the last 4 weeks, of ${plural(n, 'working day', 'working days')} (all staff added up): present ${present}, on time ${onTime}, until closing time ${fullDay}.`,
    noData: 'There are no attendance data of the last 4 weeks.',
    noChecks: 'Random checks: none in the last 4 weeks.',
    fewChecks: (x, n) =>
      `Random checks: staff were at their post at ${of(x, n)} ${n.value === 1 ? 'check' : 'checks'}; so few are not enough to conclude from.`,
    checks: (x, n) => `Random checks: staff were at their post at ${of(x, n)} checks`,
    checksInterval: (lower, upper) =>
      `; the chance is four in five that the true share is between ${lower} and ${upper}.`,
  },

  figures: {
    heading: 'The figures behind this note',
    serviceCaption: 'Service',
    measureColumn: 'Measure',
    weekColumn: 'That week',
    withPercent: (figure, percent) => `${figure} (${percent})`,
    mean: (mean, n, range) =>
      `${mean} of 4 on average (${plural(n, 'rating', 'ratings')}${range === undefined ? '' : `; ${range}`})`,
    names: {
      S1: 'Complaints answered on time',
      S2: 'Complaints resolved on time and not reopened',
      S3: 'Resolutions looked into and found done',
      S5: 'Satisfaction of residents',
      S6: 'Courtesy and clarity as residents see it',
    },
    periodLabel: 'Week',
    completeLabel: 'Data complete until',
    nextLabel: 'Next note',
    policyLabel: 'Policy version',
    provisional: 'provisional until 14 days after the week, as late records still come in',
    final: 'final',
    notesLabel: 'Notes on the data',
    outageDays: (n) =>
      `${plural(n, 'day', 'days')} without a single attendance record ${was(n)} taken as an outage of the system, not as absence.`,
    unknownProfile: 'The schedule of this unit is not known yet; the five-day office schedule was used.',
    deadLetters: (n) => `${plural(n, 'record', 'records')} could not be read and ${was(n)} not counted yet.`,
  },

  rights: {
    heading: 'If the data are wrong',
    objection: (until, contact) =>
      `Please object within 5 working days, that is by ${until}, by replying to this mail or by writing to ${contact}. It is enough to say which figure is wrong and what the unit has on record.`,
    objectionByLink: (until, contact) =>
      `Please object within 5 working days, that is by ${until}, through this link or by writing to ${contact}. It is enough to say which figure is wrong and what the unit has on record.`,
    object: 'Object to a figure',
  },
  disclaimer: 'This note is for coaching the unit; it is no basis for sanctions or personal appraisal.',
  footer: {
    whyHead: (unit) =>
      `You receive this mail because this address stands in the city's directory as the address for the weekly notes of ${unit}.`,
    whySuperior: (unit) =>
      `You receive this mail as the line superior of ${unit}. It says the same as the copy of the unit's head.`,
    whyInPlaceOf: (unit) =>
      `You receive this mail as the line superior of ${unit}, as mail to the head of the unit cannot be delivered.`,
    whyAdded: (unit) =>
      `You receive this mail because this address was added for the weekly notes of ${unit} and confirmed.`,
    unsubscribe: 'Stop these notes',
    unsubscribeCopies: 'Stop receiving the copies of all units, not their summary',
    sentBy: (zone) => `Sent by Bina every Monday morning. All times are in ${zone}.`,
  },
}

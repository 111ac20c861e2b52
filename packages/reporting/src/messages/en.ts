import type { Count } from '../count.ts'
import type { Messages } from './id.ts'

const of = (x: Count, n: Count) => `${x.text} of ${n.text}`
const plural = (n: Count, one: string, many: string) => `${n.text} ${n.value === 1 ? one : many}`
const ofComplaints = (x: Count, n: Count) => `${of(x, n)} ${n.value === 1 ? 'complaint' : 'complaints'}`
const was = (n: Count) => (n.value === 1 ? 'was' : 'were')

export const en: Messages = {
  title: 'Weekly coaching note',
  subject: (unit, period) => `Weekly coaching note for ${unit}, ${period}`,
  greeting: (headRole, name) => `Dear ${headRole} of ${name},`,
  opening: (period) =>
    `Here is the coaching note for the week of ${period}. Thank you for serving residents in that week.`,
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
    widened: 'As there are few complaints, this score is worked out from 26 weeks, not 13.',
  },
  scoreOutOf: (value) => `${value} of 100`,
  interval: (lower, upper) =>
    `With this many cases, the chance is four in five that the true figure lies between ${lower} and ${upper}.`,
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
    inconclusive: 'That range takes in more than one state, so nothing can be concluded yet.',
    not_enough_data: 'There are not enough data to conclude from.',
  },
  confidence: {
    high: 'Confidence in the data: high.',
    medium: 'Confidence in the data: medium.',
    low: 'Confidence in the data: low.',
    hidden: '',
  },

  focus: {
    heading: (name) => `This week's focus: ${name}`,
    noFocusHeading: 'One step for this week',
    why: (here, all) =>
      `Why this: of the ${all} points still open towards 100, ${here} lie here, more than in any other part.`,
    lessThanOne: 'less than 1',
    noFocusCases: 'The complaints that fall due are known by number; that is where this week can begin.',
    noFocusGeneral: 'The data do not point to one focus. The small step below is of use in any unit.',
    stepLabel: 'Suggested step',
    ownerLabel: 'Owner',
    dueLabel: 'Done by',
    support: {
      kelurahan: 'What support do you need from the district? Reply to this mail and we will pass it on.',
      kecamatan: 'What support do you need from the city government? Reply to this mail and we will pass it on.',
      upt: 'What support do you need from the agency? Reply to this mail and we will pass it on.',
    },
    names: {
      response: 'a first answer in time',
      verified_resolution: 'complaints resolved in full and in time',
      satisfaction: 'what residents find easy',
      courtesy_clarity: 'courtesy and clarity at the counter',
      no_stale_backlog: 'older complaints still open',
      verified_attendance: 'presence during service hours',
      on_time: 'a counter that is ready at opening time',
      full_day: 'service until closing time',
    },
    questions: {
      response: 'Where does a new complaint usually wait before somebody answers it?',
      verified_resolution: 'Which step keeps complaints from being done when they fall due?',
      satisfaction: 'Which step makes residents come back?',
      courtesy_clarity: 'Which explanation has to be repeated most often at the counter?',
      no_stale_backlog: 'What is the complaint that has been open longest waiting for?',
      verified_attendance: 'At which hour is the counter most often short of staff?',
      on_time: 'What would have to be in place earlier for the counter to be ready at opening time?',
      full_day: 'Which work leaves the counter empty towards closing time?',
      cases: 'Who takes each of the numbers below, and on which day?',
      general: 'What did residents ask most often at the counter last week?',
    },
  },
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
    disciplineCaption: 'Attendance',
    measureColumn: 'Measure',
    weekColumn: 'That week',
    withPercent: (figure, percent) => `${figure} (${percent})`,
    ratings: (n) => plural(n, 'rating', 'ratings'),
    mean: (mean, n) => `${mean} of 4 on average (${plural(n, 'rating', 'ratings')})`,
    names: {
      S1: 'Complaints answered on time',
      S2: 'Complaints resolved on time and not reopened',
      S3: 'Resolutions looked into and found done',
      S5: 'Satisfaction of residents',
      S6: 'Courtesy and clarity as residents see it',
      A1: 'Working days with presence',
      A2: 'Working days with presence on time',
      A3: 'Full working days until closing time',
    },
    periodLabel: 'Week',
    completeLabel: 'Data complete until',
    statusLabel: 'Status',
    nextLabel: 'Next note',
    policyLabel: 'Policy version',
    provisional:
      'Provisional: records that arrive late may still change the figures until 14 days after the end of the week.',
    final: 'Final.',
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
  },
  disclaimer: 'This note is for coaching the unit; it is no basis for sanctions or personal appraisal.',
  footer: {
    whyHead: (unit) =>
      `You receive this mail because this address stands in the city's directory as the address for the weekly notes of ${unit}.`,
    whySuperior: (unit) =>
      `You receive this mail as the line superior of ${unit}. It says the same as the copy of the unit's head.`,
    sentBy: (zone) => `Sent by Bina every Monday morning. All times are in ${zone}.`,
  },
}

import type { Count } from '../count.ts'
import type { FollowUpMessages } from './id.ts'

const others = (n: Count, one: string, many: string) => `and ${n.text} other ${n.value === 1 ? one : many}`

export const enFollowUp: FollowUpMessages = {
  since: {
    heading: 'Since the last note',
    moved: (what, before, now) => `${what} from ${before} to ${now}`,
    appeared: (what, now) => `${what} now shown (${now})`,
    vanished: (what) => `${what} no longer shown`,
    names: {
      service: 'service score',
      discipline: 'discipline score',
      due: 'complaints falling due',
      overdue: 'complaints past due',
    },
    changes: (moves) => `Figures that moved: ${moves}.`,
    withinRange: 'The score has moved within its own range; no special action is needed.',
  },
  actions: {
    agreed: (on, text) => `Agreed on ${on}: ${text}`,
    unknown: (code) => `step ${code}.`,
    done: (on) => `Done on ${on}. Thank you.`,
    due: (on) => `To be done by ${on}.`,
    open: (on) => `Planned for ${on}; not recorded as done yet. What can we help with?`,
    markDone: 'Mark this step as done',
    more: (n) => others(n, 'step', 'steps'),
  },
  objections: {
    open: (on, week) => `The objection of ${on} to the week of ${week} is still being looked into.`,
    upheld: (on, week) =>
      `Your objection to the week of ${week} was upheld on ${on}; the data are put right. Thank you.`,
    dismissed: (on, week) =>
      `The objection to the week of ${week} was looked into on ${on}; the figures stay as they are. Reply to this mail to ask for the reasons.`,
    more: (n) => others(n, 'objection', 'objections'),
  },
  restatements: {
    line: (name, week, before, now, cause) =>
      `${name} of the week of ${week} moved from ${before} to ${now}, as ${cause}.`,
    appeared: (name, week, now, cause) => `${name} of the week of ${week} is shown now (${now}), as ${cause}.`,
    vanished: (name, week, cause) => `${name} of the week of ${week} is no longer shown, as ${cause}.`,
    names: { service: 'The service score', discipline: 'The discipline score' },
    causes: {
      late: 'records came in late',
      correction: 'records were corrected',
      withdrawal: 'records were withdrawn',
      directory: 'the directory of units was updated',
      policy: 'the rules of counting changed',
    },
    more: (n) => others(n, 'change', 'changes'),
  },
  effect: {
    higher: (name, points, lower, upper) =>
      `Effect of coaching: ${name} ${points} points above what would be expected without coaching (the chance is four in five that it is between ${lower} and ${upper} points).`,
    lower: (name, points, lower, upper) =>
      `Effect of coaching: ${name} ${points} points below what would be expected without coaching (the chance is four in five that it is between ${lower} and ${upper} points). Let us look for a step that helps more.`,
    none: (name) =>
      `Effect of coaching: ${name} as would be expected without coaching. Let us look for a step that helps more.`,
    basis: (units) => `What is expected comes from ${units.text} units not coached yet.`,
    names: {
      A1: 'presence',
      A2: 'presence on time',
      A3: 'full days of service',
      S1: 'first answers in time',
      S2: 'complaints resolved in time',
      S5: 'satisfaction of residents',
      S6: 'courtesy and clarity',
    },
  },
  residents: {
    heading: 'What residents told us in the last 13 weeks',
  },
  findings: {
    heading: 'Findings of visits and social media',
    line: (from, on, what) => `${from}, ${on}: ${what}.`,
    from: {
      mayor_visit: "Mayor's visit",
      social_media: 'Social media',
      spot_check: 'Random check',
      inspectorate: "Inspectorate's look",
    },
    categories: {
      rude: 'how residents were met',
      convoluted: 'the way through the service',
      obstructive: 'requirements',
      delay: 'time to serve',
      no_service: 'a service not given yet',
      facility: 'rooms and equipment',
      handled: 'handled by the inspectorate',
      other: 'another matter',
    },
    closed: (on) => `Followed up on ${on}.`,
    due: (on) => `Due on ${on}.`,
    overdue: (on) => `Was due on ${on}; still open.`,
    more: (n) => others(n, 'finding', 'findings'),
  },
  superior: {
    heading: 'For the line superior',
    text: 'When the coaching with the head of the unit has taken place, record it here.',
    held: 'Record the coaching',
  },
  notices: {
    resent: 'Sent again: this note was asked for once more and takes the place of the earlier one.',
    test: 'Test: this mail only tries out delivery. There is nothing to do.',
    inPlaceOf: (post, name) =>
      `This note is meant for the ${post} of ${name}. As that post is vacant or its address takes no mail, it comes to you as the line superior.`,
    marks: { resent: 'Sent again', test: 'Test' },
  },
}

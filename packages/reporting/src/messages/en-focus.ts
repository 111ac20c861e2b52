import type { Count } from '../count.ts'
import type { Messages } from './id.ts'

const reports = (n: Count) =>
  `${n.text} ${n.value === 1 ? 'report from a resident was' : 'reports from residents were'} about`

export const enFocus: Messages['focus'] = {
  heading: (name) => `This week's focus: ${name}`,
  noFocusHeading: 'One step for this week',
  why: (here, all) =>
    `Why this: of the ${all} points still open towards 100, ${here} lie here, more than in any other part.`,
  lessThanOne: 'less than 1',
  whySignal:
    'Why this: reports like these have come closer together than chance explains. Let us look for the cause together, in the way and the counter, not in people.',
  whyRatings:
    "Why this: residents' ratings of courtesy and clarity have moved by more than chance explains. Let us look for the cause together, in the way and the counter, not in people.",
  whyReported: 'So few reports judge nobody; they show where service can be made easier.',
  whyFacility: 'Rooms and equipment in good order make it easier for residents and for those who serve them.',
  noFocusCases: 'The complaints that fall due are known by number; that is where this week can begin.',
  noFocusGeneral: 'The data do not point to one focus. The small step below is of use in any unit.',
  reported: {
    rude: (n) => `${reports(n)} how they were met`,
    convoluted: (n) => `${reports(n)} a way that was unclear or too long`,
    obstructive: (n) => `${reports(n)} being asked for more than is needed`,
    facility: (n) => `${reports(n)} rooms or equipment in need of mending`,
  },
  inThatWeek: (n, all) => {
    if (n.value < all.value) return `; ${n.text} of them in that week`
    return n.value === 1 ? '; it came in that week' : '; all of them in that week'
  },
  itemsInOrder: (x, n) =>
    `${x.text} of ${n.text} ${n.value === 1 ? 'item' : 'items'} of the facilities inspected ${x.value === 1 ? 'was' : 'were'} in order`,
  stepLabel: 'Suggested step',
  ownerLabel: 'Owner',
  dueLabel: 'Done by',
  agree: 'Agree on this step',
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
    rude: 'how residents are met',
    convoluted: 'a short and clear way through',
    obstructive: 'asking for no more than is needed',
    facility: 'rooms and equipment for residents',
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
    rude: 'When is the counter under most strain, so that meeting residents well becomes hard?',
    convoluted: 'At which table do residents most often ask where to go next?',
    obstructive: 'Which papers does the counter ask for that the service standard does not list?',
    facility: 'Which room or device have residents waited for longest?',
    cases: 'Who takes each of the numbers below, and on which day?',
    general: 'What did residents ask most often at the counter last week?',
  },
}

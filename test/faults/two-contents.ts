import type { EventToPublish } from '@bina/kafka/event-publisher'
import {
  bukitLama,
  clockIn,
  complaintAssigned,
  complaintReceived,
  limaIlir,
  onRoster,
  responded,
  unit,
  withdrawn,
} from '../harness/plain-events.ts'

/** What the city knows before anybody contradicts himself. */
export const undisputed: readonly EventToPublish[] = [
  unit('unit-bukit-lama', bukitLama),
  unit('unit-lima-ilir', limaIlir),
  ...['0001', '0002', '0003', '0004'].map((person) => clockIn(`plain-${person}`, { person: `plain_${person}` })),
  complaintReceived('received-1', 'C-1'),
]

export interface Conflict {
  readonly what: string
  /** What stands, and what loses to it. */
  readonly earlier: EventToPublish
  readonly later: EventToPublish
  readonly arrivesFirst: 'earlier' | 'later'
  /** Both records bear the same timestamp: the topic decides. */
  readonly isTie?: boolean
}

export const conflicts: readonly Conflict[] = [
  {
    what: 'another minute of the same person-day, which comes after',
    earlier: clockIn('minute-1', { person: 'minute_01', at: '07:25' }),
    later: clockIn('minute-1', { person: 'minute_01', at: '09:10' }),
    arrivesFirst: 'earlier',
  },
  {
    what: 'another minute of the same person-day, which comes before',
    earlier: clockIn('minute-2', { person: 'minute_02', at: '09:10' }),
    later: clockIn('minute-2', { person: 'minute_02', at: '07:25' }),
    arrivesFirst: 'later',
  },
  {
    what: 'another person of another unit, which comes after',
    earlier: clockIn('person-1', { person: 'right_01' }),
    later: clockIn('person-1', { person: 'wrong_01', unitId: limaIlir, date: '2026-06-10' }),
    arrivesFirst: 'earlier',
  },
  {
    what: 'another person of another unit, which comes before',
    earlier: clockIn('person-2', { person: 'right_02' }),
    later: clockIn('person-2', { person: 'wrong_02', unitId: limaIlir, date: '2026-06-10' }),
    arrivesFirst: 'later',
  },
  {
    what: 'the same person-day at another unit, which comes before',
    earlier: clockIn('unit-1', { person: 'moved_01' }),
    later: clockIn('unit-1', { person: 'moved_01', unitId: limaIlir }),
    arrivesFirst: 'later',
  },
  {
    what: 'a complaint on another topic, which comes after',
    earlier: clockIn('topic-1', { person: 'topic_01' }),
    later: complaintReceived('topic-1', 'C-wrong-1'),
    arrivesFirst: 'earlier',
  },
  {
    what: 'a clock record on another topic, which comes before',
    earlier: complaintReceived('topic-2', 'C-right-2'),
    later: clockIn('topic-2', { person: 'topic_02' }),
    arrivesFirst: 'later',
  },
  {
    what: 'a complaint of the same instant on a later topic, which comes before',
    earlier: clockIn('tie-1', { person: 'tie_0001' }),
    later: complaintReceived('tie-1', 'C-wrong-3'),
    arrivesFirst: 'later',
    isTie: true,
  },
  {
    what: 'another holder of a complaint, which comes before',
    earlier: complaintAssigned('assigned-1', 'C-1', bukitLama),
    later: complaintAssigned('assigned-1', 'C-1', limaIlir),
    arrivesFirst: 'later',
  },
  {
    what: 'a withdrawal of another event, which comes before',
    earlier: withdrawn('withdrawn-1', 'plain-0001'),
    later: withdrawn('withdrawn-1', 'plain-0002'),
    arrivesFirst: 'later',
  },
  {
    what: 'a correction of another event, which comes after',
    earlier: clockIn('corrected-1', { person: 'plain_0003', at: '07:55', supersedes: 'plain-0003' }),
    later: clockIn('corrected-1', { person: 'plain_0003', at: '07:55', supersedes: 'plain-0004' }),
    arrivesFirst: 'earlier',
  },
  {
    what: 'another unit of the directory, which comes before',
    earlier: unit('directory-1', '16.71.05.1001'),
    later: unit('directory-1', '16.71.05.1002'),
    arrivesFirst: 'later',
  },
  {
    what: 'another name on the roster, which comes before',
    earlier: onRoster('roster-1', 'right_03', bukitLama),
    later: onRoster('roster-1', 'wrong_03', limaIlir),
    arrivesFirst: 'later',
  },
]

/** Its original is gone from Kafka before the sweep comes: nothing else of the test lies on its topic. */
export const forgotten: Conflict = {
  what: 'a response to another complaint',
  earlier: responded('response-1', 'C-1', bukitLama, true),
  later: responded('response-1', 'C-right-2', limaIlir, true),
  arrivesFirst: 'later',
}

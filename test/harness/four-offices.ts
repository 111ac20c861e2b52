import { createHash } from 'node:crypto'
import { attendanceRecorded } from '@bina/client/attendance-events'
import { complaintAssigned, complaintReceived } from '@bina/client/complaint-events'
import { directoryStaff, directoryUnit } from '@bina/client/directory-events'
import type { EventDraft } from '@bina/client/event-draft'
import { resolutionResolved } from '@bina/client/resolution-events'

/** The week that the offices' reports are about, and the first day of their rosters: four weeks end with it. */
export const week = '2026-06-08'
export const rosterFrom = '2026-05-18'

export interface Office {
  readonly id: string
  readonly name: string
  readonly type: 'kelurahan' | 'kecamatan' | 'upt'
  readonly locale: 'id' | 'en'
  readonly addresses: readonly string[]
  /** Of the superior; none when absent. */
  readonly parentId?: string
  /** As its mail names it. */
  readonly label: string
  readonly staff: number
  /** Person-days of the last four weeks. */
  readonly late: number
  readonly absent: number
  /** Complaints that were due in the week, and how many of them were fixed by then. */
  readonly due: number
  readonly fixed: number
}

export const bukitLama: Office = {
  id: '16.71.05.1003',
  name: 'Bukit Lama',
  label: 'Kelurahan Bukit Lama',
  type: 'kelurahan',
  locale: 'id',
  addresses: ['lurah.bukitlama@palembang.example'],
  staff: 3,
  late: 4,
  absent: 2,
  due: 7,
  fixed: 5,
}
export const limaIlir: Office = {
  id: '16.71.08.1001',
  name: '5 Ilir',
  label: 'Kelurahan 5 Ilir',
  type: 'kelurahan',
  locale: 'id',
  addresses: ['lurah.5ilir@palembang.example'],
  staff: 4,
  late: 1,
  absent: 0,
  due: 6,
  fixed: 6,
}
export const ilirBarat: Office = {
  id: '16.71.05',
  name: 'Ilir Barat I',
  label: 'Kecamatan Ilir Barat I',
  type: 'kecamatan',
  locale: 'en',
  addresses: ['camat.ib1@palembang.example', 'sekcam.ib1@palembang.example'],
  staff: 5,
  late: 9,
  absent: 3,
  due: 9,
  fixed: 4,
}
export const pasarCinde: Office = {
  id: 'upt:pasar-cinde',
  name: 'UPT Pasar Cinde',
  label: 'UPT Pasar Cinde',
  type: 'upt',
  locale: 'id',
  addresses: [],
  staff: 3,
  late: 0,
  absent: 5,
  due: 5,
  fixed: 2,
}
export const offices: readonly Office[] = [bukitLama, limaIlir, ilirBarat, pasarCinde]
export const complaintId = (office: Office, number: number) =>
  `LAPOR-${office.id.replaceAll(/[^a-z0-9]/g, '')}-${String(number).padStart(4, '0')}`
/** Of each unit, one complaint is open and falls due in the days to come. */
export const openComplaint = (office: Office) => complaintId(office, office.due + 1)

export function directoryOf(office: Office): EventDraft[] {
  const unit = directoryUnit({
    time: '2026-01-01T00:00:00+07:00',
    unitId: office.id,
    name: office.name,
    unitType: office.type,
    headRole: 'Kepala',
    reportEmails: [...office.addresses],
    locale: office.locale,
    scheduleProfile: 'office_5d',
    validFrom: '2026-01-01',
    ...(office.parentId === undefined ? {} : { parentUnitId: office.parentId }),
  })
  const staff = Array.from({ length: office.staff }, (_, at) =>
    directoryStaff({
      time: '2026-05-01T00:00:00+07:00',
      personKey: personOf(office, at),
      unitId: office.id,
      scheduleProfile: 'office_5d',
      validFrom: rosterFrom,
    }),
  )
  return [unit, ...staff]
}

const personOf = (office: Office, at: number) =>
  createHash('sha256').update(`${office.id} ${at}`).digest('hex').slice(0, 24)

/** Clock records of everybody on every working day: the first person-days are absences, the next ones are late by an hour. */
export function attendanceOf(office: Office, workingDays: readonly string[]): EventDraft[] {
  const personDays = workingDays.flatMap((workDate) =>
    Array.from({ length: office.staff }, (_, at) => ({ workDate, personKey: personOf(office, at) })),
  )
  return personDays.slice(office.absent).flatMap(({ workDate, personKey }, at) => {
    const fact = { unitId: office.id, personKey, workDate, method: 'device' } as const
    return [
      attendanceRecorded({ ...fact, kind: 'in', time: `${workDate}T${at < office.late ? '08:30' : '07:25'}:00+07:00` }),
      attendanceRecorded({ ...fact, kind: 'out', time: `${workDate}T16:45:00+07:00` }),
    ]
  })
}

/** Received on Friday, due on Tuesday of the reported week; one more is due after the report. */
export function complaintsOf(office: Office): EventDraft[] {
  const received = (id: string, time: string, slaClass: 'light' | 'normative') => [
    complaintReceived({ time, complaintId: id, channel: 'sp4n_lapor', kind: 'complaint', category: 'delay', slaClass }),
    complaintAssigned({ time, complaintId: id, unitId: office.id, ruledBy: 'coordinator' }),
  ]
  const due = Array.from({ length: office.due }, (_, at) => {
    const id = complaintId(office, at + 1)
    const time = at < office.fixed ? '2026-06-09T11:00:00+07:00' : '2026-06-11T11:00:00+07:00'
    return [
      ...received(id, '2026-06-05T09:00:00+07:00', 'light'),
      resolutionResolved({ time, complaintId: id, unitId: office.id, outcome: 'fixed' }),
    ]
  })
  return [...due.flat(), ...received(openComplaint(office), '2026-06-11T09:00:00+07:00', 'normative')]
}

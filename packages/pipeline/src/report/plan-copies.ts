import type { AddressedUnit } from '../ports/report-directory.ts'
import type { CopyReader, ReportName } from '../ports/report-ledger.ts'
import type { AddedRecipient } from '../ports/report-recipients.ts'
import { mailKey } from './mail-key.ts'
import type { RecipientWishes } from './recipient-wishes.ts'
import type { HeldUnit, RunReport } from './report-kind.ts'

export interface PlannedCopy {
  readonly of: RunReport
  /** '' where the directory has no address: that row says so. */
  readonly recipient: string
  readonly reader: CopyReader
  /** The unit that the reader heads. */
  readonly readerUnitId: string
  /** Why nothing is sent; absent: it is. */
  readonly heldBack?: string
}

export interface CopiesPlan {
  readonly copies: readonly PlannedCopy[]
  /** Reports that nobody gets: neither the unit nor its superior can be reached. */
  readonly unreachable: readonly (HeldUnit & { readonly report: ReportName })[]
}

export interface Addressees {
  readonly directory: ReadonlyMap<string, AddressedUnit>
  /** By report and unit. */
  readonly added: ReadonlyMap<string, readonly AddedRecipient[]>
  readonly wishes: RecipientWishes
}

/** Why a mailbox takes no mail, by its address in small letters. */
export type Suppressed = ReadonlyMap<string, string>

export const addedKey = ({ report, unitId }: { readonly report: ReportName; readonly unitId: string }) =>
  `${report}|${unitId}`

/**
 * Who gets a report, as whom. A unit's own addresses are those of the directory (reading 41). The superior gets the same text; where the
 * post has no address or none of its mailboxes takes mail, the superior gets it in its place, whatever else the superior wished.
 */
export function planCopies(
  of: RunReport,
  { directory, added, wishes }: Addressees,
  suppressed: Suppressed,
): CopiesPlan {
  const copies: PlannedCopy[] = []
  const known = new Set<string>()
  const unlessKnown = (addresses: readonly string[]) =>
    addresses.filter((address) => {
      const isNew = !known.has(mailKey(address))
      known.add(mailKey(address))
      return isNew
    })
  const plan = (recipients: readonly string[], reader: CopyReader, readerUnitId: string) => {
    for (const recipient of recipients) {
      const why = suppressed.get(mailKey(recipient))
      const heldBack = why === undefined ? {} : { heldBack: `takes no mail: ${why}` }
      copies.push({ of, recipient, reader, readerUnitId, ...heldBack })
    }
  }
  const takesMail = (address: string) => !suppressed.has(mailKey(address))
  const { unitId, report } = of
  const unit = directory.get(unitId)
  const parentId = unit?.parentUnitId ?? ''
  const allCopies = { report: 'copies', unitId: parentId } as const
  const staysOn = (address: string) => !wishes.hasLeft(of, address) && !wishes.hasLeft(allCopies, address)
  const own = unlessKnown(unit?.reportEmails ?? [])
  const superiors = unlessKnown(directory.get(parentId)?.reportEmails ?? [])
  plan(own, 'unit_head', unitId)
  if (own.length === 0) {
    const heldBack = 'the directory has no address for this unit'
    copies.push({ of, recipient: '', reader: 'unit_head', readerUnitId: unitId, heldBack })
  }
  const isReached = own.some(takesMail)
  if (!isReached) plan(superiors, 'in_place_of', parentId)
  else if (of.superiorsCopy) plan(superiors.filter(staysOn), 'superior', parentId)
  const confirmed = (added.get(addedKey(of)) ?? []).filter((one) => wishes.stateOf(one) === 'confirmed')
  plan(unlessKnown(confirmed.map(({ recipient }) => recipient)), 'added', unitId)

  if (isReached || superiors.some(takesMail)) return { copies, unreachable: [] }
  const why = own.length === 0 ? 'the directory has no address for it' : 'no mailbox of it takes mail'
  return { copies, unreachable: [{ report, unitId, cause: `${why}, and its superior cannot be reached` }] }
}

/** Whether this reader can put an end to these mails: it is not the own report of the post, and nobody else stands in. */
export const mayUnsubscribe = (reader: CopyReader): boolean => reader === 'superior' || reader === 'added'

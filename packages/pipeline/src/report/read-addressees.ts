import { dateIn } from '@bina/domain/zone'
import type { ReportDirectory } from '../ports/report-directory.ts'
import type { AddedRecipient, ReportRecipients } from '../ports/report-recipients.ts'
import { type Addressees, addedKey } from './plan-copies.ts'
import { createRecipientWishes } from './recipient-wishes.ts'

export interface ReadAddresseesDeps {
  readonly directory: ReportDirectory
  readonly recipients: Pick<ReportRecipients, 'added' | 'choices'>
  readonly clock: () => number
}

/** Who can be written to today: the directory as it stands on this day, so that acting heads come and go by their dates. */
export function createReadAddressees(
  config: { readonly zone: string },
  deps: ReadAddresseesDeps,
): () => Promise<Addressees> {
  return async () => {
    const units = await deps.directory.addressesOn(dateIn(config.zone, deps.clock()))
    const added = new Map<string, AddedRecipient[]>()
    for (const one of await deps.recipients.added()) {
      const list = added.get(addedKey(one))
      if (list === undefined) added.set(addedKey(one), [one])
      else list.push(one)
    }
    return {
      directory: new Map(units.map((unit) => [unit.unitId, unit])),
      added,
      wishes: createRecipientWishes(await deps.recipients.choices()),
    }
  }
}

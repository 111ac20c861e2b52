import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'

export interface SpotCheckDrawRow {
  readonly drawId: string
  readonly week: string
  readonly block: number
  readonly units: number
  readonly slots: number
  readonly commitment: string
  readonly frameHash: string
  readonly committedAt: string
  /** Empty until it is revealed. */
  readonly seed: string
  /** The published document, JSON. */
  readonly published: string
}

/** Keeps a draw as it is published; once more when its seed is revealed. */
export async function writeSpotCheckDraw(client: ClickHouseClient, row: SpotCheckDrawRow): Promise<void> {
  await insertRows(client, 'spot_check_draw_store', [
    {
      draw_id: row.drawId,
      week: row.week,
      block: row.block,
      units: row.units,
      slots: row.slots,
      commitment: row.commitment,
      frame_hash: row.frameHash,
      committed_at: Date.parse(row.committedAt),
      seed: row.seed,
      published: row.published,
    },
  ])
}

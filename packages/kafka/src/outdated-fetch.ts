import { createRequire } from 'node:module'

// A consumer of several brokers fetches from all of them at once. Where one of them says that it does not lead a partition any more, or
// partitions were added, kafkajs joins the group anew in the midst of that fetch, while the others go on. Their answers, and batches
// that still wait for their turn, then belong to a generation that is over: what came before them has been forgotten, so that to go past
// them would lose it. kafkajs delivers them all the same. Only of its exact version that package.json names: its insides are no
// interface, so a test runs its consumer over two brokers.

interface ConsumerGroup {
  /** Made anew with each generation, as soon as it is known. */
  readonly offsetManager: object | null
  fetch(nodeId: number): Promise<readonly object[]>
}

interface Runner {
  handleBatch(batch: object): Promise<void>
}

const insides = createRequire(import.meta.url)
const { prototype: group } = insides('kafkajs/src/consumer/consumerGroup') as { readonly prototype: ConsumerGroup }
const { prototype: runner } = insides('kafkajs/src/consumer/runner') as { readonly prototype: Runner }
const [ownFetch, ownHandleBatch] = [group.fetch, runner.handleBatch]

const outdated = new WeakMap<object, () => boolean>()

/** Keeps every consumer of this process from what was fetched before its group formed anew. */
export function registerOutdatedFetch(): void {
  group.fetch = async function fetch(this: ConsumerGroup, nodeId) {
    const generation = this.offsetManager
    const isOutdated = () => this.offsetManager !== generation
    const batches = await ownFetch.call(this, nodeId)
    for (const batch of batches) outdated.set(batch, isOutdated)
    return batches
  }
  runner.handleBatch = async function handleBatch(this: Runner, batch) {
    if (!isOutdated(batch)) await ownHandleBatch.call(this, batch)
  }
}

/** True for a batch that was fetched before the group formed anew: it is fetched again, here or by another member. */
export const isOutdated = (batch: object): boolean => outdated.get(batch)?.() === true

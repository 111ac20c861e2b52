export interface KafkaPorts {
  readonly broker: number
  readonly controller: number
  /** Where clients are told to come, when something stands in front of the broker; its own port when absent. */
  readonly advertised?: number
}

/** One of several nodes that are all brokers and controllers. */
export interface KafkaMember {
  readonly nodeId: number
  /** Cluster id that all of them were given, as `randomClusterId` makes it. */
  readonly clusterId: string
  /** Controller ports of all nodes, this one too. */
  readonly controllers: ReadonlyMap<number, number>
}

const MIB = 1024 * 1024

/** server.properties of a node that is broker and controller, the only one or one of several, heard on 127.0.0.1 alone. */
export function kafkaConfig(options: {
  readonly logDir: string
  readonly ports: KafkaPorts
  readonly member?: Pick<KafkaMember, 'nodeId' | 'controllers'>
}): string {
  const { broker, controller, advertised = broker } = options.ports
  const { nodeId, controllers } = options.member ?? { nodeId: 1, controllers: new Map([[1, controller]]) }
  const copies = Math.min(3, controllers.size)
  const leastCopies = Math.max(1, copies - 1)
  const properties: Readonly<Record<string, string | number | boolean>> = {
    'process.roles': 'broker,controller',
    'node.id': nodeId,
    'controller.quorum.voters': [...controllers].map(([id, port]) => `${id}@127.0.0.1:${port}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertised}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': options.logDir,

    // Topics are made by `bina migrate`, with their own settings: a misspelt name must fail, not make a topic.
    'auto.create.topics.enable': false,
    // A dead letter carries the original whole, with headers, and is at most a little over 2 MiB.
    'message.max.bytes': 4 * MIB,
    'replica.fetch.max.bytes': 4 * MIB,
    // A simulated city publishes months that are past: retention by time would drop them at once. Bounded by size instead.
    'log.retention.ms': -1,
    'log.retention.bytes': 2048 * MIB,
    'log.segment.bytes': 256 * MIB,

    // One node cannot keep three copies; without these the group coordinator never comes up.
    'offsets.topic.replication.factor': copies,
    'default.replication.factor': copies,
    'min.insync.replicas': leastCopies,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': leastCopies,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': leastCopies,
    // Fewer internal partitions start faster, and after a SIGKILL each of them is checked.
    'offsets.topic.num.partitions': 8,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.num.partitions': 4,
    'group.initial.rebalance.delay.ms': 0,
    // Fault tests want a dead consumer to be noticed within seconds.
    'group.min.session.timeout.ms': 1000,

    'num.network.threads': 2,
    'num.io.threads': 4,
    'num.recovery.threads.per.data.dir': 2,
    // The default of 128 MiB would take half of a small heap.
    'log.cleaner.dedupe.buffer.size': 16 * MIB,
  }
  return `${Object.entries(properties)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`
}

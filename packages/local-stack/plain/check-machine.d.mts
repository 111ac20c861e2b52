import type { MachineProblem, WantedServers } from './machine-problems.d.mts'

export interface MachineWants extends WantedServers {
  readonly disks: readonly { readonly dir: string; readonly neededBytes: number }[]
  /** Ports of 127.0.0.1 that must be free, each with what it is for. */
  readonly ports?: readonly { readonly port: number; readonly name: string }[]
}

export function checkMachine(wants: MachineWants): Promise<readonly MachineProblem[]>

export { checkMachine, type MachineWants } from '../plain/check-machine.mjs'
export type { MachineProblem } from '../plain/machine-problems.mjs'

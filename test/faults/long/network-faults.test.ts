import { describeNetworkFaults } from '../describe-network-faults.ts'

describeNetworkFaults({ times: 20, delayMs: 500, restarts: ['stop', 'kill', 'stop', 'kill', 'stop', 'kill'] })

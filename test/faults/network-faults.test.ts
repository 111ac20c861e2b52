import { describeNetworkFaults } from './describe-network-faults.ts'

// More of each: npm run test:faults
describeNetworkFaults({ times: 1, delayMs: 150, restarts: ['kill'] })

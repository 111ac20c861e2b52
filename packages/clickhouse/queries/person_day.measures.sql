-- The measures that person_day.facts counts, in its order.
['A1', 'A2', 'A3', 'A4', 'A5.TL1', 'A5.TL2', 'A5.TL3', 'A5.TL4', 'A5.PSW1', 'A5.PSW2', 'A5.PSW3', 'A5.PSW4', 'B1', 'B2', 'B3', 'C1']

-- What one person-day adds to each measure of person_day.measures, place by place: numerator, denominator; a denominator of 0 where it adds
-- nothing. Numbers alone, so that many are added up quickly. Part of the queries that count, and of the trace of an event.
[
    (status = 'present', status IN ('present', 'unexcused')),
    (on_time AND status IN ('present', 'unexcused'), status IN ('present', 'unexcused')),
    (full_day AND status IN ('present', 'unexcused'), status IN ('present', 'unexcused')),
    (if(status = 'present', lost_minutes, 0), status = 'present'),
    (status = 'present' AND late_class = 'TL1', status = 'present'),
    (status = 'present' AND late_class = 'TL2', status = 'present'),
    (status = 'present' AND late_class = 'TL3', status = 'present'),
    (status = 'present' AND late_class = 'TL4', status = 'present'),
    (status = 'present' AND early_class = 'PSW1', status = 'present'),
    (status = 'present' AND early_class = 'PSW2', status = 'present'),
    (status = 'present' AND early_class = 'PSW3', status = 'present'),
    (status = 'present' AND early_class = 'PSW4', status = 'present'),
    (status IN ('excused_leave', 'official_duty', 'flexible_work'), status != 'not_scheduled'),
    (retroactive AND status IN ('excused_leave', 'official_duty', 'flexible_work'),
        status IN ('excused_leave', 'official_duty', 'flexible_work')),
    (if(clock_records > 0, manual_records, 0), clock_records),
    (checks_confirmed, checks_confirmed + checks_failed)
]

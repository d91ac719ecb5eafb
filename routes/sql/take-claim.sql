-- Claims the locked transmissions: an owner, a lease and a higher fence.
UPDATE transmission
SET state = 'CLAIMED',
    node = :#${bean:claims?method=node},
    lease_until = UTC_TIMESTAMP(6) + INTERVAL :#${bean:claims?method=leaseSeconds} SECOND,
    fence = fence + 1
WHERE id IN (:#in:${variable.ids})

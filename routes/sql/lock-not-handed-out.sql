-- What waits for a channel and is due, locked, but for what lies in the broker: handed out since it is due, and not so
-- long ago that it must be taken for lost. Nothing of a database that is held (see lock-waiting.sql).
SELECT id
FROM transmission
WHERE channel = :#${variable.channel}
  AND state = 'WAITING'
  AND due_at <= UTC_TIMESTAMP(6)
  AND (handed_out_at IS NULL
    OR handed_out_at < due_at
    OR handed_out_at < UTC_TIMESTAMP(6) - INTERVAL :#${bean:claims?method=handOutAgainSeconds} SECOND)
  AND EXISTS (
    SELECT 1 FROM installation
    WHERE held_since IS NULL AND beat >= :#${bean:claims?method=seenBeat})
ORDER BY due_at, id
LIMIT :#${variable.chunk}
FOR UPDATE SKIP LOCKED

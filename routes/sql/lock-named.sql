-- Those of the named transmissions that wait and are due, locked for the claim that follows: a message cannot bring
-- about more than the next claim would. Locks are waited for: whoever hands out locks what it passes over, for an
-- instant. Nothing of a database that is held (see lock-waiting.sql).
SELECT id, fence + 1 AS fence, route
FROM transmission FORCE INDEX (PRIMARY)
WHERE id IN (:#in:${variable.ids})
  AND channel = :#${variable.channel}
  AND state = 'WAITING'
  AND due_at <= UTC_TIMESTAMP(6)
  AND EXISTS (
    SELECT 1 FROM installation
    WHERE held_since IS NULL AND beat >= :#${bean:claims?method=seenBeat})
ORDER BY id
FOR UPDATE

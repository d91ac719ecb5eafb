-- What waits for a channel and is due, locked for the claim that follows; what another node is
-- claiming at this moment is passed over. Nothing of a database that is held, or older than what this
-- node has seen of it (docs/operations.md, Restore).
SELECT id, fence + 1 AS fence, route
FROM transmission
WHERE channel = :#${variable.channel}
  AND state = 'WAITING'
  AND due_at <= UTC_TIMESTAMP(6)
  AND EXISTS (
    SELECT 1 FROM installation
    WHERE held_since IS NULL AND beat >= :#${bean:claims?method=seenBeat})
ORDER BY due_at, id
LIMIT :#${variable.chunk}
FOR UPDATE SKIP LOCKED

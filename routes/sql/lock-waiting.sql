-- What waits for a channel and is due, locked for the claim that follows; what another node is
-- claiming at this moment is passed over.
SELECT id, fence + 1 AS fence, route
FROM transmission
WHERE channel = :#${variable.channel}
  AND state = 'WAITING'
  AND due_at <= UTC_TIMESTAMP(6)
ORDER BY due_at, id
LIMIT :#${variable.chunk}
FOR UPDATE SKIP LOCKED

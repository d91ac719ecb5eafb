-- Notes that the locked transmissions are on their way to whichever node takes them.
UPDATE transmission
SET handed_out_at = UTC_TIMESTAMP(6)
WHERE id IN (:#in:${variable.ids})

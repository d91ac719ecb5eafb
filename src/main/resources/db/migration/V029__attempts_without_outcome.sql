-- A draft keeps the release policy it was made with, whatever its contract says later (BILL-6).
ALTER TABLE document
  MODIFY COLUMN released_at DATETIME(6) NULL COMMENT 'since when its run may issue it: made so by its schedule, or released by a confirmation (BILL-6)';

UPDATE document d JOIN billing_schedule s ON s.contract_id = d.contract_id
SET d.released_at = d.created_at, d.released_by = d.created_by
WHERE d.state = 'DRAFT' AND d.run_id IS NOT NULL AND d.released_at IS NULL AND s.release_policy = 'ISSUE';

ALTER TABLE transmission
  ADD COLUMN lost_attempts SMALLINT NOT NULL DEFAULT 0 COMMENT 'how many of its attempts ended without outcome: their node was gone' AFTER attempts;

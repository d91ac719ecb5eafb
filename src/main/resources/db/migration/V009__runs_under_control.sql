-- Runs can be confirmed, paused, taken up again and cancelled; their progress can be seen (BILL-2, BILL-6, DISP-8).

ALTER TABLE run
  ADD COLUMN due           INT          NULL COMMENT 'contracts with something due, counted once when the run begins its work',
  ADD COLUMN turn          INT          NOT NULL DEFAULT 0 COMMENT 'rises with each pause, resumption and confirmation: who began before has to go through the run again',
  ADD COLUMN resumes_as    VARCHAR(12)  NULL COMMENT 'the state before a pause',
  ADD COLUMN controlled_by VARCHAR(100) NULL COMMENT 'who paused, resumed or cancelled it last',
  ADD COLUMN settling      BOOLEAN      NOT NULL DEFAULT FALSE COMMENT 'its transmissions and drafts have still to follow a pause, resumption or cancellation',
  ADD KEY run_settling (settling),
  DROP CONSTRAINT run_state,
  DROP CONSTRAINT run_finished,
  ADD CONSTRAINT run_state CHECK (state IN ('RUNNING', 'DISPATCHING', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED')),
  ADD CONSTRAINT run_finished CHECK ((state IN ('COMPLETED', 'FAILED', 'CANCELLED')) = (finished_at IS NOT NULL)),
  ADD CONSTRAINT run_paused CHECK ((state = 'PAUSED') = (resumes_as IS NOT NULL)
    AND (resumes_as IS NULL OR resumes_as IN ('RUNNING', 'DISPATCHING'))),
  ADD CONSTRAINT run_controlled CHECK (state NOT IN ('PAUSED', 'CANCELLED') OR controlled_by IS NOT NULL);

ALTER TABLE run_problem
  ADD COLUMN kind         VARCHAR(20)  NULL COMMENT 'io.facteur.billing.ProblemKind' AFTER contract_id,
  ADD COLUMN periods      INT          NULL COMMENT 'missed periods of the contract, each of which a confirmation invoices' AFTER kind,
  ADD COLUMN confirmed_at DATETIME(6)  NULL,
  ADD COLUMN confirmed_by VARCHAR(100) NULL;

UPDATE run_problem
SET kind = CASE
      WHEN contract_id IS NULL THEN 'RUN'
      WHEN reason LIKE 'Draft %' THEN 'ISSUE'
      WHEN reason LIKE '% periods are due (%' THEN 'MISSED_PERIODS'
      ELSE 'CONTRACT'
    END,
    periods = IF(reason LIKE '% periods are due (%', CAST(SUBSTRING_INDEX(reason, ' ', 1) AS INTEGER), NULL);

ALTER TABLE run_problem
  MODIFY COLUMN kind VARCHAR(20) NOT NULL COMMENT 'io.facteur.billing.ProblemKind',
  ADD KEY run_problem_open (run_id, contract_id, confirmed_at),
  ADD CONSTRAINT run_problem_kind CHECK (kind IN ('MISSED_PERIODS', 'QUANTITY_MISSING', 'CONTRACT', 'ISSUE', 'RUN')),
  ADD CONSTRAINT run_problem_periods CHECK ((kind = 'MISSED_PERIODS') = (periods IS NOT NULL)),
  ADD CONSTRAINT run_problem_confirmed CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)
    AND (confirmed_at IS NULL OR kind IN ('MISSED_PERIODS', 'ISSUE')));

ALTER TABLE document
  ADD COLUMN released_at DATETIME(6)  NULL COMMENT 'when a confirmation released the draft: its run issues it (BILL-6)',
  ADD COLUMN released_by VARCHAR(100) NULL,
  ADD CONSTRAINT document_released CHECK ((released_at IS NULL) = (released_by IS NULL));

ALTER TABLE transmission
  DROP CONSTRAINT transmission_state,
  ADD CONSTRAINT transmission_state CHECK (state IN ('WAITING', 'PAUSED', 'CLAIMED', 'ENDED'));

-- A delivery that waits for its next attempt keeps the time of it while its run is paused.
ALTER TABLE delivery
  DROP CONSTRAINT delivery_retry,
  ADD CONSTRAINT delivery_retry CHECK (retry_at IS NULL OR state IN ('FAILED', 'PLANNED'));

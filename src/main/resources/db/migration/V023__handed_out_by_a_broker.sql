-- Hand-out over a broker (facteur.hand-out: jms): what has been named to it is not named again at once.
ALTER TABLE transmission
  ADD COLUMN handed_out_at DATETIME(6) NULL COMMENT 'when it was last named to a broker; whoever takes it from there claims it';

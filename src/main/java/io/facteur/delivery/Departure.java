package io.facteur.delivery;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A node that is being stopped lets go of what it has claimed and not begun. */
@Component
public class Departure {

  private final JdbcClient jdbc;
  private final Node node;
  private final LedgerTransaction transaction;

  Departure(JdbcClient jdbc, Node node, LedgerTransaction transaction) {
    this.jdbc = jdbc;
    this.node = node;
    this.transaction = transaction;
  }

  /**
   * Frees every claim of this node whose attempt has not begun: another node may take it at once.
   * What still sits in this node's queues finds its claim lost when its turn comes.
   *
   * @return how many there were
   */
  public int letGo() {
    return transaction.with(
        tx ->
            jdbc.sql(
                    """
                    UPDATE transmission t
                    SET t.state = 'WAITING', t.node = NULL, t.lease_until = NULL
                    WHERE t.node = :node AND t.state = 'CLAIMED'
                      AND (t.marked_at IS NULL OR t.unclear_write = 'LOOK_AGAIN')
                      AND NOT EXISTS (SELECT 1 FROM delivery v
                        WHERE v.transmission_id = t.id AND v.state = 'SENDING')
                    """)
                .param("node", node.name())
                .update());
  }
}

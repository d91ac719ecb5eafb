package io.facteur.camel;

import io.facteur.dispatch.Need;

/**
 * What a file in {@code routes/channels/} says of its channel (ROUTE-2). Declared under {@code
 * beans:}; the bean's name is the channel's.
 */
public class ChannelDeclaration {

  private Need needs;
  private Boolean reaches;

  public Need getNeeds() {
    return needs;
  }

  /** What must be known of a recipient. */
  public void setNeeds(Need needs) {
    this.needs = needs;
  }

  public Boolean getReaches() {
    return reaches;
  }

  /** Whether what is sent reaches its recipient; an archive does not (DISP-5). */
  public void setReaches(Boolean reaches) {
    this.reaches = reaches;
  }
}

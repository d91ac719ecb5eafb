package io.facteur.api.access;

import io.facteur.party.CompanyId;
import org.springframework.security.core.GrantedAuthority;

/** One of the companies that a user is limited to, among what the user may. */
record OfCompany(CompanyId company) implements GrantedAuthority {

  private static final long serialVersionUID = 1L;

  @Override
  public String getAuthority() {
    return "company:" + company.value();
  }
}

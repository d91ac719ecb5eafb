package io.facteur.api.access;

import io.facteur.party.CompanyId;
import io.facteur.party.CurrentActor;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The user of the current request; outside of one, Facteur itself. */
@Component
class SecurityActor implements CurrentActor {

  /** Not to be had as a user name. */
  static final String FACTEUR = "facteur";

  @Override
  public String name() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null || authentication instanceof AnonymousAuthenticationToken
        ? FACTEUR
        : authentication.getName();
  }

  @Override
  public Set<CompanyId> limitedTo() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null
        ? Set.of()
        : authentication.getAuthorities().stream()
            .filter(OfCompany.class::isInstance)
            .map(authority -> ((OfCompany) authority).company())
            .collect(Collectors.toUnmodifiableSet());
  }
}

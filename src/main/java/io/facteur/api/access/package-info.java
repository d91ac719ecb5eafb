/** Who may do what: users, tokens, roles, and the one table of rules. */
package io.facteur.api.access;

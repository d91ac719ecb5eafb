/**
 * Owns a contact's rights to its personal data: all of it in one document (GDPR art. 15, 20), and
 * its erasure (art. 17). Knows the tables of every package before it, which are listed in
 * docs/personal-data.md; may use {@code run} and what stands before it.
 */
package io.facteur.privacy;

/**
 * The whole product under faults: two nodes send thousands of deliveries while processes are
 * killed, frozen and starved, and what the counterparts have is compared with the ledger ({@code
 * mvn -Pchaos verify}). May use everything.
 */
package io.facteur.chaos;

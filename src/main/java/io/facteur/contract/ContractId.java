package io.facteur.contract;

/** Identity of a contract in the database. */
public record ContractId(long value) {}

/** Migrations of the database that SQL alone cannot express; the others lie in the resources. */
package db.migration;

/** Rooms whose participants reach each other through routers only. */
package dev.parlor.it.via;
